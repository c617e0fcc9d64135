// A wallet whose owner always says no, as an extension would put it into the page.

/** Runs in the page before its own scripts. */
export function injectRejectingWallet({ address, publicKey }: { address: string; publicKey: number[] }): void {
  const account = {
    address,
    publicKey: new Uint8Array(publicKey),
    chains: ['solana:localnet'],
    features: ['solana:signTransaction'],
  };
  const listeners: ((change: object) => void)[] = [];
  const wallet = {
    version: '1.0.0',
    name: 'Nay',
    icon: 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=',
    chains: ['solana:localnet'],
    accounts: [] as object[],
    features: {
      'standard:connect': {
        version: '1.0.0',
        connect: () => {
          wallet.accounts = [account];
          for (const listener of listeners) listener({ accounts: wallet.accounts });
          return Promise.resolve({ accounts: wallet.accounts });
        },
      },
      'standard:events': {
        version: '1.0.0',
        on: (_event: string, listener: (change: object) => void) => {
          listeners.push(listener);
          return () => undefined;
        },
      },
      'solana:signTransaction': {
        version: '1.0.0',
        supportedTransactionVersions: ['legacy', 0],
        signTransaction: () => Promise.reject(new Error('The user said no')),
      },
    },
  };
  const register = ({ register: take }: { register: (wallet: object) => void }) => take(wallet);
  window.addEventListener('wallet-standard:app-ready', (event) =>
    register((event as CustomEvent<{ register: (wallet: object) => void }>).detail),
  );
  window.dispatchEvent(new CustomEvent('wallet-standard:register-wallet', { detail: register }));
}

// A wallet that lives in this page, for the local network alone: its key lies in this browser's storage, unprotected.
import {
  createKeyPairFromPrivateKeyBytes,
  getAddressFromPublicKey,
  getBase58Encoder,
  getTransactionCodec,
  partiallySignTransaction,
} from '@solana/kit';
import { SolanaSignTransaction, type SolanaSignTransactionFeature } from '@solana/wallet-standard-features';
import type { Wallet, WalletAccount } from '@wallet-standard/base';
import {
  StandardConnect,
  StandardDisconnect,
  StandardEvents,
  type StandardConnectFeature,
  type StandardDisconnectFeature,
  type StandardEventsFeature,
  type StandardEventsListeners,
} from '@wallet-standard/features';
import { registerWallet } from '@wallet-standard/wallet';
import { hex } from './format';

export const BURNER = 'Burner (local network only)';
const CHAIN = 'solana:localnet';
const KEY = 'breakwater.burner';
const ICON =
  'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAzMiAzMiI+PHJlY3Qgd2lkdGg9IjMyIiBoZWlnaHQ9IjMyIiByeD0iOCIgZmlsbD0iI2I3NzkxZiIvPjxwYXRoIGQ9Ik0xNiA2YzEgNSA2IDYgNiAxMmE2IDYgMCAwIDEtMTIgMGMwLTMgMi00IDMtNiAxIDIgMiAzIDMgM3ptMCAwIiBmaWxsPSIjZmZmIi8+PC9zdmc+';

function secret(): Uint8Array<ArrayBuffer> {
  const stored = localStorage.getItem(KEY);
  if (stored !== null && /^[0-9a-f]{64}$/.test(stored))
    return Uint8Array.from(stored.match(/../g)!, (byte) => parseInt(byte, 16));
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  localStorage.setItem(KEY, hex(bytes));
  return bytes;
}

let registered = false;

/** Registers the burner. The caller has made sure that the network is the local one. */
export async function registerBurner(): Promise<void> {
  if (registered) return;
  registered = true;
  const keys = await createKeyPairFromPrivateKeyBytes(secret());
  const address = await getAddressFromPublicKey(keys.publicKey);
  const account: WalletAccount = {
    address,
    publicKey: new Uint8Array(getBase58Encoder().encode(address)),
    chains: [CHAIN],
    features: [SolanaSignTransaction],
    label: 'Burner',
    icon: ICON,
  };
  let accounts: readonly WalletAccount[] = [];
  const listeners = new Set<StandardEventsListeners['change']>();
  const become = (next: readonly WalletAccount[]) => {
    accounts = next;
    for (const listener of listeners) listener({ accounts });
  };
  const features: StandardConnectFeature &
    StandardDisconnectFeature &
    StandardEventsFeature &
    SolanaSignTransactionFeature = {
    [StandardConnect]: {
      version: '1.0.0',
      connect: () => {
        become([account]);
        return Promise.resolve({ accounts });
      },
    },
    [StandardDisconnect]: { version: '1.0.0', disconnect: () => Promise.resolve(become([])) },
    [StandardEvents]: {
      version: '1.0.0',
      on: (_event, listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    [SolanaSignTransaction]: {
      version: '1.0.0',
      supportedTransactionVersions: ['legacy', 0],
      signTransaction: async (...inputs) => {
        const codec = getTransactionCodec();
        return Promise.all(
          inputs.map(async ({ transaction, chain }) => {
            if (chain !== undefined && chain !== CHAIN) throw new Error('The burner signs for the local network only');
            const signed = await partiallySignTransaction([keys], codec.decode(transaction));
            return { signedTransaction: new Uint8Array(codec.encode(signed)) };
          }),
        );
      },
    },
  };
  const wallet: Wallet = {
    version: '1.0.0',
    name: BURNER,
    icon: ICON,
    chains: [CHAIN],
    features,
    get accounts() {
      return accounts;
    },
  };
  registerWallet(wallet);
}

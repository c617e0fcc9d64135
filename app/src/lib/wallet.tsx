// The connected account, and what signs for it.
import type { TransactionSigner } from '@solana/kit';
import {
  SelectedWalletAccountContextProvider,
  useSelectedWalletAccount,
  useWalletAccountTransactionSigner,
} from '@solana/react';
import { SolanaSignTransaction } from '@solana/wallet-standard-features';
import { useConnect, type UiWallet, type UiWalletAccount } from '@wallet-standard/react';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useCluster } from './connection';

const KEY = 'breakwater.wallet';
const stateSync = {
  deleteSelectedWallet: () => localStorage.removeItem(KEY),
  getSelectedWallet: () => localStorage.getItem(KEY),
  storeSelectedWallet: (account: string) => localStorage.setItem(KEY, account),
};

const SignerContext = createContext<TransactionSigner | undefined>(undefined);

/** Offers the wallets that serve this chain and can sign a transaction. */
export function WalletProvider({ children }: { children: ReactNode }) {
  const { chain } = useCluster();
  const serves = useMemo(
    () => (wallet: UiWallet) => wallet.chains.includes(chain) && wallet.features.includes(SolanaSignTransaction),
    [chain],
  );
  return (
    <SelectedWalletAccountContextProvider filterWallets={serves} stateSync={stateSync}>
      <Reconnect />
      <Signing>{children}</Signing>
    </SelectedWalletAccountContextProvider>
  );
}

/** Asks the wallet of the last visit, once, for what it granted then; it shows nothing. */
function Reconnect() {
  const [, , wallets] = useSelectedWalletAccount();
  const [name] = useState(() => stateSync.getSelectedWallet()?.split(':')[0]);
  const wallet = wallets.find((candidate) => candidate.name === name);
  return wallet ? <Silently wallet={wallet} /> : null;
}

function Silently({ wallet }: { wallet: UiWallet }) {
  const [, connect] = useConnect(wallet);
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    // A wallet that no longer grants anything is connected by hand.
    connect({ silent: true }).catch(() => undefined);
  }, [connect]);
  return null;
}

function Signing({ children }: { children: ReactNode }) {
  const [account] = useSelectedWalletAccount();
  const [signer, setSigner] = useState<TransactionSigner>();
  // Beside the page, not around it: those who connect keep what they have typed.
  return (
    <SignerContext.Provider value={account ? signer : undefined}>
      {account && <Signer key={account.address} account={account} onSigner={setSigner} />}
      {children}
    </SignerContext.Provider>
  );
}

function Signer({
  account,
  onSigner,
}: {
  account: UiWalletAccount;
  onSigner: (signer: TransactionSigner | undefined) => void;
}) {
  const { chain } = useCluster();
  const signer = useWalletAccountTransactionSigner(account, chain);
  useEffect(() => {
    onSigner(signer);
    return () => onSigner(undefined);
  }, [signer, onSigner]);
  return null;
}

/** What signs for the connected account; `undefined` when none is connected. */
export const useSigner = (): TransactionSigner | undefined => useContext(SignerContext);

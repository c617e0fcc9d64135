// The connected account, and what signs for it.
import type { TransactionSigner } from '@solana/kit';
import {
  SelectedWalletAccountContextProvider,
  useSelectedWalletAccount,
  useWalletAccountTransactionSigner,
} from '@solana/react';
import { SolanaSignTransaction } from '@solana/wallet-standard-features';
import type { UiWallet, UiWalletAccount } from '@wallet-standard/react';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
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
      <Signing>{children}</Signing>
    </SelectedWalletAccountContextProvider>
  );
}

function Signing({ children }: { children: ReactNode }) {
  const [account] = useSelectedWalletAccount();
  if (!account) return <SignerContext.Provider value={undefined}>{children}</SignerContext.Provider>;
  return <Signer account={account}>{children}</Signer>;
}

function Signer({ account, children }: { account: UiWalletAccount; children: ReactNode }) {
  const { chain } = useCluster();
  const signer = useWalletAccountTransactionSigner(account, chain);
  return <SignerContext.Provider value={signer}>{children}</SignerContext.Provider>;
}

/** What signs for the connected account; `undefined` when none is connected. */
export const useSigner = (): TransactionSigner | undefined => useContext(SignerContext);

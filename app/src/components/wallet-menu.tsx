// Connecting a wallet, and what is in it.
import { errorWords } from '@breakwater/client';
import { address } from '@solana/kit';
import { useSelectedWalletAccount } from '@solana/react';
import { useConnect, useDisconnect, type UiWallet, type UiWalletAccount } from '@wallet-standard/react';
import { ChevronDown, Wallet } from 'lucide-react';
import { useState } from 'react';
import { BURNER } from '../lib/burner';
import { useChain, useCluster } from '../lib/connection';
import { abbreviate, short } from '../lib/format';
import { giveLamports } from '../lib/playground';
import { useLamports } from '../lib/queries';
import { useQueryClient } from '@tanstack/react-query';
import { Modal } from './modal';
import { useToast } from './toasts';
import { Button, Empty, Facts, Notice } from './ui';

export function WalletMenu() {
  const [account] = useSelectedWalletAccount();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look={account ? 'plain' : 'primary'}
        className="px-3! sm:px-4!"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
      >
        <Wallet className="hidden size-4 sm:block" aria-hidden />
        {account ? <span className="tabular-nums">{abbreviate(account.address)}</span> : 'Connect'}
        {account && <ChevronDown className="hidden size-4 sm:block" aria-hidden />}
      </Button>
      {open &&
        (account ? (
          <Connected account={account} onClose={() => setOpen(false)} />
        ) : (
          <Choose onClose={() => setOpen(false)} />
        ))}
    </>
  );
}

function Choose({ onClose }: { onClose: () => void }) {
  const [, setAccount, wallets] = useSelectedWalletAccount();
  const { name, chain } = useCluster();
  const [problem, setProblem] = useState<string>();
  return (
    <Modal title="Connect a wallet" onClose={onClose}>
      <div className="space-y-3">
        {wallets.length === 0 && (
          <Empty title="No wallet for this network">
            Install a Solana wallet that follows the Wallet Standard and serves {chain}.
          </Empty>
        )}
        {wallets.map((wallet) => (
          <Choice
            key={wallet.name}
            wallet={wallet}
            onProblem={setProblem}
            onAccount={(account) => {
              setAccount(account);
              onClose();
            }}
          />
        ))}
        {problem && <Notice tone="bad">The wallet did not connect: {problem}</Notice>}
        {name === 'local' && (
          <p className="text-xs text-muted">
            The burner’s key lies unprotected in this browser. It exists on the local network only.
          </p>
        )}
      </div>
    </Modal>
  );
}

function Choice({
  wallet,
  onAccount,
  onProblem,
}: {
  wallet: UiWallet;
  onAccount: (account: UiWalletAccount) => void;
  onProblem: (words: string) => void;
}) {
  const [connecting, connect] = useConnect(wallet);
  return (
    <Button
      className="w-full justify-start!"
      busy={connecting}
      onClick={() => {
        connect()
          .then(([account]) => (account ? onAccount(account) : onProblem('it offers no account')))
          .catch((error: unknown) => onProblem(errorWords(error)));
      }}
    >
      <img src={wallet.icon} alt="" className="size-6 rounded" />
      {wallet.name}
    </Button>
  );
}

function Connected({ account, onClose }: { account: UiWalletAccount; onClose: () => void }) {
  const [, setAccount, wallets] = useSelectedWalletAccount();
  const { playground } = useCluster();
  const { endpoint } = useChain();
  const client = useQueryClient();
  const toast = useToast();
  const lamports = useLamports();
  const wallet = wallets.find((candidate) => candidate.accounts.some(({ address: at }) => at === account.address));
  return (
    <Modal title={wallet?.name ?? 'Wallet'} onClose={onClose}>
      <div className="space-y-4">
        {wallet?.name === BURNER && (
          <Notice tone="warn">This wallet is for trying things out. It exists on the local network only.</Notice>
        )}
        <p className="rounded-lg bg-raised p-3 font-mono text-xs break-all">{account.address}</p>
        <Facts
          rows={[['SOL for fees and rent', lamports.data === undefined ? '…' : `${short(lamports.data, 9, 4)} SOL`]]}
        />
        <div className="flex flex-wrap justify-end gap-2">
          {playground && (
            <Button
              onClick={() => {
                giveLamports(endpoint.rpc, address(account.address))
                  .then(() => client.invalidateQueries())
                  .catch((error: unknown) => toast({ good: false, title: 'No SOL', text: errorWords(error) }));
              }}
            >
              Get SOL
            </Button>
          )}
          {wallet ? <Disconnect wallet={wallet} onDone={() => (setAccount(undefined), onClose())} /> : null}
        </div>
      </div>
    </Modal>
  );
}

function Disconnect({ wallet, onDone }: { wallet: UiWallet; onDone: () => void }) {
  const [busy, disconnect] = useDisconnect(wallet);
  return (
    <Button look="danger" busy={busy} onClick={() => void disconnect().finally(onDone)}>
      Disconnect
    </Button>
  );
}

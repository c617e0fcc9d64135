// What an action shows while nobody is connected.
import type { Address } from '@solana/kit';
import { useQueryClient } from '@tanstack/react-query';
import { errorWords, parseAmount, total } from '@breakwater/client';
import type { ReactNode } from 'react';
import { useChain, useCluster } from '../lib/connection';
import type { Unit } from '../lib/format';
import { giveTokens } from '../lib/playground';
import { useSigner } from '../lib/wallet';
import { useToast } from './toasts';
import { Button, Empty } from './ui';

export function ConnectFirst({ children, what }: { children: ReactNode; what: string }) {
  if (useSigner()) return children;
  return <Empty title="Connect a wallet">It is needed to {what}. Everything else can be read without one.</Empty>;
}

const GIFT = '10,000';

/** On the local network: makes up tokens. */
export function Faucet({
  mint,
  tokenProgram,
  unit,
  balance,
}: {
  mint: Address;
  tokenProgram: Address;
  unit: Unit;
  balance: bigint | undefined;
}) {
  const signer = useSigner();
  const { playground } = useCluster();
  const { endpoint } = useChain();
  const client = useQueryClient();
  const toast = useToast();
  if (!playground || !signer) return null;
  const give = async () => {
    try {
      const amount = total(balance ?? 0n, parseAmount(GIFT, unit.decimals));
      if (amount === undefined) throw new Error('That would be more than a token account holds');
      await giveTokens(endpoint.rpc, signer.address, mint, amount, tokenProgram);
      await client.invalidateQueries();
    } catch (error) {
      toast({ good: false, title: 'No tokens', text: errorWords(error) });
    }
  };
  return (
    <Button small look="quiet" onClick={() => void give()}>
      Get {GIFT} test tokens
    </Button>
  );
}

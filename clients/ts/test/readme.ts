// The README's examples, to be type-checked: readme.test.ts holds the two together.
import type { Address, TransactionSigner } from '@solana/kit';

declare const poolAddress: Address;
declare const product: Address;
declare const wallet: TransactionSigner;
declare const authority: TransactionSigner;

// Below, as it stands there.

import { createSolanaRpc, createSolanaRpcSubscriptions } from '@solana/kit';
import { buyCover, fetchPool, formatAmount, parseAmount, quoteCover, send } from '@breakwater/client';

const rpc = createSolanaRpc('http://127.0.0.1:8899');
const rpcSubscriptions = createSolanaRpcSubscriptions('ws://127.0.0.1:8900');
const pool = await fetchPool(rpc, poolAddress);
const cover = { amount: parseAmount('20,000', pool.data.decimals), termDays: 90 };
const { premium } = await quoteCover(rpc, wallet.address, pool.address, product, cover);
console.log(`costs ${formatAmount(premium, pool.data.decimals)}`);
const purchase = { ...cover, id: 1n, maxPremium: premium, holder: wallet.address };
const { signature } = await send({ rpc, rpcSubscriptions }, wallet, await buyCover(pool, product, wallet, purchase));
console.log(`bought in ${signature}`);

import {
  changeStanding,
  feesOf,
  fetchNow,
  listChanges,
  proposal,
  proposeChange,
  readProposal,
} from '@breakwater/client';

const fees = { ...feesOf(pool.data), cancelFeeBps: 100 };
const change = await proposeChange(pool, authority, { proposal: proposal('Fees', [fees]) });
await send({ rpc, rpcSubscriptions }, authority, change);
for (const { data } of await listChanges(rpc, { pool: pool.address })) {
  console.log(readProposal(data.proposal), changeStanding(data, pool.data, await fetchNow(rpc)));
}

// The README's examples, to be type-checked: readme.test.ts holds the two together.
import type { Address, TransactionSigner } from '@solana/kit';

declare const poolAddress: Address;
declare const productAddress: Address;
declare const wallet: TransactionSigner;
declare const authority: TransactionSigner;

// Below, as it stands there.

import { createSolanaRpc, createSolanaRpcSubscriptions } from '@solana/kit';
import * as breakwater from '@breakwater/client';

const rpc = createSolanaRpc('http://127.0.0.1:8899');
const rpcSubscriptions = createSolanaRpcSubscriptions('ws://127.0.0.1:8900');
const pool = await breakwater.fetchPool(rpc, poolAddress);
const product = await breakwater.fetchProduct(rpc, productAddress);
const cover = { amount: breakwater.parseAmount('20,000', pool.data.decimals), termDays: 90 };
const { premium } = breakwater.quoteCover(pool.data, product.data, cover, await breakwater.fetchNow(rpc));
console.log(`costs ${breakwater.formatAmount(premium, pool.data.decimals)}`);
const purchase = { ...cover, id: 1n, maxPremium: breakwater.atMost(premium), holder: wallet.address };
const buy = await breakwater.buyCover(pool, product.address, wallet, purchase);
const { signature } = await breakwater.send({ rpc, rpcSubscriptions }, wallet, buy);
console.log(`bought in ${signature}`);

import { changeStanding, ChangeStanding, listChanges, proposal, readProposal, valuesNow } from '@breakwater/client';

const [fees] = valuesNow('Fees', pool.data).fields;
const request = { proposal: proposal('Fees', [{ ...fees, cancelFeeBps: 100 }]) };
const change = await breakwater.proposeChange(pool, authority, request);
await breakwater.send({ rpc, rpcSubscriptions }, authority, change);
for (const { data } of await listChanges(rpc, { pool: pool.address })) {
  const standing = changeStanding(data, pool.data, await breakwater.fetchNow(rpc));
  console.log(readProposal(data.proposal), ChangeStanding[standing]);
}

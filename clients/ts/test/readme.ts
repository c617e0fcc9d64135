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
const at = await breakwater.fetchNow(rpc);
const court = await breakwater.fetchAssembly(rpc, breakwater.courtOfSale(pool.data, product.data, at));
const cover = { amount: breakwater.parseAmount('20,000', pool.data.decimals), termDays: 90 };
const { premium, terms } = breakwater.quoteCover(pool.data, product.data, court.data, cover, at);
console.log(`costs ${breakwater.formatAmount(premium, pool.data.decimals)}`);
const bounds = { maxPremium: breakwater.atMost(premium), terms, court: court.address };
const purchase = { ...cover, ...bounds, id: 1n, holder: wallet.address };
const buy = await breakwater.buyCover(pool, product.address, wallet, purchase);
const { signature } = await breakwater.send({ rpc, rpcSubscriptions }, wallet, buy);
console.log(`bought in ${signature}`);

import { changeStanding, ChangeStanding, listChanges, proposal, readProposal, valuesNow } from '@breakwater/client';

const { cancelFeeBps } = valuesNow('CancelFee', pool.data);
const request = { proposal: proposal('CancelFee', { cancelFeeBps: cancelFeeBps - 100 }) };
const change = await breakwater.proposeChange(pool, authority, request);
await breakwater.send({ rpc, rpcSubscriptions }, authority, change);
for (const { data } of await listChanges(rpc, { pool: pool.address })) {
  const standing = changeStanding(data, pool.data, await breakwater.fetchNow(rpc));
  console.log(readProposal(data.proposal), ChangeStanding[standing]);
}

import { exitEpochNow, foreseeExits, listExitEpochs, quoteExit, startOf } from '@breakwater/client';

const shares = breakwater.parseAmount('1,000', pool.data.decimals + breakwater.SHARE_DECIMALS);
const now = await breakwater.fetchNow(rpc);
const { cash, contested } = quoteExit(pool.data, shares, now);
const { number, day } = exitEpochNow(pool.data, now);
console.log(`from ${startOf(day)}: ${cash} atoms at once, ${contested} as the open incidents end`);
const exit = await breakwater.requestExit(pool, wallet, { id: 1n, epoch: number, shares });
await breakwater.send({ rpc, rpcSubscriptions }, wallet, exit);
const asked = await breakwater.fetchPool(rpc, poolAddress);
const epochs = await listExitEpochs(rpc, { pool: poolAddress });
for (const payment of foreseeExits(asked.data, epochs, now)) {
  console.log(`epoch ${payment.number} is paid at ${payment.at}, if nothing else happens`);
}

// What only a surfpool network on this machine can do: make up tokens and move time.
import { fetchNow } from '@breakwater/client';
import type { Address, GetAccountInfoApi, Rpc } from '@solana/kit';
import { plain } from './format';

async function call(rpc: string, method: string, params: readonly unknown[]): Promise<void> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(rpc, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { error } = (await response.json()) as { error?: { message: string } };
  if (error) throw new Error(error.message);
}

const LAMPORTS = 100_000_000_000;

/** Gives an account lamports. */
export const giveLamports = (rpc: string, owner: Address) => call(rpc, 'requestAirdrop', [owner, LAMPORTS]);

/** Sets an owner's balance of a token. */
export const giveTokens = (rpc: string, owner: Address, mint: Address, amount: bigint, tokenProgram: Address) =>
  call(rpc, 'surfnet_setTokenAccount', [owner, mint, { amount: plain(amount) }, tokenProgram]);

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Moves the chain's clock ahead. */
export async function travelTo(rpc: Rpc<GetAccountInfoApi>, url: string, seconds: number): Promise<void> {
  const asked = call(url, 'surfnet_timeTravel', [{ absoluteTimestamp: seconds * 1_000 }]);
  // A busy network takes the order and says that it failed, because it could not follow it at once.
  const refused = await asked.then(() => undefined).catch((error: Error) => error);
  for (let round = 0; round < 50; round += 1) {
    if (plain(await fetchNow(rpc)) >= seconds) return;
    await later(200);
  }
  throw refused ?? new Error('The clock stands still');
}

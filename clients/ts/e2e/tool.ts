// The command-line tool, as somebody with a keypair of the local network runs it.
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Address } from '@solana/kit';

/** What the tool prints: texts, amounts as texts, numbers. */
export type Row = Readonly<Record<string, string | number | null>>;

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: see the README`);
  return value;
}

/** The demo pool of the local network. */
export const demoPool = () => setting('BREAKWATER_POOL') as Address;

/** Runs the tool on a pool as one of the local network's wallets; what it prints as JSON. */
export async function tool<Printed = Row>(pool: Address, wallet: string, command: string): Promise<Printed> {
  const configuration = setting('BREAKWATER_CONFIG');
  const keypair = join(dirname(configuration), `${wallet}.json`);
  const options = ['--config', configuration, '--keypair', keypair, '--pool', pool, '--output', 'json'];
  const { stdout } = await promisify(execFile)(setting('BREAKWATER_BIN'), [...options, ...command.split(' ')]);
  return JSON.parse(stdout) as Printed;
}

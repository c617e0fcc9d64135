import { getAddressEncoder } from '@solana/kit';
import { describe, expect, test } from 'vitest';
import * as client from '../src';
import { actors, addressOf, bytesOf, mints, type Kind } from './life';

const TOKEN = 1_000_000n;
const CODECS = {
  pool: client.getPoolCodec(),
  assembly: client.getAssemblyCodec(),
  product: client.getProductCodec(),
  policy: client.getPolicyCodec(),
  incident: client.getIncidentCodec(),
  claim: client.getClaimCodec(),
  ballot: client.getBallotCodec(),
  voter: client.getVoterCodec(),
  exitTicket: client.getExitTicketCodec(),
  exitEpoch: client.getExitEpochCodec(),
  change: client.getChangeCodec(),
};
const kinds = Object.keys(CODECS) as Kind[];

describe.each(kinds)('%s', (kind) => {
  test('decodes to what encodes to the same bytes', () => {
    const codec = CODECS[kind] as (typeof CODECS)['pool'];
    const bytes = bytesOf(kind);
    expect(codec.fixedSize).toBe(bytes.length);
    expect(codec.encode(codec.decode(bytes))).toEqual(bytes);
  });
});

test('fields have their values', () => {
  const pool = client.getPoolDecoder().decode(bytesOf('pool'));
  expect(pool).toMatchObject({ creator: actors.founder, assetMint: mints.asset, decimals: 6, exitDelayDays: 7 });
  expect(pool.claimsPaid).toBe(10_000n * TOKEN);
  const product = client.getProductDecoder().decode(bytesOf('product'));
  expect(client.readText(product.name)).toBe('Lending exploit');
  expect(client.readText(product.termsUri)).toBe('https://example.org/terms/lending-exploit');
  expect(product).toMatchObject({ r0Ppm: 20_000, r1Ppm: 50_000, r2Ppm: 200_000, kinkBps: 8_000, incidentCount: 1 });
  const claim = client.getClaimDecoder().decode(bytesOf('claim'));
  expect(claim).toMatchObject({ incident: addressOf('incident'), policy: addressOf('policy'), loss: 11_000n * TOKEN });
});

test('addresses are where the program put the accounts', async () => {
  const { founder, lp, buyer, voter } = actors;
  const derived: Record<Kind, string> = {
    pool: await client.poolAddress(founder, 0n),
    assembly: await client.assemblyAddress(mints.governance, founder),
    product: await client.productAddress(addressOf('pool'), 0),
    policy: await client.policyAddress(addressOf('product'), buyer, 7n),
    incident: await client.incidentAddress(addressOf('product'), 0),
    claim: await client.claimAddress(addressOf('incident'), addressOf('policy')),
    ballot: await client.ballotAddress(addressOf('incident')),
    voter: await client.voterAddress(addressOf('assembly'), voter),
    exitTicket: await client.exitTicketAddress(addressOf('pool'), lp, 1n),
    change: await client.changeAddress(addressOf('pool'), actors.founder, 0n),
    exitEpoch: await client.exitEpochAddress(
      addressOf('pool'),
      client.getExitEpochDecoder().decode(bytesOf('exitEpoch')).number,
    ),
  };
  for (const kind of kinds) expect(derived[kind], kind).toBe(addressOf(kind));
  const pool = client.getPoolDecoder().decode(bytesOf('pool'));
  expect(await client.vaultAddress(addressOf('pool'))).toBe(pool.vault);
  expect(await client.shareMintAddress(addressOf('pool'), pool.generation)).toBe(pool.shareMint);
  expect(await client.exitEscrowAddress(addressOf('pool'), pool.generation)).toBe(pool.exitEscrow);
});

test('lookups point at the fields they are named after', () => {
  for (const [kind, fields] of Object.entries(client.LOOKUPS)) {
    if (!(kind in CODECS)) continue;
    const bytes = bytesOf(kind as Kind);
    const account = CODECS[kind as Kind].decode(bytes) as unknown as Record<string, string>;
    for (const [field, offset] of Object.entries(fields)) {
      const held = getAddressEncoder().encode(account[field] as client.Policy['holder']);
      expect(bytes.slice(offset, offset + 32), `${kind}.${field}`).toEqual(held);
    }
  }
});

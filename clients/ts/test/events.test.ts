import { describe, expect, test } from 'vitest';
import * as client from '../src';
import { actors, addressOf, logs } from './life';

describe('events', () => {
  test('are read from a real log', () => {
    const bond = client.eventOf(client.parseEvents(logs), 'incidentBondCollected');
    expect(bond).toMatchObject({ incident: addressOf('incident'), opener: actors.buyer, bond: 500_000_000n });
    expect(bond.books.bonds).toBe(0n);
  });

  test('of other programs are skipped', () => {
    const data = logs.find((line) => line.startsWith('Program data: '))!;
    const foreign = ['Program Other111 invoke [1]', data, 'Program Other111 success'];
    expect(client.parseEvents(foreign)).toEqual([]);
    const nested = [`Program ${client.BREAKWATER_PROGRAM_ADDRESS} invoke [1]`, ...foreign, data];
    expect(client.parseEvents(nested)).toHaveLength(1);
  });

  test('that are missing are an error', () => {
    expect(() => client.eventOf([], 'deposited')).toThrow('the program logged no deposited');
  });

  test('have distinct discriminators', () => {
    const all = Object.values(client.EVENTS).map(({ discriminator }) => discriminator.join());
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('failures', () => {
  const program = client.BREAKWATER_PROGRAM_ADDRESS;
  const token = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';

  test('name the program that refused first', () => {
    const log = [
      `Program ${token} failed: custom program error: 0x1`,
      `Program ${program} failed: custom program error: 0x1`,
    ];
    expect(client.describeFailure({ InstructionError: [0, { Custom: 1 }] }, log)).toEqual({
      words: 'The token account does not hold enough',
      program: token,
      code: 1,
    });
  });

  test('of every code of the program have words', () => {
    expect(client.programErrorWords(program, client.BREAKWATER_ERROR__PREMIUM_TOO_HIGH)).toBe(
      'The premium is above the maximum given',
    );
    expect(client.programErrorWords(program, 1)).toBe(`The program ${program} refused with error 1`);
  });

  test('of the chain have words', () => {
    expect(client.describeFailure('InsufficientFundsForFee', []).words).toBe('Not enough SOL for the fee');
    expect(client.describeFailure({ Unheard: 1n }, []).words).toBe(
      'The network refused the transaction: {"Unheard":1}',
    );
  });
});

test('the rate runs straight from 0 to the kink and on to 1', () => {
  const curve = { r0Ppm: 20_000, r1Ppm: 50_000, r2Ppm: 200_000, kinkBps: 8_000 };
  expect([0, 4_000, 8_000, 9_000, 10_000, 12_000].map((at) => client.rateAt(curve, at))).toEqual([
    20_000, 35_000, 50_000, 125_000, 200_000, 200_000,
  ]);
});

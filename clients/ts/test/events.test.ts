import { describe, expect, test } from 'vitest';
import idl from '../../../idls/breakwater.json';
import * as client from '../src';
import { actors, addressOf, logs } from './life';

describe('events', () => {
  test('are read from a real log', () => {
    const bond = client.eventOf(client.parseEvents(logs), 'incidentBondCollected');
    expect(bond).toMatchObject({ incident: addressOf('incident'), owner: actors.buyer, bond: 500_000_000n });
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

  test.each(idl.events)('$name is read', ({ name, discriminator }) => {
    const known = `${name.charAt(0).toLowerCase()}${name.slice(1)}` as keyof client.BreakwaterEvents;
    expect(client.EVENTS[known].discriminator).toEqual(discriminator);
    const { decoder } = client.EVENTS[known];
    const bytes = new Uint8Array([...discriminator, ...new Uint8Array(1_024)]);
    expect(client.decodeEvent(bytes)).toEqual({ name: known, data: decoder().decode(bytes, discriminator.length) });
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

  test.each(idl.errors)('$code $name has words', ({ code, msg }) => {
    expect(msg).not.toBe('');
    expect(client.programErrorWords(program, code)).toBe(msg);
  });

  test('of an unknown code say so', () => {
    expect(client.programErrorWords(program, 1)).toBe(`The program ${program} refused with error 1`);
  });

  test('of both token programs have the same words', () => {
    expect(client.programErrorWords(client.TOKEN_2022_PROGRAM_ADDRESS, 1)).toBe(client.programErrorWords(token, 1));
  });

  test('of the chain have words', () => {
    expect(client.describeFailure('InsufficientFundsForFee', []).words).toBe('Not enough SOL for the fee');
    expect(client.describeFailure({ Unheard: 1n }, []).words).toBe(
      'The network refused the transaction: {"Unheard":"1"}',
    );
  });
});

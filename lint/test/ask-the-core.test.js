import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Linter, RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { askTheCore } from '../ask-the-core.js';
import breakwater from '../index.js';

RuleTester.describe = describe;
RuleTester.it = it;

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
const tester = new RuleTester({
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: { projectService: true, tsconfigRootDir: fixtures },
  },
});

const setting = `import { State, type Claim } from './generated/accounts';
const OPEN = 0;
const NAMES = { filed: 0, settled: 1 } as const;
declare const claim: Claim;
declare const maybe: bigint | undefined;
declare const count: number;
declare const shown: string | bigint | object;
`;
const file = { filename: `${fixtures}/case.ts` };
const fine = (line) => ({ ...file, name: line, code: setting + line });
const bad = (messageId) => (line) => ({ ...fine(line), errors: [{ messageId }] });

const leave = (...lines) => ({
  options: [{ allow: lines.map((line) => ({ file: 'test/fixtures/case.ts', line, reason: 'it is a test' })) }],
});

tester.run('ask-the-core', askTheCore, {
  valid: [
    ...[
      'count * 2 + 1;',
      'count > 0 && count === 1;',
      // What is not there is no number.
      'maybe === undefined;',
      'maybe ?? 0n;',
      'claim?.amount != null;',
      // Words, and what is read out of them.
      "'worth ' + claim.amount;",
      '`worth ${claim.amount}`;',
      'String(claim.amount).length > 3;',
      'shown && Number(shown);',
      'BigInt(count);',
      '-1n;',
      // Names that generated code gives, and how many there are of something.
      'claim.state === State.Settled;',
      'claim.disputes > 0;',
      'switch (claim.state) { case State.Filed: }',
      // No account's.
      'count === OPEN;',
      'const local = { state: 0 }; local.state === 0;',
    ].map(fine),
    { ...fine('claim.amount - claim.paid; // shown'), ...leave('claim.amount - claim.paid; // shown') },
  ],
  invalid: [
    ...[
      'claim.amount - claim.paid;',
      'claim.amount * BigInt(count);',
      'claim.lots.reduce((sum, lot) => sum + lot, 0n);',
      'let sum = 0n; sum += claim.amount;',
      'let sum = 0n; sum++;',
      '-claim.amount;',
      // Once, however many terms there are.
      'claim.amount + claim.paid - 1n;',
      'const twice = <Amount extends bigint>(amount: Amount) => amount << 1n;',
    ].map(bad('arithmetic')),
    ...[
      'claim.amount > claim.paid;',
      'claim.amount === 0n;',
      'maybe !== 0n;',
      'maybe! >= 1n;',
      'if (claim.amount) count;',
      'claim.paid && count;',
      '!maybe;',
      "maybe ? 'some' : 'none';",
      'const some = count > 0 && claim.amount; if (some) count;',
      'switch (claim.amount) { case 0n: }',
    ].map(bad('comparison')),
    ...['Number(claim.amount);', 'BigInt.asUintN(64, claim.amount);', 'Number(maybe);'].map(bad('number')),
    ...[
      'claim.state === 0;',
      'claim.state !== NAMES.settled;',
      'OPEN === claim.state;',
      'const { state } = claim; state === 0;',
      'const { state: now } = claim; now === 0;',
      "const isFiled = ({ state }: Pick<Claim, 'state'>) => state === 0;",
      'switch (claim.state) { case 0: }',
    ].map(bad('state')),
    {
      ...fine('claim.amount;'),
      name: 'leave that nothing needs',
      ...leave('claim.amount - claim.paid;'),
      errors: [{ messageId: 'stale' }],
    },
  ],
});

describe('the list of lines with leave', () => {
  const verify = (...allow) =>
    new Linter().verify(
      '',
      [
        {
          files: ['**/*.ts'],
          plugins: { breakwater },
          languageOptions: {
            parser: tseslint.parser,
            parserOptions: { projectService: true, tsconfigRootDir: fixtures },
          },
          rules: { 'breakwater/ask-the-core': ['error', { allow }] },
        },
      ],
      file,
    );
  const entry = (number) => ({ file: 'another.ts', line: `${number}n + 1n;`, reason: 'it is a test' });

  it('has room for ten', () => {
    const ten = Array.from({ length: 10 }, (_, number) => entry(number));
    assert.deepEqual(verify(...ten), []);
    assert.throws(() => verify(...ten, entry(10)), /more than 10 items/);
  });

  it('takes none without a reason', () => {
    assert.throws(() => verify({ ...entry(0), reason: '' }), /shorter than 1 characters/);
    assert.throws(() => verify({ file: 'another.ts', line: 'count;' }), /required property 'reason'/);
  });
});

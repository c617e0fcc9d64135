// What the TypeScript packages are checked for beside types (tsc) and format (Prettier).
import js from '@eslint/js';
import breakwater from '@breakwater/lint';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The lines that compute, or make another number of a bigint: see lint/ask-the-core.js. */
const COMPUTES = [
  {
    file: 'app/src/lib/format.ts',
    line: 'export const plain = (value: bigint): number => Number(value);',
    reason: 'Intl, pictures and the local network take numbers',
  },
  {
    file: 'app/src/lib/queries.ts',
    line: 'return data + gone;',
    reason: 'the clock ticks on between two readings',
  },
  {
    file: 'clients/ts/src/amount.ts',
    line: 'export const exceeds = (one: bigint, other: bigint): boolean => one > other;',
    reason: 'more is typed than there is, and lists are in order',
  },
  {
    file: 'clients/ts/src/transaction.ts',
    line: 'units: Number(value.unitsConsumed ?? 0n),',
    reason: 'compute units are set as a number',
  },
];

export default defineConfig(
  globalIgnores(['target/', '**/dist/', 'clients/ts/src/core/', 'clients/ts/src/generated/', 'lint/test/fixtures/']),
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/only-throw-error': [
        'error',
        // The router's way to say that there is no such page.
        { allow: [{ from: 'package', package: '@tanstack/router-core', name: 'NotFoundError' }] },
      ],
    },
  },
  { files: ['app/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['app/src/**/*.{ts,tsx}', 'clients/ts/src/**/*.ts'],
    plugins: { breakwater },
    // No comment gives leave: the list does, with a reason for each line.
    linterOptions: { noInlineConfig: true },
    rules: { 'breakwater/ask-the-core': ['error', { allow: COMPUTES }] },
  },
);

// What the TypeScript packages are checked for beside types (tsc) and format (Prettier).
import js from '@eslint/js';
import breakwater from '@breakwater/lint';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

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
    // No comment gives leave: the list below does, with a reason for each line.
    linterOptions: { noInlineConfig: true },
    // A warning, which `npm run lint` leaves out, as long as pages still compute: `npx eslint .` lists where they do.
    rules: { 'breakwater/ask-the-core': ['warn', { allow: [] }] },
  },
);

import { defineConfig } from 'vitest/config';

// The stories of e2e/ wait for a network.
export default defineConfig({ test: { testTimeout: 120_000, hookTimeout: 60_000, fileParallelism: false } });

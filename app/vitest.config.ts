import { defineConfig } from 'vitest/config';

// The stories of e2e/ wait for a browser and a network.
export default defineConfig({ test: { testTimeout: 90_000, hookTimeout: 120_000, fileParallelism: false } });

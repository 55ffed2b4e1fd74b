/**
 * Tests and fast-check properties in one run. Files run in separate processes, two at a time at most:
 * the solver and the kernels are wasm with large heaps, and CI has two cores.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'properties/**/*.property.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
});

/**
 * Tests and fast-check properties in one run, in two processes, for CI has two cores. A process takes one file after
 * the other and keeps the modules that are loaded: loading them for each of some 140 files anew takes half a minute.
 * So a test leaves no state behind in a module or in the environment.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'properties/**/*.property.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
});

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Unit and property tests: beside the code, one project per layer. End-to-end tests live in e2e/ and run in Playwright. */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    // All cores: a test process per core, also where there are only two.
    maxWorkers: '100%',
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'shared', environment: 'node', include: ['src-shared/**/*.test.ts'] } },
      { extends: true, test: { name: 'main', environment: 'node', include: ['src-main/**/*.test.ts'] } },
      { extends: true, plugins: [react()], test: { name: 'renderer', environment: 'jsdom', include: ['src-renderer/**/*.test.{ts,tsx}'] } },
    ],
  },
});

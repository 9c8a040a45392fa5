import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { kernelPlugin } from './src-main/build/kernel-plugin.ts';

/** Files that take minutes: begun first, so that no core is idle while the last of them ends. */
const LONGEST = ['kinds-contract.test.ts', 'random-topology.property.test.ts', 'parse.property.test.ts'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => LONGEST.findIndex((name) => moduleId.endsWith(name)) >>> 0;
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/** Unit and property tests: beside the code, one project per layer. End-to-end tests live in e2e/ and run in Playwright. */
export default defineConfig({
  plugins: [kernelPlugin(import.meta.dirname)],
  test: {
    // Generous: machines are shared, and no test is about time.
    testTimeout: 120_000,
    // All cores: a test process per core, also where there are only two.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    hookTimeout: 120_000,
    projects: [
      // What is shared is pure: its tests leave nothing behind in a process, and its modules are loaded once in each.
      { extends: true, test: { name: 'shared', environment: 'node', isolate: false, include: ['src-shared/**/*.test.ts'] } },
      { extends: true, test: { name: 'main', environment: 'node', include: ['src-main/**/*.test.ts'] } },
      // Most of what the window does needs no document; a test that does says so in its first line.
      { extends: true, plugins: [react()], test: { name: 'renderer', environment: 'node', include: ['src-renderer/**/*.test.{ts,tsx}'] } },
    ],
  },
});

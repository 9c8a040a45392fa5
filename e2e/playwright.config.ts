import { defineConfig } from '@playwright/test';

/** Frame times and cold starts are measured with nothing else beside them. */
const MEASURED = '**/measurements.spec.ts';

/**
 * The same journeys in real Electron and in a real browser. One worker each, because a window has the keyboard to itself and the
 * machines that run this are small; generous limits, because they are noisy, too.
 */
export default defineConfig({
  testDir: './tests',
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI === 'true',
  // A machine that is busy with other things may need a second try; which tests did is said at the end.
  retries: process.env.CI === 'true' ? 1 : 0,
  reporter: process.env.TOPOLAB_E2E_JSON ? [['list'], ['json', { outputFile: process.env.TOPOLAB_E2E_JSON }]] : [['list']],
  use: { actionTimeout: 20_000, trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  // What only one host has is in files of its name: nothing is skipped while it runs.
  projects: [
    // The page is the same in both: what looks at it in light and in dark looks in one at each, and all examples are run in one.
    {
      name: 'electron',
      outputDir: '../test-results/electron',
      testIgnore: ['**/*.browser.spec.ts', MEASURED],
      grepInvert: /(assistive technology|pictures for people to look at) \(light\)/,
    },
    {
      name: 'browser',
      outputDir: '../test-results/browser',
      testIgnore: ['**/*.electron.spec.ts', MEASURED],
      grepInvert: /(assistive technology|pictures for people to look at) \(dark\)|every example opens/,
    },
    // Without the recorder of the test runner: it copies the page at every movement of the mouse, which costs more than what is measured.
    { name: 'electron-measured', outputDir: '../test-results/electron-measured', testMatch: MEASURED, use: { trace: 'off' } },
    { name: 'browser-measured', outputDir: '../test-results/browser-measured', testMatch: MEASURED, use: { trace: 'off' } },
  ],
});

import type { Browser, ElectronApplication, Page } from '@playwright/test';
import { test as base } from '@playwright/test';
import { launchChromium, serveBuild, startBrowser } from './browser-host';
import { startElectron } from './electron-host';

export interface LabOptions {
  /** Folder of an earlier start, to start again with what it left. Electron only. */
  readonly userData?: string;
  /** Files given on the command line. Electron only. */
  readonly files?: readonly string[];
  /** Further switches of the command line. Electron only. */
  readonly switches?: readonly string[];
  /** Replaces the program that is started, for a look from outside. Electron only. */
  readonly wrap?: (executable: string) => string;
}

/** A running Topolab, in whichever host the present project of the configuration begins with. */
export interface Lab {
  readonly kind: 'electron' | 'browser';
  readonly app: ElectronApplication | null;
  readonly page: Page;
  readonly userData: string;
  /** `performance.now()` of the test process when the start began. */
  readonly startedAt: number;
  /** Makes the next open dialog answer this path; call the result after the dialog has been asked for. */
  readonly chooseToOpen: (path: string) => Promise<() => Promise<void>>;
  /** The same for the next save dialog, or download. */
  readonly chooseToSave: (path: string) => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}

interface TestFixtures {
  /** Starts a Topolab; all that a test has started are closed at its end. */
  readonly start: (options?: LabOptions) => Promise<Lab>;
}
interface WorkerFixtures {
  readonly served: { readonly browser: Browser; readonly url: string } | null;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  served: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that are needed from this pattern.
    async ({}, use, info) => {
      if (!info.project.name.startsWith('browser')) {
        await use(null);
        return;
      }
      const server = await serveBuild();
      const browser = await launchChromium();
      await use({ browser, url: server.url });
      await browser.close();
      server.child.removeAllListeners('exit');
      const ended = new Promise((done) => server.child.once('exit', done));
      server.child.kill('SIGINT');
      await ended;
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  start: async ({ served }, use) => {
    const labs: Lab[] = [];
    await use(async (options = {}) => {
      const lab = served === null ? await startElectron(options) : await startBrowser(served.browser, served.url, options);
      labs.push(lab);
      return lab;
    });
    for (const lab of labs) await lab.close();
  },
});
export { expect } from '@playwright/test';

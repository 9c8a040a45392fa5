import { join, resolve } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { _electron } from '@playwright/test';
import { installedElectron } from '../../src-main/start/electron-runtime';
import { temporaryFolder } from './folder';
import type { Lab, LabOptions } from './lab';

export const root = resolve(import.meta.dirname, '../..');

/** The built application in real Electron, with a user data folder of its own. */
export async function startElectron(options: LabOptions): Promise<Lab & { readonly app: ElectronApplication }> {
  const executablePath = installedElectron(root);
  if (executablePath === null) throw new Error('Electron is not on this machine.');
  const userData = options.userData ?? temporaryFolder();
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const startedAt = performance.now();
  const launch = (): Promise<ElectronApplication> =>
    _electron.launch({
      executablePath: options.wrap?.(executablePath) ?? executablePath,
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        join(root, 'out', 'main', 'main.cjs'),
        `--user-data-dir=${userData}`,
        ...(options.switches ?? []),
        ...(options.files ?? []),
      ],
      cwd: root,
      timeout: 40_000,
    });
  // On a busy machine the test runner now and then misses the moment at which Electron waits for it, and waits in vain.
  const app = await launch().catch((error: unknown) => {
    console.log(`    Electron did not answer the test runner, started again: ${String(error).split('\n')[0]}`);
    return launch();
  });
  const page = await app.firstWindow({ timeout: 60_000 });
  return {
    kind: 'electron',
    app,
    page,
    userData,
    startedAt,
    chooseToOpen: async (path) => {
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
      }, path);
      return () => Promise.resolve();
    },
    chooseToSave: async (path) => {
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      }, path);
      return () => Promise.resolve();
    },
    close: async () => {
      await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined);
      await app.close().catch(() => undefined);
    },
  };
}

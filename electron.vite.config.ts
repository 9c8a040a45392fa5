import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { browserCopy } from './src-main/build/browser-copy';
import { hostGuard } from './src-main/build/host-guard';
import { kernelPlugin } from './src-main/build/kernel-plugin';

const root = import.meta.dirname;
const out = (name: string): string => resolve(root, 'out', name);

/** Every input of the build. Everything is bundled: what lies in out/ runs without node_modules. */
export default defineConfig({
  main: {
    plugins: [
      {
        name: 'topolab:clean',
        buildStart: () => {
          for (const name of ['main', 'cli', 'start']) rmSync(out(name), { recursive: true, force: true });
        },
      },
      kernelPlugin(root),
      hostGuard(['main/engine-process', 'cli/topolab', 'start/start']),
    ],
    build: {
      target: 'node20',
      externalizeDeps: false,
      outDir: 'out',
      emptyOutDir: false,
      rolldownOptions: {
        input: {
          'main/main': resolve(root, 'src-main/main.ts'),
          'main/engine-process': resolve(root, 'src-main/engine-process/engine-process.ts'),
          'start/start': resolve(root, 'src-main/start/start.ts'),
          'cli/topolab': resolve(root, 'src-main/cli/topolab.ts'),
        },
        // CommonJS, because it is loaded at once: Electron must hear of the scheme and the switches before it is ready.
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'main/chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      target: 'node20',
      externalizeDeps: false,
      outDir: 'out/preload',
      // A sandboxed preload script has to be CommonJS in one file.
      rolldownOptions: { input: { preload: resolve(root, 'src-main/preload/preload.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    plugins: [react(), kernelPlugin(root), browserCopy(out('renderer'), out('browser'))],
    worker: { format: 'es', plugins: () => [kernelPlugin(root), hostGuard(['engine-worker', 'batch-worker', 'film-worker', 'time-travel-worker'])] },
    build: {
      target: 'chrome120',
      outDir: 'out/renderer',
      minify: true,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: { index: resolve(root, 'src-renderer/index.html') } },
    },
  },
});

import { resolveConfig } from 'electron-vite';
import { build } from 'vite';

// Builds the parts of electron.vite.config.ts that are named on the command line, or all of them.
const named = process.argv.slice(2);
process.env.NODE_ENV_ELECTRON_VITE = 'production';
for (const part of /** @type {const} */ (['main', 'preload', 'renderer'])) {
  if (named.length > 0 && !named.includes(part)) continue;
  const { config } = await resolveConfig({ logLevel: 'warn' }, 'build', 'production');
  const options = config?.[part];
  if (options === undefined) throw new Error(`electron.vite.config.ts says nothing about ${part}`);
  await build(/** @type {import('vite').InlineConfig} */ (options));
}

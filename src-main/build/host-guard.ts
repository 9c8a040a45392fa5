import type { Plugin } from 'vite';

/** Modules that must never reach a host of the engine: it runs headless, in a utility process, a worker or a terminal. */
const FORBIDDEN = [
  /[\\/]src-renderer[\\/](?!bridge[\\/][a-z-]+-worker\.ts)/,
  /[\\/]node_modules[\\/](react|react-dom|scheduler|zustand|uplot|html-to-image|@mantine|@xyflow|@tabler)[\\/]/,
];
const FORBIDDEN_EXTERNAL = [/^electron(\/|$)/];

/**
 * Fails the build when an entry with one of these names reaches a user-interface module or Electron, directly or through shared
 * chunks.
 */
export function hostGuard(entryNames: readonly string[]): Plugin {
  return {
    name: 'topolab:host-guard',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || !file.isEntry || !entryNames.includes(file.name)) continue;
        const open = [file.fileName];
        const seen = new Set<string>();
        for (let name = open.pop(); name !== undefined; name = open.pop()) {
          if (seen.has(name)) continue;
          seen.add(name);
          const chunk = bundle[name];
          if (chunk === undefined) {
            if (FORBIDDEN_EXTERNAL.some((pattern) => pattern.test(name))) this.error(`${file.name} must not import ${name}: it is a host of the engine.`);
            continue;
          }
          if (chunk.type !== 'chunk') continue;
          const intruder = chunk.moduleIds.find((id) => FORBIDDEN.some((pattern) => pattern.test(id)));
          if (intruder !== undefined) this.error(`${file.name} must not contain ${intruder}: it is a host of the engine.`);
          open.push(...chunk.imports, ...chunk.dynamicImports);
        }
      }
    },
  };
}

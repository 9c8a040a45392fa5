import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/*
 * The engine's kernel is written in AssemblyScript and compiled to WebAssembly whenever the program is built or tested.
 */

const ENGINE = join('src-shared', 'engine');
const ASSEMBLY = join(ENGINE, 'kernel', 'assembly');
const ENTRY = 'src-shared/engine/kernel/assembly/kernel.ts';
/** The memory is made by whoever builds a kernel, and nothing is ever allocated in it by itself. */
const OPTIONS = ['--optimizeLevel', '0', '--noAssert', '--runtime', 'stub', '--importMemory', '--noExportMemory', '--debug'];
/**
 * What a request meets every time is put into as few functions as possible, which is worth a quarter of the run time. What is rare in
 * it stays apart, so that this does not grow beyond the caches of a processor.
 */
const APART = [
  'accounts/late',
  'event-list/(adapt|jump|lastBefore|removeEvent)',
  'calls/(callAll|countReply|forwardLink|nextCall)',
  'flow/walkFrom',
  'frames/(adopt|disown|prepareCall)',
  'rare/rare',
  'routers/(leastConnections|powerOfMany|spread)',
  'sources/(drawn|think)',
  'stations/countSlowdown',
  'transit/(drop|later|send)',
  'walk/leaveFor',
  'variates/(fill.*|next.*|normalTail|refill)',
].flatMap((entry) => {
  const [, file, names] = /^([\w-]+)\/\(?([^)]*)\)?$/.exec(entry) ?? [];
  return (names ?? '').split('|').map((name) => `*${file}/${name.replace('.*', '*')}`);
});
const MODULE = '\0topolab:kernel';

/** Everything that the kernel is compiled from. */
function sources(root: string): readonly string[] {
  const names = readdirSync(join(root, ASSEMBLY)).toSorted();
  return [
    ...names.map((name) => join(root, ASSEMBLY, name)),
    join(root, ENGINE, 'kernel', 'memory-map.ts'),
    join(root, ENGINE, 'layout.ts'),
    join(root, 'src-shared', 'base', 'ziggurat.ts'),
  ];
}

async function compile(root: string): Promise<Uint8Array> {
  const { main } = await import('assemblyscript/asc');
  const { default: binaryen } = await import('assemblyscript/binaryen');
  let binary: Uint8Array | null = null;
  const said: string[] = [];
  const note = { write: (chunk: string | Uint8Array) => said.push(typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk)) };
  const { error } = await main([ENTRY, '--outFile', 'kernel.wasm', ...OPTIONS], {
    stdout: note,
    stderr: note,
    readFile: (name, base) => {
      try {
        return readFileSync(resolve(root, base, name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === null) throw new Error(`The engine's kernel does not compile.\n${said.join('')}${error?.message ?? ''}`);
  const module = binaryen.readBinary(binary);
  binaryen.setOptimizeLevel(4);
  binaryen.setShrinkLevel(0);
  binaryen.setAlwaysInlineMaxSize(400);
  binaryen.setFlexibleInlineMaxSize(1000);
  binaryen.setOneCallerInlineMaxSize(100_000);
  binaryen.setAllowInliningFunctionsWithLoops(true);
  for (const pattern of APART) {
    binaryen.setPassArgument('no-inline', pattern);
    module.runPasses(['no-inline']);
  }
  module.optimize();
  module.optimize();
  binaryen.setDebugInfo(false);
  return module.emitBinary();
}

/** Compiles the kernel, or takes what was compiled from the same sources before. Throws what the compiler says. */
export async function compileKernel(root: string): Promise<Uint8Array> {
  const cache = join(root, 'node_modules', '.cache', 'topolab-kernel');
  const hash = createHash('sha256').update(JSON.stringify([OPTIONS, APART]));
  for (const path of [...sources(root), join(root, 'node_modules', 'assemblyscript', 'package.json')]) hash.update(readFileSync(path));
  const cached = join(cache, `${hash.digest('hex')}.wasm`);
  try {
    return readFileSync(cached);
  } catch {
    // Not compiled yet.
  }
  const binary = await compile(root);
  mkdirSync(cache, { recursive: true });
  writeFileSync(cached, binary);
  return binary;
}

/** Lets modules import the engine's kernel as bytes. `root`: folder of the project. */
export function kernelPlugin(root: string): Plugin {
  return {
    name: 'topolab:kernel',
    enforce: 'pre',
    resolveId: (source) => (source.endsWith('/kernel.wasm') ? MODULE : null),
    async load(id) {
      if (id !== MODULE) return null;
      for (const path of sources(root)) this.addWatchFile(path);
      return `export const kernel = Uint8Array.of(${[...(await compileKernel(root))].join(',')});`;
    },
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const LONGEST_FILE = 450;

/** What each layer of src-shared may import besides itself; `protocol` and `analysis` also see the records of a run. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  engine: ['base'],
  kinds: ['base', 'engine'],
  project: ['base', 'engine', 'kinds'],
  compile: ['base', 'engine', 'kinds', 'project'],
  protocol: ['base', 'engine', 'kinds', 'project', 'run/result', 'run/frame'],
  analysis: ['base', 'engine', 'kinds', 'project', 'protocol', 'run/result', 'run/frame'],
  run: ['base', 'engine', 'kinds', 'project', 'compile', 'protocol'],
  validation: ['base', 'engine', 'kinds', 'project', 'compile', 'protocol', 'analysis', 'run'],
};
const PURE_PACKAGES = ['zod', 'immer'];
/** The ambient world, which would make two runs of one seed differ. */
const AMBIENT = /\bMath\.random\b|\bDate\b(?=\.|\()|\bnew Date\b|\bperformance\.|\bcrypto\.|\bIntl\.|\btoLocale\w*\(|\bnavigator\b\./;

interface Source {
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
  readonly imports: readonly string[];
}

function list(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? list(path) : [path];
  });
}

function read(path: string): Source {
  const text = readFileSync(path, 'utf8');
  const imports = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g),
  ];
  return {
    path: relative(root, path).replaceAll('\\', '/'),
    text,
    isTest: /\.test\.tsx?$/.test(path),
    imports: imports.map((match) => match[1] ?? match[2] ?? match[3] ?? ''),
  };
}

const files = ['src-shared', 'src-main', 'src-renderer', 'e2e', 'examples'].flatMap((folder) => list(join(root, folder)));
const sources = files.filter((path) => /\.(ts|tsx|mjs|css)$/.test(path) && !path.endsWith('.d.ts')).map(read);
const shared = sources.filter((source) => source.path.startsWith('src-shared/') && !source.isTest);

/** The path below the root that a relative import leads to, or null for a package. */
function target(source: Source, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(source.path), specifier)) : null;
}

/** Text without comments and strings, so that prose may speak of clocks. */
function codeOf(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/[^\n]*/g, '$1')
    .replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''");
}

describe('house rules', () => {
  it('names files in kebab-case', () => {
    const allowed = /^([a-z0-9]+(-[a-z0-9]+)*)(\.[a-z0-9]+)*$|^SPEC\.md$|^README\.md$/;
    const wrong = files
      .map((path) => relative(root, path))
      .filter((path) => path.split(/[\\/]/).some((part, index, parts) => index === parts.length - 1 && !allowed.test(part)));
    expect(wrong).toEqual([]);
  });

  it(`keeps files at ${LONGEST_FILE} lines or fewer`, () => {
    const wrong = sources.map((source) => ({ path: source.path, lines: source.text.split('\n').length })).filter(({ lines }) => lines > LONGEST_FILE + 1);
    expect(wrong).toEqual([]);
  });

  it('lets imports of src-shared go one way, types included', () => {
    const wrong: string[] = [];
    for (const source of shared) {
      const layer = source.path.split('/')[1] ?? '';
      const allowed = LAYERS[layer];
      if (allowed === undefined) {
        wrong.push(`${source.path} is in no layer`);
        continue;
      }
      for (const specifier of source.imports) {
        const path = target(source, specifier);
        if (path === null) {
          if (!PURE_PACKAGES.includes(specifier)) wrong.push(`${source.path} imports ${specifier}`);
          continue;
        }
        const reached = path.replace(/^src-shared\//, '');
        const fine = path.startsWith('src-shared/') && [layer, ...allowed].some((name) => reached === name || reached.startsWith(`${name}/`));
        if (!fine) wrong.push(`${source.path} imports ${specifier}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('keeps the ambient clock, randomness and locale out of src-shared', () => {
    const wrong = shared.filter((source) => AMBIENT.test(codeOf(source.text))).map((source) => `${source.path}: ${AMBIENT.exec(codeOf(source.text))?.[0]}`);
    expect(wrong).toEqual([]);
  });

  it('lets the two sides meet only in src-shared', () => {
    const wrong = sources.flatMap((source) =>
      source.imports
        .filter((specifier) => {
          const path = target(source, specifier);
          if (source.path.startsWith('src-main/')) return path?.startsWith('src-renderer/') || path?.startsWith('e2e/');
          if (source.path.startsWith('src-renderer/'))
            return path?.startsWith('src-main/') || path?.startsWith('e2e/') || specifier === 'electron' || (!source.isTest && specifier.startsWith('node:'));
          return false;
        })
        .map((specifier) => `${source.path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('uses raw ipc only in the one wrapper of each side', () => {
    const wrong = sources
      .filter(
        (source) => /\bipc(Main|Renderer)\b/.test(codeOf(source.text)) && !['src-main/ipc/channels.ts', 'src-main/preload/preload.ts'].includes(source.path),
      )
      .map((source) => source.path);
    expect(wrong).toEqual([]);
  });

  it('has no default exports outside of configuration', () => {
    const wrong = sources
      .filter((source) => !source.path.endsWith('.config.ts') && /^export default\b|\bas default\b/m.test(codeOf(source.text)))
      .map((source) => source.path);
    expect(wrong).toEqual([]);
  });

  it('leaves nothing half done and silences no checker', () => {
    const words = new RegExp(['TO' + 'DO', 'FIX' + 'ME', '@ts-' + 'ignore', '@ts-' + 'nocheck', 'biome-' + 'ignore-all'].join('|'));
    const wrong = sources.filter((source) => words.test(source.text)).map((source) => source.path);
    expect(wrong).toEqual([]);
  });
});

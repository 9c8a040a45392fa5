import type { LinkEdge } from './flow-store';
import { type LinkEnds, linkPath } from './link-path';

/** Links that look the same, as one line. */
export interface LinkGroup {
  readonly health: string;
  readonly selected: boolean;
  readonly lit: 'on' | 'off' | undefined;
  readonly path: string;
}

const paths = new WeakMap<LinkEnds, string>();

function pathOf(ends: LinkEnds): string {
  let path = paths.get(ends);
  if (path === undefined) {
    [path] = linkPath(ends);
    paths.set(ends, path);
  }
  return path;
}

/** Sorts links into groups that look the same; those that are dragged draw themselves. */
export function groupLinks(
  edges: readonly LinkEdge[],
  looks: {
    readonly health: (id: string) => string;
    readonly lit: (id: string) => 'on' | 'off' | undefined;
    readonly ends: (id: string) => LinkEnds | undefined;
  },
): readonly LinkGroup[] {
  const groups = new Map<string, { readonly health: string; readonly selected: boolean; readonly lit: 'on' | 'off' | undefined; readonly pieces: string[] }>();
  for (const { id, selected = false } of edges) {
    const ends = looks.ends(id);
    if (ends === undefined) continue;
    const health = looks.health(id);
    const lit = looks.lit(id);
    const key = `${health} ${selected} ${lit}`;
    let group = groups.get(key);
    if (group === undefined) {
      group = { health, selected, lit, pieces: [] };
      groups.set(key, group);
    }
    group.pieces.push(pathOf(ends));
  }
  return [...groups.values()].map(({ pieces, ...look }) => ({ ...look, path: pieces.join('') }));
}

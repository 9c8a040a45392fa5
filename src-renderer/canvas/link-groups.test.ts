import { Position } from '@xyflow/react';
import { describe, expect, it } from 'vitest';
import type { LinkEdge } from './flow-store';
import { groupLinks } from './link-groups';
import { type LinkEnds, linkPath } from './link-path';

const ends = (y: number): LinkEnds => ({
  sourceX: 0,
  sourceY: y,
  targetX: 100,
  targetY: y,
  sourcePosition: Position.Right,
  targetPosition: Position.Left,
});
const places = new Map(['one', 'two', 'three', 'four'].map((id, index) => [id, ends(index * 10)]));
const edge = (id: string, selected = false): LinkEdge => ({ id, source: 'a', target: 'b', selected });
const looks = {
  health: (id: string) => (id === 'two' ? 'failing' : 'fine'),
  lit: () => undefined,
  ends: (id: string) => places.get(id),
};
const pathOf = (id: string): string => linkPath(places.get(id)!)[0];

describe('links seen from far away', () => {
  it('are one line for each look, and those that are dragged are not among them', () => {
    const groups = groupLinks([edge('one'), edge('two'), edge('three'), edge('four', true), edge('dragged')], looks);
    expect(groups).toEqual([
      { health: 'fine', selected: false, lit: undefined, path: pathOf('one') + pathOf('three') },
      { health: 'failing', selected: false, lit: undefined, path: pathOf('two') },
      { health: 'fine', selected: true, lit: undefined, path: pathOf('four') },
    ]);
  });
});

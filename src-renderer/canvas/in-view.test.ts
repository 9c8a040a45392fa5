import { describe, expect, it } from 'vitest';
import { idsWithin } from './in-view';

const view = { left: 0, top: 0, right: 1000, bottom: 600 };
const at = (id: string, x: number, y: number) => ({ id, position: { x, y }, measured: { width: 200, height: 80 } });

describe('what is in view', () => {
  it('is each part that overlaps the view, however little', () => {
    const nodes = [at('inside', 100, 100), at('edge', -199, 0), at('left', -200, 0), at('below', 0, 600), at('corner', 999, 599)];
    expect([...idsWithin(nodes, [], view)].sort()).toEqual(['corner', 'edge', 'inside']);
  });

  it('is a link that may pass through it, though neither of its ends is seen', () => {
    const nodes = [at('left', -500, 100), at('right', 1500, 200), at('above', 300, -500)];
    const edges = [
      { id: 'across', source: 'left', target: 'right' },
      { id: 'beside', source: 'above', target: 'above' },
      { id: 'loose', source: 'left', target: 'gone' },
    ];
    expect([...idsWithin(nodes, edges, view)]).toEqual(['across']);
  });

  it('takes a part that has not been measured yet to be of the usual size', () => {
    expect([...idsWithin([{ id: 'new', position: { x: -150, y: -50 } }], [], view)]).toEqual(['new']);
  });
});

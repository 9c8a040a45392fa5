// @vitest-environment jsdom
import { Position } from '@xyflow/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { endMove, endsOnScreen, moveOnScreen, noteEnds, noteLabel, placeOnScreen, restingEnds, watchLinks } from './drag';
import { type LinkEnds, linkPath } from './link-path';

const drawing = {
  nodes: [
    { id: 'a', position: { x: 0, y: 0 } },
    { id: 'b', position: { x: 400, y: 0 } },
    { id: 'c', position: { x: 800, y: 0 } },
  ],
  edges: [
    { id: 'ab', source: 'a', target: 'b' },
    { id: 'bc', source: 'b', target: 'c' },
  ],
};
const ends = (sourceX: number, targetX: number): LinkEnds => ({
  sourceX,
  sourceY: 33,
  targetX,
  targetY: 33,
  sourcePosition: Position.Right,
  targetPosition: Position.Left,
});
const ab = ends(200, 400);
const bc = ends(600, 800);
const node = (id: string) => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)!;
const link = (id: string) => document.querySelector(`[data-id="${id}"]`)!;
const canvas = () => document.querySelector<HTMLElement>('[data-canvas]')!;
/** Draws, as the window does between two pictures. */
const nextPicture = () => new Promise((done) => requestAnimationFrame(done));

beforeEach(() => {
  endMove();
  document.body.innerHTML = `<section data-canvas>
    ${drawing.nodes.map(({ id }) => `<div class="react-flow__node" data-id="${id}"></div>`).join('')}
    ${drawing.edges.map(({ id }) => `<svg><g class="react-flow__edge" data-id="${id}"><path d="old"/><path d="old"/></g></svg>`).join('')}
    <div id="label"></div></section>`;
  noteEnds('ab', ab);
  noteEnds('bc', bc);
  noteLabel('ab', document.querySelector<HTMLElement>('#label'));
});

describe('a drag', () => {
  it('moves the part, its links and their labels on the screen, and nothing else', async () => {
    moveOnScreen(drawing, new Map([['a', { x: 32, y: 64 }]]));
    await nextPicture();
    const [path, x, y] = linkPath({ ...ab, sourceX: 232, sourceY: 97 });
    expect(node('a').style.transform).toBe('translate(32px,64px)');
    expect([...link('ab').children].map((child) => child.getAttribute('d'))).toEqual([path, path]);
    const label = document.querySelector<HTMLElement>('#label')!;
    const [, restX, restY] = linkPath(ab);
    expect(label.style.transform).toBe(`translate(${x - restX}px,${y - restY}px)`);
    endMove();
    expect([label.style.transform, label.style.left, label.style.top]).toEqual(['', `${x}px`, `${y}px`]);
    expect(node('b').style.transform).toBe('');
    expect(link('bc').firstElementChild?.getAttribute('d')).toBe('old');
  });

  it('moves both ends of a link between two parts that are dragged together', () => {
    moveOnScreen(
      drawing,
      new Map([
        ['a', { x: 16, y: 0 }],
        ['b', { x: 416, y: 0 }],
      ]),
    );
    expect(endsOnScreen('ab', ab)).toEqual({ ...ab, sourceX: 216, targetX: 416 });
    expect(endsOnScreen('bc', bc)).toEqual({ ...bc, sourceX: 616 });
    expect(placeOnScreen(drawing.nodes[1]!)).toEqual({ x: 416, y: 0 });
    expect(placeOnScreen(drawing.nodes[2]!)).toEqual({ x: 800, y: 0 });
  });

  it('leaves everything where it was put last when it ends before the next picture', () => {
    moveOnScreen(drawing, new Map([['c', { x: 0, y: 160 }]]));
    endMove();
    expect(node('c').style.transform).toBe('translate(0px,160px)');
    expect(placeOnScreen(drawing.nodes[2]!)).toEqual({ x: 800, y: 0 });
  });

  it('covers the canvas while it goes on, and however it ends', () => {
    moveOnScreen(drawing, new Map([['a', { x: 16, y: 0 }]]));
    expect(canvas().dataset.dragging).toBe('');
    window.dispatchEvent(new Event('pointercancel'));
    expect(canvas().dataset.dragging).toBeUndefined();
    moveOnScreen(drawing, new Map([['b', { x: 16, y: 0 }]]));
    expect(canvas().dataset.dragging).toBe('');
    endMove();
    expect(canvas().dataset.dragging).toBeUndefined();
  });

  it('takes its links away from those who draw many at once, and gives them back', () => {
    const watcher = vi.fn();
    const stop = watchLinks(watcher);
    moveOnScreen(drawing, new Map([['a', { x: 16, y: 0 }]]));
    expect(restingEnds('ab')).toBeUndefined();
    expect(restingEnds('bc')).toBe(bc);
    expect(watcher).toHaveBeenCalledTimes(1);
    moveOnScreen(drawing, new Map([['a', { x: 32, y: 0 }]]));
    expect(watcher).toHaveBeenCalledTimes(1);
    endMove();
    expect(restingEnds('ab')).toBe(ab);
    expect(watcher).toHaveBeenCalledTimes(2);
    stop();
  });
});

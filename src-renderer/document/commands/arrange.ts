import { invariant } from '../../../src-shared/base/result';
import { documentStore } from '../document-store';
import type { Point } from '../records';
import { GRID, moveParts } from './move';

/** Room that a part takes on the canvas in px, and the space kept around it. */
const PART = { width: 220, height: 144 } as const;
const SPACING = 64;

const onGrid = (value: number): number => Math.round(value / GRID) * GRID;

/**
 * Arranges the parts of a design from left to right, in the direction in which requests flow: one step to undo.
 * Layout by ELK's layered algorithm (K. Sugiyama et al., 1981), which is loaded when it is first needed. Notes stay where they are.
 */
export async function arrangeParts(designId: string): Promise<void> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const design = documentStore.getState().project.designs.find((candidate) => candidate.id === designId);
  invariant(design !== undefined, `there is a design ${designId}`);
  const graph = await new Elk().layout({
    id: 'design',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.spacing.nodeNode': String(SPACING),
      'elk.layered.spacing.nodeNodeBetweenLayers': String(2 * SPACING),
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    },
    children: design.components.map(({ id }) => ({ id, ...PART })),
    edges: design.links.map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  });
  const positions = new Map<string, Point>((graph.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: onGrid(x), y: onGrid(y) }]));
  moveParts(designId, positions);
}

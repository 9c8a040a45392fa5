import { type ConnectionLineComponentProps, getBezierPath, useStore as useFlowStore } from '@xyflow/react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { connectionRefusal } from '../../src-shared/project/connection';
import { uiStore } from '../app/ui-store';
import { documentStore } from '../document/document-store';
import classes from './connection-line.module.css';
import type { CanvasNode } from './flow-store';
import { CanvasLabel } from './label-layer';

/** The part under the pointer while a link is drawn: the whole part is a target, not its handle alone. */
export const hoverStore = createStore<{ readonly nodeId: string | null }>()(() => ({ nodeId: null }));

/** Why the link being drawn cannot end on a part; null where it can. */
export function refusalBetween(startId: string, startsAtOutput: boolean, otherId: string): string | null {
  const { project } = documentStore.getState();
  if (project.designs.length === 0) return null;
  return startsAtOutput
    ? connectionRefusal(project, uiStore.getState().activeDesignId, startId, otherId)
    : connectionRefusal(project, uiStore.getState().activeDesignId, otherId, startId);
}

/** A link while it is drawn, with the reason near the pointer where it is impossible. */
export function ConnectionLine({ fromX, fromY, toX, toY, fromPosition, toPosition, fromNode, fromHandle, toNode }: ConnectionLineComponentProps<CanvasNode>) {
  const hovered = useStore(hoverStore, (state) => state.nodeId);
  const zoom = useFlowStore((state) => state.transform[2]);
  const targetId = toNode?.id ?? hovered;
  // Resting on the part that the link starts from means nothing yet; only its other handle asks for a link to itself.
  const aims = targetId !== null && (targetId !== fromNode.id || toNode !== null);
  const refusal = aims ? refusalBetween(fromNode.id, fromHandle.type === 'source', targetId) : null;
  const state = !aims ? 'open' : refusal === null ? 'possible' : 'refused';
  const [path] = getBezierPath({ sourceX: fromX, sourceY: fromY, sourcePosition: fromPosition, targetX: toX, targetY: toY, targetPosition: toPosition });
  return (
    <g>
      <path d={path} fill="none" className={classes.line} data-state={state} markerEnd={fromHandle.type === 'source' ? 'url(#topolab-arrow)' : undefined} />
      {refusal !== null && (
        <CanvasLabel>
          <div className={classes.reason} role="status" style={{ transform: `translate(${toX + 14 / zoom}px, ${toY + 14 / zoom}px) scale(${1 / zoom})` }}>
            {refusal}
          </div>
        </CanvasLabel>
      )}
    </g>
  );
}

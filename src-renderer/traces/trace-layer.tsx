import { useStore as useFlowStore, ViewportPortal } from '@xyflow/react';
import { useStore } from 'zustand';
import { TIME_WORDS } from '../../src-shared/analysis/trace-text';
import { whereabouts } from '../../src-shared/analysis/waterfall';
import { placeOnScreen } from '../canvas/drag';
import { flowStore } from '../canvas/flow-store';
import { litStore } from './lit';
import { replayStore } from './replay';
import classes from './trace-layer.module.css';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A point on the drawn curve of a link, at this share of its length. */
function onLink(linkId: string, share: number): Point | null {
  const path = document.querySelector<SVGPathElement>(`.react-flow__edge[data-id="${CSS.escape(linkId)}"] path.react-flow__edge-path`);
  if (path === null) return null;
  const { x, y } = path.getPointAtLength(path.getTotalLength() * share);
  return { x, y };
}

/** The replayed request on the canvas: its messages on their links, and what it does at the parts. */
export function TraceLayer() {
  const trace = useStore(litStore, (state) => state.trace);
  const atNs = useStore(replayStore, (state) => state.atNs);
  const nodes = useStore(flowStore, (state) => state.nodes);
  // Far away the marks keep their size on the screen.
  const zoom = useFlowStore((state) => state.transform[2]);
  if (trace === null || atNs === null) return null;
  const { messages, visits } = whereabouts(trace, atNs);
  const size = 1 / Math.min(1.2, Math.max(0.3, zoom));
  const perPart = new Map<string, number>();
  return (
    <ViewportPortal>
      {messages.map(({ span, linkId, share, reply, lost }) => {
        const at = onLink(linkId, share);
        if (at === null) return null;
        return (
          <div
            key={span}
            className={classes.message}
            data-reply={reply || undefined}
            data-lost={lost || undefined}
            style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px) scale(${size})` }}
          >
            {lost ? '✕' : reply ? '◀' : '▶'}
          </div>
        );
      })}
      {visits.map(({ span, componentId, kind, vain }) => {
        const node = nodes.find(({ id }) => id === componentId);
        if (node === undefined) return null;
        const { x, y } = placeOnScreen(node);
        const place = perPart.get(componentId) ?? 0;
        perPart.set(componentId, place + 1);
        if (place > 2) return null;
        const words = kind === null ? 'Waits for calls' : TIME_WORDS[kind].title;
        return (
          <div
            key={span}
            className={classes.visit}
            data-testid="trace-visit"
            data-kind={kind ?? 'calling'}
            data-vain={vain || undefined}
            style={{
              transform: `translate(-50%, -100%) translate(${x + (node.measured?.width ?? 200) / 2}px, ${y - 6 - place * 22 * size}px) scale(${size})`,
            }}
          >
            {vain ? `${words}, in vain` : words}
          </div>
        );
      })}
    </ViewportPortal>
  );
}

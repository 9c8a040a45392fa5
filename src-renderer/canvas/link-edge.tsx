import { Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleXFilled } from '@tabler/icons-react';
import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { memo, useLayoutEffect } from 'react';
import { formatDuration, formatNumber, formatRate, formatShare } from '../../src-shared/base/format';
import { BottleneckMark } from '../advice/bottleneck-mark';
import { useBottleneckMark } from '../advice/reading';
import { FaultMark } from '../faults/fault-mark';
import { useRecordProblems } from '../problems/problems-store';
import { useActiveFaultsOn } from '../run/active-faults';
import { type LivePart, useDrawnLive } from '../run/live';
import { useLit } from '../traces/lit';
import { useFar } from './distance';
import { noteEnds, noteLabel } from './drag';
import type { LinkEdge as LinkEdgeType } from './flow-store';
import { CanvasLabel } from './label-layer';
import classes from './link-edge.module.css';
import { linkPath } from './link-path';

/** What a link that does not run yet says of itself, where it differs from the usual. */
function idleLabel(link: { readonly params: Readonly<Record<string, unknown>> }, forward: boolean): string {
  const { probability } = link.params;
  if (forward) return typeof probability === 'number' ? `forward ${formatShare(probability)}` : 'forward';
  return typeof probability === 'number' && probability < 1 ? formatShare(probability) : '';
}

/** What a link says of itself while it runs. */
function liveLabel(live: LivePart, telemetry: boolean): string {
  const rate = live.values.callRate ?? 0;
  const network = live.values.networkMeanMs;
  return [
    telemetry ? `${formatNumber(rate)} msg/s` : formatRate(rate),
    network !== undefined && Number.isFinite(network) ? formatDuration(network) : '',
    live.health === 'fine' ? '' : live.word,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Width of the line in px: thicker by the order of magnitude of what passes. */
function lineWidth(live: LivePart | null): number {
  const rate = live?.values.callRate;
  if (live === null || live.health === 'idle' || rate === undefined || !Number.isFinite(rate)) return 1.6;
  return Math.round((1.5 + Math.min(2, Math.log10(1 + rate) * 0.5)) * 10) / 10;
}

interface LabelProps {
  readonly id: string;
  readonly data: NonNullable<LinkEdgeType['data']>;
  readonly health: LivePart['health'];
  readonly x: number;
  readonly y: number;
}

/** What stands beside a link: its problems, its faults, and its live rate and time on the wire. */
function LinkLabel({ id, data, health, x, y }: LabelProps) {
  const problems = useRecordProblems(id);
  const faults = useActiveFaultsOn(id);
  const far = useFar();
  const isMarked = useBottleneckMark(data.designId, 'link', id) !== null;
  const lit = useLit(id, 'linkIds');
  const words = useDrawnLive(id, (live) =>
    far ? '' : live !== null && live.health !== 'idle' ? liveLabel(live, data.telemetry) : idleLabel(data.link, data.forward),
  );
  if (words === '' && !isMarked && problems.length + faults.length === 0) return null;
  const error = problems.some((problem) => problem.severity === 'error');
  return (
    <CanvasLabel>
      <div
        ref={(element) => noteLabel(id, element)}
        className={`${classes.label} nodrag nopan`}
        data-health={health}
        data-lit={lit}
        style={{ left: `${x}px`, top: `${y}px` }}
      >
        {problems.length > 0 && (
          <Tooltip label={problems.map((problem) => `${problem.message} ${problem.remedy}`).join('\n')}>
            <span
              className={classes.problem}
              data-severity={error ? 'error' : 'warning'}
              role="img"
              aria-label={problems.map((problem) => problem.message).join(' ')}
            >
              {error ? <IconCircleXFilled size={14} /> : <IconAlertTriangleFilled size={14} />}
            </span>
          </Tooltip>
        )}
        <FaultMark faults={faults} />
        <BottleneckMark designId={data.designId} record="link" recordId={id} />
        {words !== '' && <span className={`${classes.pill} tl-number`}>{words}</span>}
      </div>
    </CanvasLabel>
  );
}

/** A link on the canvas. Its label is a part of its own, so that a number that changes draws no line anew. */
export const LinkEdge = memo(function LinkEdge({
  id,
  data,
  selected,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourcePosition,
  targetPosition,
}: EdgeProps<LinkEdgeType>) {
  const health = useDrawnLive(id, (live) => live?.health ?? 'idle');
  const width = useDrawnLive(id, lineWidth);
  const faulty = useActiveFaultsOn(id).length > 0;
  const lit = useLit(id, 'linkIds');
  useLayoutEffect(
    () => noteEnds(id, { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }),
    [id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition],
  );
  const [path, labelX, labelY] = linkPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  if (data === undefined) return null;
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={18}
        markerEnd="url(#topolab-arrow)"
        className={classes.line ?? ''}
        style={{ strokeWidth: selected ? Math.max(2.4, width) : width }}
        data-forward={data.forward || undefined}
        data-telemetry={data.telemetry || undefined}
        data-health={health}
        data-faulty={faulty || undefined}
        data-selected={selected || undefined}
        data-lit={lit}
      />
      <LinkLabel id={id} data={data} health={health} x={labelX} y={labelY} />
    </>
  );
});

/** The arrow head of links, in the colour of each link. */
export function LinkMarkers() {
  return (
    <svg className={classes.markers} aria-hidden="true" role="presentation">
      <defs>
        <marker
          id="topolab-arrow"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="11"
          markerHeight="11"
          markerUnits="userSpaceOnUse"
          orient="auto-start-reverse"
        >
          <path d="M1 1 9 5 1 9 3 5z" fill="context-stroke" stroke="none" />
        </marker>
      </defs>
    </svg>
  );
}

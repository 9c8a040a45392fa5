import { Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleXFilled } from '@tabler/icons-react';
import { BaseEdge, type EdgeProps, getBezierPath, getSmoothStepPath, type Position } from '@xyflow/react';
import { memo } from 'react';
import { formatDuration, formatNumber, formatRate, formatShare } from '../../src-shared/base/format';
import { BottleneckMark } from '../advice/bottleneck-mark';
import { useBottleneckMark } from '../advice/reading';
import { FaultMark } from '../faults/fault-mark';
import { useRecordProblems } from '../problems/problems-store';
import { useActiveFaultsOn } from '../run/active-faults';
import { useLiveLink } from '../run/live';
import { useLit } from '../traces/lit';
import { useFar } from './distance';
import type { LinkEdge as LinkEdgeType } from './flow-store';
import { CanvasLabel } from './label-layer';
import classes from './link-edge.module.css';

interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
  readonly sourcePosition: Position;
  readonly targetPosition: Position;
}

/** How far below its ends a link runs that leads back against the flow. */
const RETURN_DEPTH = 104;

/** The way of a link: a curve from left to right; one that leads back runs below the parts in between. */
export function linkPath(ends: Ends): readonly [path: string, labelX: number, labelY: number] {
  const goesBack = ends.targetX < ends.sourceX + 8;
  if (!goesBack) {
    const [path, x, y] = getBezierPath(ends);
    return [path, x, y];
  }
  const farApart = Math.abs(ends.targetY - ends.sourceY) > RETURN_DEPTH * 1.6;
  const centerY = farApart ? (ends.sourceY + ends.targetY) / 2 : Math.max(ends.sourceY, ends.targetY) + RETURN_DEPTH;
  const [path] = getSmoothStepPath({ ...ends, borderRadius: 14, offset: 26, centerY });
  return [path, (ends.sourceX + ends.targetX) / 2, centerY];
}

/** What a link that does not run yet says of itself, where it differs from the usual. */
function idleLabel(link: { readonly params: Readonly<Record<string, unknown>> }, forward: boolean): string {
  const { probability } = link.params;
  if (forward) return typeof probability === 'number' ? `forward ${formatShare(probability)}` : 'forward';
  return typeof probability === 'number' && probability < 1 ? formatShare(probability) : '';
}

/** A link on the canvas, with its live rate and time on the wire. */
export const LinkEdge = memo(function LinkEdge({ id, data, selected, ...ends }: EdgeProps<LinkEdgeType>) {
  const live = useLiveLink(id);
  const problems = useRecordProblems(id);
  const faults = useActiveFaultsOn(id);
  const far = useFar();
  const isMarked = useBottleneckMark(data?.designId ?? '', 'link', id) !== null;
  const lit = useLit(id, 'linkIds');
  const [path, labelX, labelY] = linkPath(ends);
  if (data === undefined) return null;
  const rate = live?.values.callRate;
  const network = live?.values.networkMeanMs;
  const running = live !== null && live.health !== 'idle';
  const words = running
    ? [
        data.telemetry ? `${formatNumber(rate ?? 0)} msg/s` : formatRate(rate ?? 0),
        Number.isFinite(network) ? formatDuration(network ?? 0) : '',
        live.health === 'fine' ? '' : live.word,
      ]
        .filter(Boolean)
        .join(' · ')
    : idleLabel(data.link, data.forward);
  const width = running && rate !== undefined && Number.isFinite(rate) ? 1.5 + Math.min(2, Math.log10(1 + rate) * 0.5) : 1.6;
  const error = problems.some((problem) => problem.severity === 'error');
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
        data-health={live?.health ?? 'idle'}
        data-faulty={faults.length > 0 || undefined}
        data-selected={selected || undefined}
        data-lit={lit}
      />
      {((words !== '' && !far) || isMarked || problems.length + faults.length > 0) && (
        <CanvasLabel>
          <div
            className={`${classes.label} nodrag nopan`}
            data-health={live?.health ?? 'idle'}
            data-lit={lit}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
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
            {words !== '' && !far && <span className={`${classes.pill} tl-number`}>{words}</span>}
          </div>
        </CanvasLabel>
      )}
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

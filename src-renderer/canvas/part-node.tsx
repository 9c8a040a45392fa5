import { Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleXFilled } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';
import type { KindLook } from '../../src-shared/kinds/kind';
import { kindOf } from '../../src-shared/kinds/registry';
import { componentSummary } from '../../src-shared/project/component-summary';
import type { Component } from '../../src-shared/project/project';
import { BottleneckMark } from '../advice/bottleneck-mark';
import { KindIcon } from '../app/kind-icon';
import { uiStore, useUi } from '../app/ui-store';
import { renameComponent } from '../document/commands/components';
import { useDocument } from '../document/document-store';
import { FaultMark } from '../faults/fault-mark';
import { useRecordProblems } from '../problems/problems-store';
import { unbroken } from '../results/unbroken';
import { useActiveFaultsOn } from '../run/active-faults';
import { useDrawnLive } from '../run/live';
import { useLit } from '../traces/lit';
import { useFar } from './distance';
import type { PartNode as PartNodeType } from './flow-store';
import { HealthChip } from './health-chip';
import { InstanceStrip } from './instance-strip';
import { formatMetric, SHORT_TITLES } from './live-labels';
import { NameInput } from './name-input';
import classes from './part-node.module.css';

/** The one-line summary of a part. Selected as text, so that the part is drawn again only when the words change. */
function useSummary(component: Component): string {
  return useDocument((state) => componentSummary(state.project, component));
}

/** Marks a part that has problems, with what they are. */
function ProblemMark({ component }: { readonly component: Component }) {
  const problems = useRecordProblems(component.id, component.workload);
  if (problems.length === 0) return null;
  const isError = problems.some((problem) => problem.severity === 'error');
  const words = problems.map((problem) => `${problem.message} ${problem.remedy}`).join('\n');
  return (
    <Tooltip label={<span className={classes.problemText}>{words}</span>} position="top-start">
      <span className={classes.problem} data-severity={isError ? 'error' : 'warning'} role="img" aria-label={`${isError ? 'Error' : 'Warning'}: ${words}`}>
        {isError ? <IconCircleXFilled size={16} /> : <IconAlertTriangleFilled size={16} />}
      </span>
    </Tooltip>
  );
}

/** One number of a running part, drawn again when it reads differently. */
function LiveNumber({ componentId, name }: { readonly componentId: string; readonly name: MetricName }) {
  const text = useDrawnLive(componentId, (part) => formatMetric(name, part?.values[name] ?? Number.NaN));
  return <b className="tl-number">{text}</b>;
}

/** How busy a running part is. The bar is drawn as a background: hundreds of elements of their own would cost more than all the rest. */
function BusyBar({ componentId }: { readonly componentId: string }) {
  const health = useDrawnLive(componentId, (part) => part?.health ?? 'idle');
  const percent = useDrawnLive(componentId, (part) => {
    const busy = part?.values.utilisation ?? 0;
    return Number.isFinite(busy) ? Math.round(Math.min(1, Math.max(0, busy)) * 200) / 2 : 0;
  });
  return <div className={classes.bar} data-health={health} style={{ backgroundSize: `${percent}% 100%` }} />;
}

/** What a running part shows: health beside its name is drawn by the caller, here the numbers below it. */
function LiveRows({ componentId, look }: { readonly componentId: string; readonly look: KindLook }) {
  const running = useDrawnLive(componentId, (part) => part !== null);
  const far = useFar();
  if (!running) return null;
  const showsUtilisation = look.badges.includes('utilisation');
  const rest = look.badges.filter((name) => name !== 'utilisation');
  return (
    <div className={classes.live}>
      {showsUtilisation && (
        <>
          {!far && (
            <div className={classes.row} title={METRICS.utilisation.definition}>
              <span>busy</span>
              <LiveNumber componentId={componentId} name="utilisation" />
            </div>
          )}
          <BusyBar componentId={componentId} />
        </>
      )}
      {!far && (
        <>
          <InstanceStrip componentId={componentId} />
          <div className={classes.badges}>
            {rest.map((name: MetricName) => (
              <span key={name} className={classes.badge} title={`${METRICS[name].title}: ${METRICS[name].definition}`}>
                {SHORT_TITLES[name] !== '' && <span>{SHORT_TITLES[name] ?? METRICS[name].title}</span>}
                <LiveNumber componentId={componentId} name={name} />
              </span>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

function Health({ componentId }: { readonly componentId: string }) {
  const health = useDrawnLive(componentId, (part) => part?.health ?? 'idle');
  const word = useDrawnLive(componentId, (part) => part?.word ?? '');
  return health === 'idle' ? null : <HealthChip health={health} word={word} />;
}

/** Faults under way, at the upper edge of the part. */
function Faults({ componentId }: { readonly componentId: string }) {
  const faults = useActiveFaultsOn(componentId);
  return faults.length === 0 ? null : (
    <span className={classes.faults}>
      <FaultMark faults={faults} />
    </span>
  );
}

/** A component on the canvas. */
export const PartNode = memo(function PartNode({ data, selected }: NodeProps<PartNodeType>) {
  const { component, designId } = data;
  const kind = kindOf(component.kind);
  const summary = useSummary(component);
  const editing = useUi((state) => state.editingId === component.id);
  const lit = useLit(component.id, 'componentIds');
  return (
    <div className={classes.part} data-selected={selected || undefined} data-lit={lit} data-accent={kind?.look.accent} data-testid={`part-${component.id}`}>
      {kind?.ports.in === true && (
        <Handle type="target" position={Position.Left} className={classes.handle} role="img" aria-label={`Input of ${component.name}`} />
      )}
      <ProblemMark component={component} />
      <Faults componentId={component.id} />
      <BottleneckMark designId={designId} record="component" recordId={component.id} />
      <div className={classes.head}>
        {kind !== undefined && <KindIcon look={kind.look} size={24} />}
        {editing ? (
          <NameInput
            name={component.name}
            onDone={(name) => {
              if (name !== null) renameComponent(designId, component.id, name);
              uiStore.setState({ editingId: null });
            }}
          />
        ) : (
          <span className={classes.name} title={component.name} dir="auto">
            {component.name}
          </span>
        )}
        <Health componentId={component.id} />
      </div>
      <div className={classes.summary} title={summary}>
        {unbroken(summary)}
      </div>
      {kind !== undefined && <LiveRows componentId={component.id} look={kind.look} />}
      {(kind?.ports.out === true || kind?.telemetry === 'reports') && (
        <Handle type="source" position={Position.Right} className={classes.handle} role="img" aria-label={`Output of ${component.name}`} />
      )}
    </div>
  );
});

import { Button, Menu, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconChevronDown, IconPinned, IconPlus, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { FAULT_LIMIT, type Fault } from '../../src-shared/project/fault';
import type { Design } from '../../src-shared/project/project';
import { select, useActiveDesign, useUi } from '../app/ui-store';
import { formatTick } from '../charts/chart-format';
import { addFault } from '../document/commands/faults';
import { useDocument } from '../document/document-store';
import { useProblems } from '../problems/problems-store';
import { useRunFaults } from '../run/active-faults';
import { useRun } from '../run/run';
import { clearFault } from '../run/run-actions';
import { isActive } from '../run/run-state';
import { describeFault, EFFECTS, targetName } from './effects';
import { addFaultHere, possibleEffects } from './fault-actions';
import classes from './timeline.module.css';
import { Lane } from './timeline-lane';
import { tickStep } from './timeline-scale';
import { WindowMarks } from './timeline-windows';
import type { FaultWindow } from './windows';

const NO_WINDOWS: readonly FaultWindow[] = [];
/** Room that the time of a tick needs in px. */
const TICK_PX = 84;

/** The palette of effects: what can go wrong in this design. */
function AddMenu({ design }: { readonly design: Design }) {
  const types = possibleEffects(design);
  const full = design.faults.length >= FAULT_LIMIT;
  return (
    <Menu position="top-start" width={300}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          rightSection={<IconChevronDown size={12} />}
          disabled={types.length === 0 || full}
        >
          Add fault
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        {(['component', 'link'] as const).map((on) => {
          const offered = types.filter((type) => EFFECTS[type].on === on);
          return offered.length === 0 ? null : (
            <div key={on}>
              <Menu.Label>{on === 'component' ? 'To a part' : 'To a link'}</Menu.Label>
              {offered.map((type) => {
                const { icon: Icon, title, help } = EFFECTS[type];
                return (
                  <Menu.Item key={type} leftSection={<Icon size={16} aria-hidden="true" />} onClick={() => setTimeout(() => addFaultHere(type), 0)}>
                    {title}
                    <span className={classes.help}>{help}</span>
                  </Menu.Item>
                );
              })}
            </div>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Faults that are under way now; those that were injected have a button that ends them. */
function ActiveList({ design }: { readonly design: Design }) {
  const active = useRunFaults((state) => state.active);
  const shown = useRun((state) => state.designId === design.id);
  const injected = useRun((state) => state.injected);
  if (!shown || active.length === 0) return null;
  return (
    <ul className={classes.active} aria-label="Faults under way">
      {active.map((fault) => {
        const { icon: Icon } = EFFECTS[fault.effect.type];
        return (
          <li key={fault.id}>
            <Icon size={13} aria-hidden="true" />
            <button type="button" className={classes.activeName} onClick={() => select([fault.target])}>
              {fault.name}
            </button>
            {injected.some((other) => other.id === fault.id) && (
              <Tooltip label="End it now">
                <button type="button" className={classes.clear} aria-label={`Clear ${fault.name}`} onClick={() => clearFault(fault.id)}>
                  <IconX size={13} stroke={2.4} />
                </button>
              </Tooltip>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Times above the lanes, and lines down through them. */
function Axis({ durationMs, width }: { readonly durationMs: number; readonly width: number }) {
  const step = tickStep(durationMs, Math.max(2, Math.floor(width / TICK_PX)));
  const ticks = Array.from({ length: Math.min(200, Math.floor(durationMs / step + 1e-9) + 1) }, (_, index) => index * step);
  return (
    <div className={classes.axis} aria-hidden="true">
      {ticks.map((ms) => (
        <span key={ms} style={{ left: `${(ms / durationMs) * 100}%` }} data-end={ms / durationMs > 0.97 || undefined}>
          {formatTick(ms / 1000, step / 1000, durationMs / 1000)}
        </span>
      ))}
    </div>
  );
}

/** Where the run has got to. */
function Now({ designId, durationMs }: { readonly designId: string; readonly durationMs: number }) {
  const share = useRun((state) => (state.designId === designId && isActive(state.phase) ? Math.min(1, state.simulatedMs / durationMs) : null));
  return share === null ? null : (
    <div className={classes.over} aria-hidden="true">
      <span className={classes.now} style={{ left: `${share * 100}%` }} />
    </div>
  );
}

/** Lanes of faults that were injected by hand: what happened, and a way to keep it for the next run. */
function InjectedLane({ fault, design, durationMs, windows }: { fault: Fault; design: Design; durationMs: number; windows: readonly FaultWindow[] }) {
  const { icon: Icon } = EFFECTS[fault.effect.type];
  const ended = windows.every((window) => window.toMs !== null);
  const keep = (): void => {
    const [first] = windows;
    if (first === undefined) return;
    const { id: _id, ...rest } = fault;
    addFault(design.id, { ...rest, timing: { type: 'once', atMs: first.fromMs, lastsMs: (first.toMs ?? durationMs) - first.fromMs } });
  };
  return (
    <li className={classes.lane}>
      <div className={classes.label}>
        <Icon size={15} stroke={1.8} className={classes.icon} aria-hidden="true" />
        <button type="button" className={classes.name} onClick={() => select([fault.target])}>
          <span>{fault.name}</span>
          <small>injected</small>
        </button>
        {ended && windows.length > 0 && (
          <Tooltip label="Keep it: puts it on the timeline as it happened, so that the next run has it too">
            <button type="button" className={classes.keep} aria-label={`Keep ${fault.name}`} onClick={keep}>
              <IconPinned size={14} />
            </button>
          </Tooltip>
        )}
      </div>
      <div className={classes.track} data-injected>
        <WindowMarks windows={windows} durationMs={durationMs} />
      </div>
    </li>
  );
}

/** The faults of the design over the duration of a run. */
export function TimelinePanel() {
  const design = useActiveDesign();
  const project = useDocument((state) => state.project);
  const selection = useUi((state) => state.selection);
  const problems = useProblems();
  const allWindows = useRunFaults((state) => state.windows);
  const runDesignId = useRun((state) => state.designId);
  const allInjected = useRun((state) => state.injected);
  const { ref, width } = useElementSize();
  const windowsOf = useMemo(() => {
    const byFault = new Map<string, FaultWindow[]>();
    for (const window of allWindows) byFault.set(window.faultId, [...(byFault.get(window.faultId) ?? []), window]);
    return byFault;
  }, [allWindows]);
  if (design === undefined) return null;
  const { durationMs } = project.settings;
  const shown = runDesignId === design.id;
  const injected = shown ? allInjected : [];
  const empty = design.faults.length + injected.length === 0;
  const isSelected = (fault: Fault): boolean => selection.includes(fault.target);
  return (
    <div className={classes.panel}>
      <div className={classes.tools}>
        <AddMenu design={design} />
        <ActiveList design={design} />
        <span className={classes.hint} id="timeline-keys">
          {empty ? '' : 'Drag to move, drag an end to change the length. Keys: arrows move, Shift+arrows change the length, Enter edits, Delete deletes.'}
        </span>
      </div>
      {empty ? (
        <div className={classes.empty}>
          <strong>Nothing goes wrong yet</strong>
          <p>
            {possibleEffects(design).length === 0
              ? 'Place and connect parts first; then a part can crash, pause or slow down, and a link can be cut.'
              : 'Add a fault here, or from the menu of a part or link, and watch how the system takes it. While a run is under way, that menu also injects faults at once.'}
          </p>
        </div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        <section className={classes.scroll} tabIndex={0} aria-label="Timeline of faults" data-timeline>
          <div className={classes.head}>
            <span />
            <div ref={ref} className={classes.axisTrack}>
              <Axis durationMs={durationMs} width={width} />
            </div>
          </div>
          <ul className={classes.lanes}>
            <Now designId={design.id} durationMs={durationMs} />
            {design.faults.map((fault) => {
              const problem = problems.find((candidate) => candidate.recordId === fault.id);
              return (
                <Lane
                  key={fault.id}
                  fault={fault}
                  designId={design.id}
                  durationMs={durationMs}
                  words={describeFault(fault, design, project)}
                  on={targetName(design, fault.target)}
                  selected={isSelected(fault)}
                  problem={problem === undefined ? undefined : `${problem.message} ${problem.remedy}`}
                  windows={shown ? (windowsOf.get(fault.id) ?? NO_WINDOWS) : NO_WINDOWS}
                />
              );
            })}
            {injected.map((fault) => (
              <InjectedLane key={fault.id} fault={fault} design={design} durationMs={durationMs} windows={windowsOf.get(fault.id) ?? NO_WINDOWS} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconEye, IconEyeOff, IconPencil, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, memo, type PointerEvent, useRef, useState } from 'react';
import { formatDuration } from '../../src-shared/base/format';
import type { Fault } from '../../src-shared/project/fault';
import { select, uiStore } from '../app/ui-store';
import { formatClock } from '../charts/chart-format';
import { deleteFault, duplicateFault, updateFault } from '../document/commands/faults';
import { meanMs } from '../inspector/distribution-numbers';
import { EFFECTS } from './effects';
import classes from './timeline.module.css';
import { type DragMode, draggedTiming, type OnceTiming, snapStep, tickStep } from './timeline-scale';
import { WindowMarks } from './timeline-windows';
import type { FaultWindow } from './windows';

interface LaneProps {
  readonly fault: Fault;
  readonly designId: string;
  readonly durationMs: number;
  /** What it does to whom, in words. */
  readonly words: string;
  readonly on: string;
  readonly selected: boolean;
  readonly problem: string | undefined;
  readonly windows: readonly FaultWindow[];
}

/** Presses of a key that follow each other within this time are one step to undo. */
const BURST_MS = 900;

function edit(fault: Fault): void {
  uiStore.setState({ editingFaultId: fault.id });
}

/** Moves the focus to the bar of the lane above or below. */
function focusNeighbour(bar: HTMLElement, by: -1 | 1): void {
  const bars = [...(bar.closest('[data-timeline]')?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])];
  bars[bars.indexOf(bar) + by]?.focus();
}

/** `00:20 to 00:32, 12 s` */
export function timingText({ atMs, lastsMs }: OnceTiming, lasting: boolean): string {
  const digits = atMs % 1000 === 0 && lastsMs % 1000 === 0 ? 0 : 1;
  if (lasting) return `at ${formatClock(atMs / 1000, digits)}`;
  return `${formatClock(atMs / 1000, digits)} to ${formatClock((atMs + lastsMs) / 1000, digits)}, ${formatDuration(lastsMs)}`;
}

function LaneMenu({ fault, designId }: Pick<LaneProps, 'fault' | 'designId'>) {
  const off = fault.disabled === true;
  return (
    <Menu position="bottom-start" width={170}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={22} aria-label={`${fault.name}: more`}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setTimeout(() => edit(fault), 0)}>
          Edit …
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => duplicateFault(designId, fault.id)}>
          Duplicate
        </Menu.Item>
        <Menu.Item
          leftSection={off ? <IconEye size={15} /> : <IconEyeOff size={15} />}
          onClick={() =>
            updateFault(designId, fault.id, off ? 'Switch fault on' : 'Switch fault off', ({ disabled: _disabled, ...rest }) =>
              off ? rest : { ...rest, disabled: true },
            )
          }
        >
          {off ? 'Switch on' : 'Switch off'}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => deleteFault(designId, fault.id)}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface BarProps extends LaneProps {
  readonly timing: OnceTiming;
}

interface Drag {
  readonly mode: DragMode;
  readonly fromX: number;
  readonly perPixel: number;
  readonly step: number;
  readonly timing: OnceTiming;
}

/** The bar of a fault that happens once: dragged it moves, dragged at an end it grows or shrinks; one drag is one step. */
function Bar({ fault, designId, durationMs, timing, words, selected, problem }: BarProps) {
  const drag = useRef<Drag | null>(null);
  const moved = useRef(false);
  const [preview, setPreview] = useState<OnceTiming | null>(null);
  const shown = preview ?? timing;
  const lasting = fault.effect.type === 'resize' && shown.lastsMs === 0;
  const late = shown.atMs >= durationMs;
  const left = Math.min(1, shown.atMs / durationMs);
  const right = lasting ? 1 : Math.min(1, (shown.atMs + shown.lastsMs) / durationMs);

  const commit = (label: string, next: OnceTiming, mark?: string): void => {
    updateFault(designId, fault.id, label, (before) => ({ ...before, timing: next }), mark, mark === undefined ? undefined : BURST_MS);
  };
  const begin = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    const track = event.currentTarget.closest<HTMLElement>('[data-track]');
    const width = track?.getBoundingClientRect().width ?? 1;
    const mode = ((event.target as HTMLElement).dataset.end ?? 'move') as DragMode;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus();
    moved.current = false;
    drag.current = { mode, fromX: event.clientX, perPixel: durationMs / width, step: snapStep(durationMs, width), timing };
  };
  const follow = (event: PointerEvent<HTMLElement>): void => {
    const { current } = drag;
    if (current === null) return;
    const by = event.clientX - current.fromX;
    if (!moved.current && Math.abs(by) < 3) return;
    moved.current = true;
    setPreview(draggedTiming(current.timing, current.mode, by * current.perPixel, event.altKey ? 1 : current.step));
  };
  const end = (): void => {
    const { current } = drag;
    drag.current = null;
    setPreview(null);
    if (current !== null && preview !== null) commit(current.mode === 'move' ? 'Move fault' : 'Change length of fault', preview);
    else if (current !== null) select([fault.target]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = tickStep(durationMs, 10) / 10;
    const by = event.key === 'ArrowLeft' ? -step : event.key === 'ArrowRight' ? step : 0;
    if (event.ctrlKey || event.metaKey) return;
    if (by !== 0) {
      if (event.shiftKey && lasting) return;
      const mode = event.shiftKey ? 'end' : 'move';
      commit(event.shiftKey ? 'Change length of fault' : 'Move fault', draggedTiming(timing, mode, by, step), mode);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') focusNeighbour(event.currentTarget, event.key === 'ArrowUp' ? -1 : 1);
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      focusNeighbour(event.currentTarget, 1);
      deleteFault(designId, fault.id);
    } else if (event.key === 'Enter') edit(fault);
    else if (event.key === 'Escape' && drag.current !== null) {
      drag.current = null;
      setPreview(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <button
        type="button"
        data-bar
        data-testid={`bar-${fault.id}`}
        className={classes.bar}
        data-effect={EFFECTS[fault.effect.type].on}
        data-lasting={lasting || undefined}
        data-late={late || undefined}
        data-off={fault.disabled === true || undefined}
        data-problem={problem !== undefined || undefined}
        data-selected={selected || undefined}
        data-dragging={preview !== null || undefined}
        style={{ left: `${left * 100}%`, width: `${Math.max(0, right - left) * 100}%` }}
        aria-label={`${fault.name}: ${timingText(shown, lasting)}${fault.disabled === true ? ', switched off' : ''}`}
        aria-describedby="timeline-keys"
        title={`${words}\n${timingText(shown, lasting)}${late ? '\nBegins after the end of the run.' : ''}${problem === undefined ? '' : `\n${problem}`}`}
        onPointerDown={begin}
        onPointerMove={follow}
        onPointerUp={end}
        onPointerCancel={() => {
          drag.current = null;
          setPreview(null);
        }}
        onDoubleClick={() => edit(fault)}
        onKeyDown={onKeyDown}
      >
        {!lasting && !late && <span className={classes.grip} data-end="start" />}
        <span className={classes.barText}>{EFFECTS[fault.effect.type].title}</span>
        {!lasting && !late && <span className={classes.grip} data-end="end" />}
      </button>
      {preview !== null && (
        <span className={classes.preview} style={{ left: `${left * 100}%` }}>
          {timingText(preview, lasting)}
        </span>
      )}
    </>
  );
}

/** A fault that happens by chance: a hatched band over the whole run, with how often and how long. */
function RandomBand({ fault, designId, words, problem }: LaneProps) {
  if (fault.timing.type !== 'random') return null;
  const mean = (of: typeof fault.timing.between): string => {
    const value = meanMs(of);
    return value === undefined || !Number.isFinite(value) ? 'without a mean' : formatDuration(value);
  };
  const text = `MTBF ${mean(fault.timing.between)}, MTTR ${mean(fault.timing.lasts)}`;
  return (
    <button
      type="button"
      data-bar
      data-testid={`bar-${fault.id}`}
      className={classes.band}
      data-off={fault.disabled === true || undefined}
      data-problem={problem !== undefined || undefined}
      aria-label={`${fault.name}: at random, ${text}${fault.disabled === true ? ', switched off' : ''}`}
      title={`${words}\nAt random: ${text}${problem === undefined ? '' : `\n${problem}`}`}
      onClick={() => select([fault.target])}
      onDoubleClick={() => edit(fault)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp' || event.key === 'ArrowDown') focusNeighbour(event.currentTarget, event.key === 'ArrowUp' ? -1 : 1);
        else if (event.key === 'Delete' || event.key === 'Backspace') deleteFault(designId, fault.id);
        else if (event.key === 'Enter') edit(fault);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <span className={classes.bandText}>{text}</span>
    </button>
  );
}

/** One fault on the timeline: its name, and its bar over the run's duration with what really happened beneath. */
export const Lane = memo(function Lane(props: LaneProps) {
  const { fault, designId, words, on, selected, windows, durationMs } = props;
  const { icon: Icon } = EFFECTS[fault.effect.type];
  return (
    <li className={classes.lane} data-selected={selected || undefined}>
      <div className={classes.label}>
        <Icon size={15} stroke={1.8} className={classes.icon} aria-hidden="true" />
        <button type="button" className={classes.name} title={`${words}\nEdit`} onClick={() => edit(fault)} data-off={fault.disabled === true || undefined}>
          <span dir="auto">{fault.name}</span>
          {!fault.name.includes(on) && <small dir="auto">{on}</small>}
        </button>
        <LaneMenu fault={fault} designId={designId} />
      </div>
      <div className={classes.track} data-track>
        {fault.timing.type === 'once' ? <Bar {...props} timing={fault.timing} /> : <RandomBand {...props} />}
        <WindowMarks windows={windows} durationMs={durationMs} />
      </div>
    </li>
  );
});

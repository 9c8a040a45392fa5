import { ActionIcon, Checkbox, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconArrowsMinimize, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { outcomeText, rowText, staleReason, TIME_WORDS, type TraceNames } from '../../src-shared/analysis/trace-text';
import { criticalPath, timeByKind, timeKindOf, type WaterfallRow, waterfallRows } from '../../src-shared/analysis/waterfall';
import { formatDuration, formatShare } from '../../src-shared/base/format';
import type { Trace, TraceSpan } from '../../src-shared/protocol/trace';
import { uiStore, useUi } from '../app/ui-store';
import { formatClock } from '../charts/chart-format';
import { showRecord } from '../run/show-record';
import { boundsOf, replayStore, seekReplay, setWhole } from './replay';
import { ReplayControls } from './replay-controls';
import classes from './trace-waterfall.module.css';
import { selectTrace } from './traces-store';

/** Heights of the dock, px. */
const TALL = 460;
const USUAL = 250;
const ROW_HEIGHT = 22;
const MARGIN = 10;
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const;

interface Scale {
  readonly from: number;
  readonly length: number;
  readonly untilNs: number;
}

const percent = (scale: Scale, ns: number): number => (scale.length <= 0 ? 0 : ((ns - scale.from) / scale.length) * 100);
const ms = (ns: number): string => formatDuration(ns / 1e6);

/** A stretch in words: `Waiting 12 ms from 3 ms on`. */
function stretchText(span: TraceSpan, scale: Scale): string {
  const kind = timeKindOf(span);
  const title = kind === null ? '' : TIME_WORDS[kind].title;
  const what = span.kind === 'held' ? 'Held by the rate limiter' : span.kind === 'sending' ? 'Being sent' : span.way === 'reply' ? `${title}, reply` : title;
  const demand =
    span.demandNs !== undefined && span.endNs !== null && span.endNs - span.beginNs > span.demandNs + 1 ? ` (its demand is ${ms(span.demandNs)})` : '';
  return `${what} ${ms((span.endNs ?? scale.untilNs) - span.beginNs)}${demand} from ${ms(span.beginNs - scale.from)} on`;
}

/** Where the time of the request went, by kind of time on its critical path; the legend of the bars as well. */
function Totals({ trace, scale }: { readonly trace: Trace; readonly scale: Scale }) {
  const total = (trace.endNs ?? scale.untilNs) - trace.beginNs;
  const times = useMemo(() => timeByKind(criticalPath(trace, scale.untilNs)), [trace, scale.untilNs]);
  return (
    <ul className={classes.totals} aria-label="Time on the critical path">
      {times.map(({ kind, ns }) => (
        <Tooltip key={kind} label={`${TIME_WORDS[kind].definition} On the critical path: what the request could not have done without.`} multiline w={280}>
          <li>
            <i className={classes.swatch} data-kind={kind} />
            {`${TIME_WORDS[kind].title} ${formatShare(ns / total)}`}
            <small className="tl-number">{ms(ns)}</small>
          </li>
        </Tooltip>
      ))}
      {times.length === 0 && <li>It took no time.</li>}
      <Tooltip label="Light stretches of a line: it waits for the calls below it.">
        <li className={classes.quiet}>
          <i className={classes.swatch} data-kind="calling" />
          Waiting for calls
        </li>
      </Tooltip>
    </ul>
  );
}

interface LineProps {
  readonly trace: Trace;
  readonly row: WaterfallRow;
  readonly scale: Scale;
  readonly names: TraceNames;
  readonly active: boolean;
  readonly onChoose: () => void;
}

function Line({ trace, row, scale, names, active, onChoose }: LineProps) {
  const { title, marks } = rowText(trace, row, names);
  const end = row.endNs ?? scale.untilNs;
  const call = row.call === null ? undefined : trace.spans[row.call];
  const visit = row.visit === null ? undefined : trace.spans[row.visit];
  const vainEnd = call?.workEndNs ?? visit?.endNs ?? null;
  const spans = row.stretches.map((index) => trace.spans[index] as TraceSpan);
  const words = `${title}, ${ms(row.beginNs - scale.from)} after the begin, ${ms(end - row.beginNs)} long${marks.length > 0 ? `: ${marks.join(', ')}` : ''}`;
  const bar = (from: number, to: number) => ({ left: `${percent(scale, from)}%`, width: `max(2px, ${percent(scale, to) - percent(scale, from)}%)` });
  const failed =
    call !== undefined
      ? call.outcome !== 'completed' && call.outcome !== 'under-way' && call.outcome !== 'cancelled'
      : visit?.outcome !== 'completed' && visit?.outcome !== 'under-way';
  return (
    <button
      type="button"
      className={classes.line}
      role="option"
      aria-selected={active}
      aria-label={words}
      tabIndex={active ? 0 : -1}
      data-active={active || undefined}
      data-key={row.key}
      onClick={onChoose}
    >
      <span className={classes.label} style={{ paddingLeft: 8 + Math.min(row.depth, 8) * 12 }} title={words}>
        <span className={classes.name}>{title}</span>
        {marks.length > 0 && (
          <span className={classes.mark} data-failed={failed || undefined}>
            {marks.join(', ')}
          </span>
        )}
      </span>
      <span className={classes.track}>
        <i className={classes.span} style={bar(row.beginNs, end)} />
        {vainEnd !== null && vainEnd > end && (
          <i className={classes.vain} style={bar(end, vainEnd)} title={`Worked on in vain until ${ms(vainEnd - scale.from)} after the begin`} />
        )}
        {spans.map((span, index) => (
          <i
            key={row.stretches[index]}
            className={classes.stretch}
            data-kind={timeKindOf(span)}
            style={bar(span.beginNs, span.endNs ?? scale.untilNs)}
            title={stretchText(span, scale)}
          />
        ))}
      </span>
    </button>
  );
}

/** Makes the dock taller for a request with many lines, or as small as it usually is. */
function Room() {
  const tall = useUi((state) => state.dockHeight >= TALL);
  const label = tall ? 'Less room' : 'More room for the lines';
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={() => uiStore.setState({ dockHeight: tall ? USUAL : TALL })}>
        {tall ? <IconArrowsMinimize size={14} /> : <IconArrowsMaximize size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** The line of the replay, over all bars. */
function Cursor({ scale }: { readonly scale: Scale }) {
  const atNs = useStore(replayStore, (state) => state.atNs);
  return atNs === null || atNs > scale.from + scale.length ? null : <i className={classes.cursor} style={{ left: `${percent(scale, atNs)}%` }} />;
}

interface WaterfallProps {
  readonly trace: Trace;
  /** Where tracing ended. */
  readonly untilNs: number;
  /** End of the warm-up: what ended before it is in no summary number. */
  readonly warmUpNs: number;
  readonly names: TraceNames;
}

/** One request over time: a line for each call and visit, with bars by kind of time, and its replay. */
export function TraceWaterfall({ trace, untilNs, warmUpNs, names }: WaterfallProps) {
  const rows = useMemo(() => waterfallRows(trace), [trace]);
  const whole = useStore(replayStore, (state) => state.whole);
  const [active, setActive] = useState(0);
  const [view, setView] = useState({ top: 0, height: 200 });
  const scroller = useRef<HTMLDivElement>(null);
  const scale = useMemo((): Scale => {
    const [from, last] = boundsOf(trace, untilNs, whole);
    return { from, length: last - from, untilNs };
  }, [trace, untilNs, whole]);
  const inVain = useMemo(() => boundsOf(trace, untilNs, true)[1] > boundsOf(trace, untilNs, false)[1], [trace, untilNs]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setView({ top: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const first = Math.max(0, Math.floor(view.top / ROW_HEIGHT) - MARGIN);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / ROW_HEIGHT) + MARGIN);
  const row = rows[active];
  const detail = row?.stretches.map((index) => stretchText(trace.spans[index] as TraceSpan, scale)) ?? [];

  const show = (index: number, focus: boolean): void => {
    const next = Math.min(rows.length - 1, Math.max(0, index));
    setActive(next);
    const element = scroller.current;
    if (element === null) return;
    if (next * ROW_HEIGHT < element.scrollTop) element.scrollTop = next * ROW_HEIGHT;
    if ((next + 1) * ROW_HEIGHT > element.scrollTop + element.clientHeight) element.scrollTop = (next + 1) * ROW_HEIGHT - element.clientHeight;
    if (focus) requestAnimationFrame(() => element.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true }));
  };
  const choosePart = (index: number): void => {
    const chosen = rows[index];
    const span = chosen === undefined ? undefined : trace.spans[chosen.visit ?? chosen.call ?? 0];
    const id = span?.componentId ?? span?.linkId;
    if (id !== undefined) showRecord(id, false);
  };
  const onKey = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: active + 8,
      PageUp: active - 8,
    };
    const to = moves[event.key];
    if (to !== undefined) show(to, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const scrub = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    seekReplay(scale.from + ((event.clientX - box.left) / box.width) * scale.length);
  };
  const facts = `${trace.operation} · ${ms((trace.endNs ?? untilNs) - trace.beginNs)} · ${outcomeText(trace.outcome)} · begun at ${formatClock(trace.beginNs / 1e9, 3)}${trace.endNs !== null && trace.endNs < warmUpNs ? ', in the warm-up' : ''}`;
  return (
    <section className={classes.waterfall} aria-label={`Request ${trace.number}`}>
      <div className={classes.head}>
        <b>{`Request ${trace.number}`}</b>
        <span className={classes.facts} title={facts}>
          {facts}
        </span>
        <ReplayControls trace={trace} untilNs={untilNs} />
        <Room />
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Close the request" onClick={() => selectTrace(null)}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      <Totals trace={trace} scale={scale} />
      <div className={classes.axis}>
        <span className={classes.label}>
          {inVain && (
            <Tooltip label="Work that went on for this request after it had ended, since nobody called it back." multiline w={260}>
              <Checkbox
                className={classes.whole ?? ''}
                size="xs"
                label="Work in vain after its end"
                checked={whole}
                onChange={(event) => setWhole(event.currentTarget.checked)}
              />
            </Tooltip>
          )}
        </span>
        <span
          className={classes.ticks}
          aria-hidden="true"
          title="Click to put the replay there"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            scrub(event);
          }}
          onPointerMove={(event) => event.buttons === 1 && scrub(event)}
        >
          {TICKS.map((share) => (
            <em key={share} style={{ left: `${share * 100}%` }} data-end={share === 1 || undefined} data-begin={share === 0 || undefined}>
              {ms(scale.length * share)}
            </em>
          ))}
        </span>
      </div>
      <div
        ref={scroller}
        className={classes.rows}
        role="listbox"
        aria-label="Calls and visits of the request"
        tabIndex={-1}
        onKeyDown={onKey}
        onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
      >
        <div style={{ height: first * ROW_HEIGHT }} />
        {rows.slice(first, last).map((each, index) => (
          <Line
            key={each.key}
            trace={trace}
            row={each}
            scale={scale}
            names={names}
            active={first + index === active}
            onChoose={() => {
              show(first + index, true);
              choosePart(first + index);
            }}
          />
        ))}
        <div style={{ height: Math.max(0, rows.length - last) * ROW_HEIGHT }} />
        <div className={classes.over} style={{ height: rows.length * ROW_HEIGHT }}>
          <Cursor scale={scale} />
        </div>
      </div>
      <p className={classes.detail} aria-live="polite">
        {row === undefined
          ? ''
          : `${rowText(trace, row, names).title}: ${[...rowText(trace, row, names).marks, ...staleReason(trace, row), ...detail].join(' · ') || 'only waits for what it calls'}`}
      </p>
      {trace.droppedSpans > 0 && (
        <p className={classes.detail}>{`${trace.droppedSpans} further spans were not kept: the request had more than are kept of one.`}</p>
      )}
    </section>
  );
}

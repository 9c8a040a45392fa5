import type { Page } from '@playwright/test';

/** What the main thread of the page does, by the names of Chromium's tracing. The rest of a task counts as `other`. */
const KINDS: Readonly<Record<string, string>> = {
  FunctionCall: 'script',
  EvaluateScript: 'script',
  FireAnimationFrame: 'script',
  EventDispatch: 'script',
  TimerFire: 'script',
  RunMicrotasks: 'script',
  HandlePostMessage: 'script',
  UpdateLayoutTree: 'style',
  Layout: 'layout',
  PrePaint: 'paint',
  Paint: 'paint',
  Layerize: 'layers',
  Commit: 'commit',
  HitTest: 'hit test',
  MinorGC: 'collection',
  MajorGC: 'collection',
};
const KIND_ORDER = ['script', 'collection', 'style', 'layout', 'paint', 'layers', 'commit', 'hit test', 'other'] as const;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Begin, length and processor time in microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

interface Stretch {
  readonly event: TraceEvent;
  readonly inner: Stretch[];
}

/** What the main thread did between two pictures, in ms of its processor time by kind. */
type FrameWork = ReadonlyMap<string, number>;

/** What was traced of the main thread. */
export interface MainThread {
  readonly frames: readonly FrameWork[];
  /** Tasks of more than 50 ms, each in ms of wall and of processor time: on a machine that is shared the first may be waiting. */
  readonly longTasks: readonly { readonly wallMs: number; readonly cpuMs: number }[];
}

/** The tasks of the thread that commits pictures, each with what happened in it. */
function tasksOf(events: readonly TraceEvent[]): readonly Stretch[] {
  const commits = new Map<string, number>();
  for (const { name, pid, tid } of events) if (name === 'Commit') commits.set(`${pid} ${tid}`, (commits.get(`${pid} ${tid}`) ?? 0) + 1);
  const main = [...commits].sort((one, other) => other[1] - one[1])[0]?.[0];
  const own = events
    .filter(({ ph, pid, tid }) => ph === 'X' && `${pid} ${tid}` === main)
    .sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  const tasks: Stretch[] = [];
  const open: Stretch[] = [];
  for (const event of own) {
    const stretch = { event, inner: [] };
    for (let last = open.at(-1); last !== undefined && event.ts >= last.event.ts + (last.event.dur ?? 0); last = open.at(-1)) open.pop();
    (open.at(-1)?.inner ?? tasks).push(stretch);
    open.push(stretch);
  }
  return tasks;
}

function addWork({ event, inner }: Stretch, around: string, work: Map<string, number>): void {
  const kind = KINDS[event.name] ?? around;
  const own = (event.tdur ?? 0) - inner.reduce((sum, stretch) => sum + (stretch.event.tdur ?? 0), 0);
  work.set(kind, (work.get(kind) ?? 0) + Math.max(0, own) / 1000);
  for (const stretch of inner) addWork(stretch, kind, work);
}

function commits({ event, inner }: Stretch): boolean {
  return event.name === 'Commit' || inner.some(commits);
}

function readTrace(events: readonly TraceEvent[]): MainThread {
  const frames: FrameWork[] = [];
  const tasks = tasksOf(events);
  let work = new Map<string, number>();
  for (const task of tasks) {
    addWork(task, 'other', work);
    if (!commits(task)) continue;
    frames.push(work);
    work = new Map();
  }
  const longTasks = tasks
    .filter(({ event }) => (event.dur ?? 0) > 50_000)
    .map(({ event }) => ({ wallMs: (event.dur ?? 0) / 1000, cpuMs: (event.tdur ?? 0) / 1000 }));
  // The first picture also has what came before the trace began.
  return { frames: frames.slice(1), longTasks };
}

/**
 * Traces the page's main thread while something is done to it. What is counted is processor time of this one thread: rasterisation,
 * which a graphics card does elsewhere, is no part of it, nor is waiting for a processor that others use.
 */
export async function traceMainThread(page: Page, action: () => Promise<void>): Promise<MainThread> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'], excludedCategories: ['*'] },
  });
  await action();
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return readTrace(events);
}

/** The value below which this share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Less painting than this, in ms, is none: a picture that shows what the one before it showed. */
const NOTHING_PAINTED_MS = 0.3;

/** The work of those frames that show something new, in words: the whole, then each kind that takes part, as p50 and p95 in ms. */
export function describeFrames({ frames: all }: MainThread): string {
  const frames = all.filter((work) => (work.get('paint') ?? 0) > NOTHING_PAINTED_MS);
  const pair = (numbers: readonly number[]): string => `${quantile(numbers, 0.5).toFixed(1)}/${quantile(numbers, 0.95).toFixed(1)}`;
  const total = frames.map((work) => [...work.values()].reduce((sum, ms) => sum + ms, 0));
  const kinds = KIND_ORDER.map((kind) => ({ kind, numbers: frames.map((work) => work.get(kind) ?? 0) })).filter(
    ({ numbers }) => quantile(numbers, 0.95) >= 0.05,
  );
  return `${frames.length} of ${all.length} show something new, p50/p95 ${pair(total)} ms; ${kinds.map(({ kind, numbers }) => `${kind} ${pair(numbers)}`).join(', ')}`;
}

import { judgeLink, judgePart } from '../../src-shared/analysis/final-health';
import { type HealthVerdict, judgeHealth } from '../../src-shared/analysis/health';
import { createSmoother, roundForDisplay, type Smoother } from '../../src-shared/analysis/smoothing';
import { INSTANCE_UP } from '../../src-shared/engine/layout';
import type { MetricName } from '../../src-shared/engine/metrics';
import { COMPONENT_COLUMNS, type Frame, LINK_COLUMNS, NO_COPIES } from '../../src-shared/run/frame';
import type { Measured, RunResult, TelemetryLink } from '../../src-shared/run/result';
import { readTelemetry, type TrueLatency } from './live-telemetry';

/** What a part or a link shows of the run: health in a word, and smoothed numbers by the names of the metrics. */
export interface LivePart extends HealthVerdict {
  /** Rounded to the digits that are displayed; what does not apply or had no sample is absent. */
  readonly values: Readonly<Partial<Record<MetricName, number>>>;
  /** `live`: average over the visible window; `final`: the measured window of the finished run. */
  readonly from: 'live' | 'final';
  /** Of a link to a telemetry collector while the run goes on: the truth beside what the collector shows. */
  readonly truth?: TrueLatency;
}

/** Display time that a live average reaches back over. */
export const VISIBLE_WINDOW_MS = 2500;
/** Display time that each frame of a moment stands for. */
const MOMENT_FRAME_MS = VISIBLE_WINDOW_MS / 8;
/** A worse state of health stays readable for this long. */
const HOLD_MS = 1000;
/**
 * In a frame, one part in so many has its text brought up to date: five times a second is as fast as one can read. In a design of
 * very many parts it is fewer, so that a frame never redraws more than a window can while staying fluid.
 */
const LEAST_STRIDE = 3;
const MOST_STRIDE = 8;
const TEXTS_PER_FRAME = 150;
/** Longest display time that one frame stands for, so that a pause does not wipe out the averages. */
const LONGEST_FRAME_MS = 400;

const COMPONENT = Object.fromEntries(COMPONENT_COLUMNS.map((name, index) => [name, index])) as Record<(typeof COMPONENT_COLUMNS)[number], number>;
const LINK = Object.fromEntries(LINK_COLUMNS.map((name, index) => [name, index])) as Record<(typeof LINK_COLUMNS)[number], number>;
const COMPONENT_WIDTH = COMPONENT_COLUMNS.length;
const LINK_WIDTH = LINK_COLUMNS.length;
const COMPONENT_METRICS = [
  'offeredRate',
  'throughput',
  'failureRate',
  'failureShare',
  'utilisation',
  'queueMean',
  'inSystemMean',
  'inFlight',
  'latencyMeanMs',
  'latencyP95Ms',
] as const satisfies readonly MetricName[];
const LINK_METRICS = ['callRate', 'networkMeanMs', 'failureRate', 'inFlight', 'utilisation'] as const satisfies readonly MetricName[];
const SEVERITY = { idle: 0, fine: 1, strained: 2, failing: 3 } as const;

/** The instances of a part, one entry each. */
export interface LiveInstances {
  /** Requests present at each; after the run the mean of the measured window. */
  readonly present: Float64Array;
  /** Index into INSTANCE_STATES for each; null after the run, when all that is known are means. */
  readonly states: Uint8Array | null;
  /** Share of the measured window in which each was up; null while the run is under way. */
  readonly upShares: Float64Array | null;
  /** The one that leads, where they are copies of the same data; NO_PRIMARY: none does now. Null for other parts and after the run. */
  readonly primary: number | null;
}

interface Slot {
  part: LivePart | null;
  instances: LiveInstances | null;
  readonly listeners: Set<() => void>;
  /** Those of the canvas, which are told of live numbers only while the part is in view. */
  readonly drawn: Set<() => void>;
  /** Whether something changed of which `drawn` has not been told. */
  late: boolean;
  verdict: HealthVerdict | null;
  /** Display time since which the present state of health may give way to a better one. */
  holdUntil: number;
}

/** Live numbers of every part, each with subscribers of its own, so that a frame redraws only what reads differently. */
export interface LiveStore {
  readonly begin: (
    componentIds: readonly string[],
    linkIds: readonly string[],
    instanceCounts: readonly number[],
    telemetryLinks?: readonly TelemetryLink[],
  ) => void;
  /** Takes a frame at a display time in ms. `everything` brings all texts up to date at once, as after a step. */
  readonly takeFrame: (frame: Frame, displayMs: number, everything: boolean) => void;
  readonly showResult: (result: RunResult) => void;
  /** Shows one place of a run: averages over these frames, which follow on each other from `sinceMs` on. What was shown before leaves no trace. */
  readonly showMoment: (frames: readonly Frame[], sinceMs: number) => void;
  readonly clear: () => void;
  /** Whether the design that ran is the one on display; otherwise nothing is live. */
  readonly setVisible: (visible: boolean) => void;
  readonly part: (id: string) => LivePart | null;
  /** Of a part that has several instances, or one that is not up. */
  readonly instances: (id: string) => LiveInstances | null;
  /** `whileInView`: for what is drawn on the canvas, which need not be told of live numbers while nobody sees it. */
  readonly subscribe: (id: string, listener: () => void, whileInView?: boolean) => () => void;
  /** Says which parts and links are in view on the canvas; null: all. What comes into view is told what it has missed. */
  readonly setInView: (ids: ReadonlySet<string> | null) => void;
}

function sameValues(part: LivePart | null, names: readonly MetricName[], values: Float64Array, verdict: HealthVerdict): boolean {
  if (part === null || part.from !== 'live' || part.health !== verdict.health || part.reason !== verdict.reason) return false;
  for (let index = 0; index < names.length; index++) {
    const shown = part.values[names[index] as MetricName] ?? Number.NaN;
    const value = values[index] as number;
    if (shown !== value && !(Number.isNaN(shown) && Number.isNaN(value))) return false;
  }
  return true;
}

function valuesOf(names: readonly MetricName[], values: Float64Array): LivePart['values'] {
  const record: Partial<Record<MetricName, number>> = {};
  for (let index = 0; index < names.length; index++) {
    const value = values[index] as number;
    if (!Number.isNaN(value)) record[names[index] as MetricName] = value;
  }
  return record;
}

function share(part: number, rest: number): number {
  return part + rest > 0 ? part / (part + rest) : Number.NaN;
}

function finalLink(measured: Measured): LivePart {
  return { ...judgeLink(measured), values: measured.metrics, from: 'final' };
}

function finalPart(measured: Measured, unstable: boolean): LivePart {
  return { ...judgePart(measured, unstable), values: measured.metrics, from: 'final' };
}

/** Makes the store of live numbers. */
export function createLiveStore(): LiveStore {
  const slots = new Map<string, Slot>();
  let visible = true;
  let inView: ReadonlySet<string> | null = null;
  let componentIds: readonly string[] = [];
  let linkIds: readonly string[] = [];
  let instanceCounts: readonly number[] = [];
  /** Row in a frame's telemetry of each link to a collector. */
  let telemetryRows: ReadonlyMap<string, number> = new Map();
  let telemetry: Float64Array | null = null;
  let componentAverages: Smoother = createSmoother(0, VISIBLE_WINDOW_MS);
  let linkAverages: Smoother = createSmoother(0, VISIBLE_WINDOW_MS);
  let queueNow: Smoother = createSmoother(0, VISIBLE_WINDOW_MS);
  let queueBefore: Smoother = createSmoother(0, VISIBLE_WINDOW_MS);
  let lastP95 = new Float64Array(0);
  let lastSimulatedMs = 0;
  let lastReplication = 0;
  let lastDisplayMs: number | null = null;
  let frames = 0;
  let stride = LEAST_STRIDE;
  const scratch = new Float64Array(COMPONENT_METRICS.length);
  const linkScratch = new Float64Array(LINK_METRICS.length);

  const slotOf = (id: string): Slot => {
    let slot = slots.get(id);
    if (slot === undefined) {
      slot = { part: null, instances: null, listeners: new Set(), drawn: new Set(), late: false, verdict: null, holdUntil: 0 };
      slots.set(id, slot);
    }
    return slot;
  };
  const tellDrawn = (slot: Slot): void => {
    slot.late = false;
    for (const listener of slot.drawn) listener();
  };
  const notify = (slot: Slot): void => {
    if (!visible) return;
    for (const listener of slot.listeners) listener();
    tellDrawn(slot);
  };
  /** Tells of a live number: nobody reads it on the canvas while it is out of view. A first one is told anyhow, since it changes the size of the part. */
  const notifyLive = (id: string, slot: Slot, first: boolean): void => {
    if (!visible) return;
    for (const listener of slot.listeners) listener();
    if (first || inView === null || inView.has(id)) tellDrawn(slot);
    else slot.late = true;
  };

  /** A worse verdict counts at once, a better one after a while. */
  const hold = (slot: Slot, verdict: HealthVerdict, displayMs: number): HealthVerdict => {
    const before = slot.verdict;
    if (before !== null && SEVERITY[verdict.health] < SEVERITY[before.health] && displayMs < slot.holdUntil) return before;
    if (before === null || SEVERITY[verdict.health] >= SEVERITY[before.health] || verdict.health !== before.health) slot.holdUntil = displayMs + HOLD_MS;
    slot.verdict = verdict;
    return verdict;
  };

  const addSamples = (frame: Frame, spanMs: number): void => {
    const { components, links } = frame;
    for (let index = 0; index < componentIds.length; index++) {
      const row = index * COMPONENT_WIDTH;
      for (let column = 0; column <= COMPONENT.inSystem; column++) componentAverages.add(row + column, components[row + column] ?? Number.NaN, spanMs);
      // A mean latency counts by the requests it is a mean of; a percentile is never averaged, the latest one stands.
      componentAverages.add(
        row + COMPONENT.latencyMeanMs,
        components[row + COMPONENT.latencyMeanMs] ?? Number.NaN,
        (components[row + COMPONENT.completedPerS] ?? 0) * spanMs,
      );
      const p95 = components[row + COMPONENT.latencyP95Ms] ?? Number.NaN;
      if (!Number.isNaN(p95)) lastP95[index] = p95;
      const queue = components[row + COMPONENT.queue] ?? Number.NaN;
      queueNow.add(index, queue, spanMs);
      queueBefore.add(index, queue, spanMs);
    }
    for (let index = 0; index < linkIds.length; index++) {
      const row = index * LINK_WIDTH;
      const calls = links[row + LINK.callsPerS] ?? 0;
      for (let column = 0; column < LINK_WIDTH; column++)
        linkAverages.add(row + column, links[row + column] ?? Number.NaN, column === LINK.networkMeanMs ? calls * spanMs : spanMs);
    }
  };

  const refreshComponent = (index: number, displayMs: number): void => {
    const row = index * COMPONENT_WIDTH;
    const average = (column: number): number => componentAverages.value(row + column);
    const id = componentIds[index] as string;
    const offered = average(COMPONENT.offeredPerS);
    const completed = average(COMPONENT.completedPerS);
    const failed = average(COMPONENT.failedPerS);
    const utilisation = average(COMPONENT.utilisation);
    const present = average(COMPONENT.inSystem);
    const slot = slotOf(id);
    const verdict = hold(
      slot,
      judgeHealth({
        offered,
        completed,
        failed,
        utilisation,
        present,
        backlogS: present / (completed + failed),
        queueNow: queueNow.value(index),
        queueBefore: queueBefore.value(index),
      }),
      displayMs,
    );
    scratch[0] = roundForDisplay(offered);
    scratch[1] = roundForDisplay(completed);
    scratch[2] = roundForDisplay(failed);
    scratch[3] = roundForDisplay(share(failed, completed));
    scratch[4] = roundForDisplay(utilisation);
    scratch[5] = roundForDisplay(average(COMPONENT.queue));
    scratch[6] = roundForDisplay(present);
    scratch[7] = scratch[6];
    scratch[8] = roundForDisplay(average(COMPONENT.latencyMeanMs));
    scratch[9] = roundForDisplay(lastP95[index] ?? Number.NaN);
    if (sameValues(slot.part, COMPONENT_METRICS, scratch, verdict)) return;
    const first = slot.part === null;
    slot.part = { ...verdict, values: valuesOf(COMPONENT_METRICS, scratch), from: 'live' };
    notifyLive(id, slot, first);
  };

  const refreshLink = (index: number, displayMs: number): void => {
    const row = index * LINK_WIDTH;
    const calls = linkAverages.value(row + LINK.callsPerS);
    const lost = linkAverages.value(row + LINK.lostPerS);
    const utilisation = linkAverages.value(row + LINK.utilisation);
    const id = linkIds[index] as string;
    const slot = slotOf(id);
    const input = { offered: calls, completed: Math.max(0, calls - lost), failed: lost, utilisation, present: linkAverages.value(row + LINK.inTransit) };
    const verdict = hold(slot, judgeHealth(input), displayMs);
    linkScratch[0] = roundForDisplay(calls);
    linkScratch[1] = roundForDisplay(linkAverages.value(row + LINK.networkMeanMs));
    linkScratch[2] = roundForDisplay(lost);
    linkScratch[3] = roundForDisplay(input.present);
    linkScratch[4] = roundForDisplay(utilisation);
    const reporting = telemetryRows.get(id);
    const first = slot.part === null;
    if (telemetry !== null && reporting !== undefined) {
      const { seen, truth } = readTelemetry(telemetry, reporting);
      slot.part = { ...verdict, values: { ...valuesOf(LINK_METRICS, linkScratch), ...seen }, from: 'live', truth };
      notifyLive(id, slot, first);
      return;
    }
    if (sameValues(slot.part, LINK_METRICS, linkScratch, verdict)) return;
    slot.part = { ...verdict, values: valuesOf(LINK_METRICS, linkScratch), from: 'live' };
    notifyLive(id, slot, first);
  };

  /** Present requests and state of each instance, for parts that have several or one that is not up. */
  const refreshInstances = (frame: Frame, turn: number, everything: boolean): void => {
    let offset = 0;
    for (let index = 0; index < componentIds.length; index++) {
      const count = instanceCounts[index] ?? 0;
      const start = offset;
      offset += count;
      if (count === 0 || (!everything && index % stride !== turn)) continue;
      const id = componentIds[index] as string;
      const slot = slotOf(id);
      const old = slot.instances;
      if (count === 1 && old === null && (frame.instanceStates[start] ?? 0) === INSTANCE_UP) continue;
      const leading = frame.primaries?.[index] ?? NO_COPIES;
      const primary = leading === NO_COPIES ? null : leading;
      let same = old !== null && old.states !== null && old.present.length === count && old.primary === primary;
      for (let instance = 0; same && instance < count; instance++)
        same = old?.present[instance] === frame.instances[start + instance] && old?.states?.[instance] === frame.instanceStates[start + instance];
      if (same) continue;
      slot.instances = { present: frame.instances.slice(start, offset), states: frame.instanceStates.slice(start, offset), upShares: null, primary };
      notifyLive(id, slot, old === null);
    }
  };

  /** Empties the averages of the parts. */
  const forget = (): void => {
    componentAverages = createSmoother(componentIds.length * COMPONENT_WIDTH, VISIBLE_WINDOW_MS);
    linkAverages = createSmoother(linkIds.length * LINK_WIDTH, VISIBLE_WINDOW_MS);
    queueNow = createSmoother(componentIds.length, VISIBLE_WINDOW_MS * 0.4);
    queueBefore = createSmoother(componentIds.length, VISIBLE_WINDOW_MS * 2);
    lastP95 = new Float64Array(componentIds.length).fill(Number.NaN);
    lastSimulatedMs = 0;
    lastReplication = 0;
    lastDisplayMs = null;
    frames = 0;
  };

  return {
    begin: (components, links, counts, reporting = []) => {
      telemetryRows = new Map(reporting.map(({ linkId }, row) => [linkId, row]));
      telemetry = null;
      componentIds = components;
      linkIds = links;
      instanceCounts = counts;
      forget();
      stride = Math.min(MOST_STRIDE, Math.max(LEAST_STRIDE, Math.ceil((components.length + links.length) / TEXTS_PER_FRAME)));
    },
    takeFrame: (frame, displayMs, everything) => {
      telemetry = frame.telemetry ?? null;
      const elapsed = lastDisplayMs === null ? 0 : Math.min(LONGEST_FRAME_MS, displayMs - lastDisplayMs);
      const spanMs = frame.replication === lastReplication && frame.simulatedMs >= lastSimulatedMs ? frame.simulatedMs - lastSimulatedMs : frame.simulatedMs;
      lastDisplayMs = displayMs;
      lastSimulatedMs = frame.simulatedMs;
      lastReplication = frame.replication;
      for (const averages of [componentAverages, linkAverages, queueNow, queueBefore]) averages.age(elapsed);
      addSamples(frame, spanMs);
      const turn = frames % stride;
      const all = everything || frames === 0;
      frames++;
      for (let index = all ? 0 : turn; index < componentIds.length; index += all ? 1 : stride) refreshComponent(index, displayMs);
      for (let index = all ? 0 : turn; index < linkIds.length; index += all ? 1 : stride) refreshLink(index, displayMs);
      refreshInstances(frame, turn, all);
    },
    showMoment: (moments, sinceMs) => {
      forget();
      let fromMs = sinceMs;
      for (const frame of moments) {
        for (const averages of [componentAverages, linkAverages, queueNow, queueBefore]) averages.age(MOMENT_FRAME_MS);
        addSamples(frame, frame.simulatedMs - fromMs);
        fromMs = frame.simulatedMs;
        telemetry = frame.telemetry ?? null;
      }
      for (const slot of slots.values()) slot.verdict = null;
      // A place of the past stands still: all of it is told at once.
      const kept = inView;
      inView = null;
      for (let index = 0; index < componentIds.length; index++) refreshComponent(index, 0);
      for (let index = 0; index < linkIds.length; index++) refreshLink(index, 0);
      const last = moments.at(-1);
      if (last !== undefined) refreshInstances(last, 0, true);
      inView = kept;
    },
    showResult: (result) => {
      const unstable = new Set(
        result.findings.flatMap((finding) => (finding.code === 'unstable' && finding.componentId !== undefined ? [finding.componentId] : [])),
      );
      const found = new Map<string, { part: LivePart; instances: LiveInstances | null }>();
      for (const component of result.components) {
        const present = component.instances.map((instance) => instance.metrics.inSystemMean ?? Number.NaN);
        const known = present.length > 1 && present.every((value) => !Number.isNaN(value));
        found.set(component.id, {
          part: finalPart(component, unstable.has(component.id)),
          instances: known
            ? {
                present: Float64Array.from(present, roundForDisplay),
                states: null,
                upShares: Float64Array.from(component.instances, ({ metrics }) => metrics.availability ?? 1),
                primary: null,
              }
            : null,
        });
      }
      for (const link of result.links) found.set(link.id, { part: finalLink(link), instances: null });
      for (const id of found.keys()) slotOf(id);
      for (const [id, slot] of slots) {
        slot.part = found.get(id)?.part ?? null;
        slot.instances = found.get(id)?.instances ?? null;
        slot.verdict = null;
        notify(slot);
      }
    },
    clear: () => {
      componentIds = [];
      linkIds = [];
      for (const [id, slot] of slots) {
        const had = slot.part !== null || slot.instances !== null;
        slot.part = null;
        slot.instances = null;
        slot.verdict = null;
        if (slot.listeners.size + slot.drawn.size === 0) slots.delete(id);
        else if (had) notify(slot);
      }
    },
    setVisible: (next) => {
      if (next === visible) return;
      visible = next;
      for (const slot of slots.values()) if (slot.part !== null) for (const listener of [...slot.listeners, ...slot.drawn]) listener();
    },
    setInView: (ids) => {
      inView = ids;
      for (const [id, slot] of slots) if (slot.late && visible && (ids === null || ids.has(id))) tellDrawn(slot);
    },
    part: (id) => (visible ? (slots.get(id)?.part ?? null) : null),
    instances: (id) => (visible ? (slots.get(id)?.instances ?? null) : null),
    subscribe: (id, listener, whileInView = false) => {
      const slot = slotOf(id);
      const group = whileInView ? slot.drawn : slot.listeners;
      group.add(listener);
      return () => {
        group.delete(listener);
        if (slot.listeners.size + slot.drawn.size === 0 && slot.part === null) slots.delete(id);
      };
    },
  };
}

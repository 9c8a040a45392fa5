import { BUCKETS, bucketOf } from '../base/histogram';
import type { Accounts } from './accounts';
import type { Core } from './core';
import type { Frames } from './frames';
import type { Instances } from './instances';
import * as L from './layout';
import type { Plan } from './plan';
import { createSpanBuffer, createStretchHistograms } from './telemetry-spans';
import { createTelemetryView, type TelemetryView } from './telemetry-view';
import type { Transit } from './transit';

/**
 * What instances report to collectors: spans of traced requests in batches, and metrics at every interval. Both travel as frames of
 * the engine over the link to the collector and through its station, so that they queue, are late and get lost as requests do. An
 * engine without collectors has none of this: parts of it are exchanged when it is built. Rules: SPEC.md, "Telemetry".
 */
export interface Telemetry {
  readonly view: TelemetryView;
  /** Whether the instance that a node stands for reports to somebody. */
  readonly reports: Uint8Array;
  /** Service time in ns that telemetry adds to a request that comes to a reporting node. */
  overhead(frame: number, node: number): number;
  /** The maker of frames to use: one that decides for each request who traces it. */
  frames(its: Frames): Frames;
  /** The accounts to use: ones that also end spans. */
  accounts(its: Accounts): Accounts;
  /** The fate of a frame that carries spans or a report is known at the part that sent it. */
  ended(frame: number, reason: number): void;
  /** Says how a frame is put on a link; called once while the engine is built. */
  connect(dispatch: (frame: number, link: number) => void, instances: Instances): void;
  reset(): void;
}

/** Number of controls that the telemetry of a plan needs. */
export function telemetryControls(plan: Plan): number {
  return plan.links.reduce((sum, link) => sum + (link.telemetry === undefined ? 0 : 2 + (plan.components[link.from]?.nodeCount ?? 0)), 0);
}

// What travels in one frame: a row of numbers, found by C_TAG of the frame.
const PARCEL = 8;
const P_SLOT = 0;
const P_AT = 1;
/** Spans in it that have not been processed; -1: it is a report that has not; -2: processed. */
const P_SPANS = 2;
const P_COMPLETED = 3;
const P_FAILED = 4;
const P_BUSY = 5;
const P_CAPACITY = 6;
const P_SPAN = 7; // ns that a report tells about
const REPORT = -1;
const PROCESSED = -2;

/** Builds the telemetry of a plan; null where nothing reports. */
export function createTelemetry(core: Core, transit: Transit): Telemetry | null {
  const { plan, records, times, nodes, stats, telemetry, traces, controls, seenCounts } = core;
  const { clock } = core.list;
  const { add, draw } = core.variates;
  const links = plan.links.flatMap((link, index) => (link.telemetry === undefined ? [] : [index]));
  if (links.length === 0) return null;
  const specs = links.map((link) => plan.links[link].telemetry as NonNullable<Plan['links'][number]['telemetry']>);
  const parts = links.map((link) => plan.components[plan.links[link].from]);
  const rowOf = new Int32Array(plan.links.length).fill(-1);
  for (const [row, link] of links.entries()) rowOf[link] = row;
  /** Slots: one for each row and instance. */
  const slotBase = new Int32Array(links.length + 1);
  for (const [row, part] of parts.entries()) slotBase[row + 1] = slotBase[row] + part.nodeCount;
  const slots = slotBase[links.length];
  const rowOfSlot = new Int32Array(slots);
  const nodeOfSlot = new Int32Array(slots);
  for (const [row, part] of parts.entries())
    for (let i = 0; i < part.nodeCount; i++) {
      rowOfSlot[slotBase[row] + i] = row;
      nodeOfSlot[slotBase[row] + i] = part.firstNode + i;
    }
  const reports = new Uint8Array(plan.nodes.length);
  const collects = new Uint8Array(plan.nodes.length);
  /** Slots of each node. */
  const slotsOf: number[][] = plan.nodes.map(() => []);
  for (let slot = 0; slot < slots; slot++) {
    reports[nodeOfSlot[slot]] = 1;
    slotsOf[nodeOfSlot[slot]].push(slot);
  }
  for (const link of links) {
    const { firstNode, nodeCount } = plan.components[plan.links[link].to];
    collects.fill(1, firstNode, firstNode + nodeCount);
  }
  const sampling = Float64Array.from(specs, (spec) => spec.sampling);
  const speed = Float64Array.from(plan.nodes, (node) => (node.role === 'station' ? (node.machineSpeed ?? 1) : 1));
  const spanWork = Float64Array.from(rowOfSlot, (row, slot) => specs[row].spanWork / speed[nodeOfSlot[slot]]);
  const pointWork = Float64Array.from(rowOfSlot, (row, slot) => (specs[row].pointWork * specs[row].points) / speed[nodeOfSlot[slot]]);
  const buffers = Array.from({ length: slots }, createSpanBuffer);
  /** Work of reports that has been caused and not yet been done. */
  const debt = new Float64Array(slots);
  /** What each instance had counted at its latest report. */
  const toldCompleted = new Float64Array(slots);
  const toldFailed = new Float64Array(slots);
  const toldBusy = new Float64Array(slots);
  const toldCapacity = new Float64Array(slots);
  const toldAt = new Float64Array(slots);
  const noted = new Float64Array(links.length);
  const trace = Int32Array.from(plan.nodes, (node) => (node.role === 'source' ? add(`${plan.components[node.component].id}/trace`, { type: 'unit' }) : -1));

  let parcels = new Float64Array(PARCEL * 64);
  const freeParcels: number[] = [];
  let usedParcels = 0;
  const newParcel = (): number => {
    const free = freeParcels.pop();
    if (free !== undefined) return free;
    if (usedParcels === parcels.length) {
      const larger = new Float64Array(parcels.length * 2);
      larger.set(parcels);
      parcels = larger;
    }
    usedParcels += PARCEL;
    return usedParcels - PARCEL;
  };

  const seenNow = createStretchHistograms(links.length);
  const trueNow = createStretchHistograms(links.length);
  const view = createTelemetryView(core, {
    slotBase,
    interval: (row) => specs[row].interval,
    seen: seenNow,
    truth: trueNow,
  });
  let dispatch: (frame: number, link: number) => void = () => {};

  /** Sends a parcel to its collector: `size` bytes that take the collector `work` ns. */
  const send = (parcel: number, row: number, size: number, work: number): void => {
    const link = links[row];
    const frame = core.allocate();
    const t = frame >> 1;
    records[frame + L.C_PARENT] = L.PARENT_REPORT;
    records[frame + L.C_LINK] = link;
    records[frame + L.C_NODE] = -1;
    records[frame + L.C_OPERATION] = 0;
    records[frame + L.C_TAG] = parcel;
    records[frame + L.C_HOPS] = 0;
    records[frame + L.C_ROUTER] = -1;
    records[frame + L.C_KEY] = -1;
    if (core.related) records[frame + L.C_CHILD] = -1;
    times[t + L.T_SENT] = clock[0];
    times[t + L.T_WORK] = Math.floor(work + 0.5);
    times[t + L.T_PRIORITY] = 0;
    times[t + L.T_ROOT_WAIT] = 0;
    times[t + L.T_ROOT_SERVICE] = 0;
    times[t + L.T_DEADLINE] = Infinity;
    telemetry[row * L.TELEMETRY_STATS + L.E_BYTES] += size;
    transit.sized(link, size);
    dispatch(frame, link);
  };

  const sendings = Int32Array.from(rowOfSlot, (row, slot) =>
    controls.add(() => {
      const buffer = buffers[slot];
      const count = Math.min(buffer.waiting(), specs[row].batchSpans);
      if (count === 0 || buffer.underWay() > 0) return;
      buffer.takeBatch(count);
      const parcel = newParcel();
      parcels[parcel + P_SLOT] = slot;
      parcels[parcel + P_AT] = clock[0];
      parcels[parcel + P_SPANS] = count;
      send(parcel, row, count * specs[row].spanBytes, count * specs[row].spanProcessing);
    }),
  );

  /** Sees to it that the spans that wait at an instance go out in time. */
  const arrange = (slot: number): void => {
    const buffer = buffers[slot];
    const spec = specs[rowOfSlot[slot]];
    if (buffer.underWay() > 0) return;
    if (buffer.waiting() >= spec.batchSpans) controls.at(sendings[slot], clock[0]);
    else if (buffer.waiting() > 0 && !controls.pending(sendings[slot])) controls.at(sendings[slot], clock[0] + spec.exportDelay);
  };

  const speaks = (node: number): boolean => nodes[node * L.NODE + L.N_STATE] === L.INSTANCE_UP || nodes[node * L.NODE + L.N_STATE] === L.INSTANCE_DRAINING;

  /** Busy and present servers over time, brought up to now. */
  const areaAt = (node: number, field: number, present: number): number => stats[node * L.STATS + field] + nodes[node * L.NODE + present] * clock[0];

  const report = (slot: number): void => {
    const row = rowOfSlot[slot];
    const node = nodeOfSlot[slot];
    const s = node * L.STATS;
    const busy = areaAt(node, L.S_BUSY_AREA, L.N_BUSY);
    const capacity = areaAt(node, L.S_CAPACITY_AREA, L.N_SERVERS);
    if (speaks(node)) {
      const parcel = newParcel();
      parcels[parcel + P_SLOT] = slot;
      parcels[parcel + P_AT] = clock[0];
      parcels[parcel + P_SPANS] = REPORT;
      parcels[parcel + P_COMPLETED] = stats[s + L.S_COMPLETED] - toldCompleted[slot];
      parcels[parcel + P_FAILED] = stats[s + L.S_FAILED] - toldFailed[slot];
      parcels[parcel + P_BUSY] = busy - toldBusy[slot];
      parcels[parcel + P_CAPACITY] = capacity - toldCapacity[slot];
      parcels[parcel + P_SPAN] = clock[0] - toldAt[slot];
      telemetry[row * L.TELEMETRY_STATS + L.E_REPORTS]++;
      debt[slot] += pointWork[slot];
      send(parcel, row, specs[row].points * specs[row].pointBytes, specs[row].points * specs[row].pointProcessing);
    }
    toldCompleted[slot] = stats[s + L.S_COMPLETED];
    toldFailed[slot] = stats[s + L.S_FAILED];
    toldBusy[slot] = busy;
    toldCapacity[slot] = capacity;
    toldAt[slot] = clock[0];
  };

  const rounds = links.map((link, row) => {
    const round = controls.add(() => {
      for (let slot = slotBase[row]; slot < slotBase[row + 1]; slot++) report(slot);
      view.closeStretch(row);
      const e = row * L.TELEMETRY_STATS;
      const missing = telemetry[e + L.E_DROPPED] + telemetry[e + L.E_LOST];
      if (missing > noted[row]) core.journal.note('telemetry-dropped', { component: plan.links[link].from, link, value: missing - noted[row] });
      noted[row] = missing;
      controls.at(round, clock[0] + specs[row].interval);
    });
    return round;
  });

  /** A span has ended: it waits for its way, or there is no room for it. */
  const addSpan = (slot: number, duration: number, reason: number): void => {
    const row = rowOfSlot[slot];
    const e = row * L.TELEMETRY_STATS;
    telemetry[e + L.E_SPANS]++;
    if (buffers[slot].waiting() >= specs[row].bufferSpans) {
      telemetry[e + L.E_DROPPED]++;
      return;
    }
    buffers[slot].push(duration, reason !== L.REASON_OK, clock[0]);
    arrange(slot);
  };

  const leftPart = (frame: number, node: number, reason: number): void => {
    const residence = clock[0] - times[(frame >> 1) + L.T_ARRIVED];
    const chance = traces[frame / L.RECORD];
    // A process that is gone ends no spans.
    const alive = speaks(node) || nodes[node * L.NODE + L.N_STATE] === L.INSTANCE_PAUSED;
    for (const slot of slotsOf[node]) {
      if (reason === L.REASON_OK) trueNow.add(rowOfSlot[slot], residence);
      if (alive && chance < sampling[rowOfSlot[slot]]) addSpan(slot, residence, reason);
    }
  };

  /** The collector has processed what a frame carried. */
  const processed = (frame: number): void => {
    const parcel = records[frame + L.C_TAG];
    const slot = parcels[parcel + P_SLOT];
    const row = rowOfSlot[slot];
    const e = row * L.TELEMETRY_STATS;
    const now = clock[0];
    if (parcels[parcel + P_SPANS] === REPORT) {
      const at = parcels[parcel + P_AT];
      telemetry[e + L.E_REPORTS_SEEN]++;
      telemetry[e + L.E_TOLD_COMPLETED] += parcels[parcel + P_COMPLETED];
      telemetry[e + L.E_TOLD_FAILED] += parcels[parcel + P_FAILED];
      telemetry[e + L.E_TOLD_BUSY] += parcels[parcel + P_BUSY];
      telemetry[e + L.E_TOLD_CAPACITY] += parcels[parcel + P_CAPACITY];
      if (at > telemetry[e + L.E_NEWEST]) {
        telemetry[e + L.E_AGE_AREA] += (now - telemetry[e + L.E_AGE_AT]) * ((now + telemetry[e + L.E_AGE_AT]) / 2 - telemetry[e + L.E_NEWEST]);
        telemetry[e + L.E_AGE_AT] = now;
        telemetry[e + L.E_NEWEST] = at;
        telemetry[e + L.E_ROUNDS]++;
      }
      view.takeReport(slot, at, parcels.subarray(parcel + P_COMPLETED, parcel + PARCEL));
    } else {
      buffers[slot].readBatch((duration, failed, endedAt) => {
        telemetry[e + L.E_SEEN]++;
        telemetry[e + L.E_DELAY] += now - endedAt;
        if (failed) {
          telemetry[e + L.E_SEEN_FAILED]++;
          return;
        }
        telemetry[e + L.E_SEEN_LATENCY] += duration;
        seenCounts[row * BUCKETS + bucketOf(duration)]++;
        seenNow.add(row, duration);
      });
    }
    parcels[parcel + P_SPANS] = PROCESSED;
  };

  core.checks.push((conserve) => {
    const spans = new Float64Array(links.length);
    const onTheWay = new Float64Array(links.length);
    for (let slot = 0; slot < slots; slot++) spans[rowOfSlot[slot]] += buffers[slot].waiting();
    for (let frame = 0; frame < core.pool.used; frame += L.RECORD) {
      if (records[frame + L.C_STATE] === L.STATE_FREE || records[frame + L.C_PARENT] !== L.PARENT_REPORT) continue;
      const parcel = records[frame + L.C_TAG];
      const carried = parcels[parcel + P_SPANS];
      if (carried === REPORT) onTheWay[rowOfSlot[parcels[parcel + P_SLOT]]]++;
      else if (carried > 0) spans[rowOfSlot[parcels[parcel + P_SLOT]]] += carried;
    }
    for (const [row, link] of links.entries()) {
      const of = (field: number): number => telemetry[row * L.TELEMETRY_STATS + field];
      const name = plan.links[link].id;
      conserve(() => `spans on link ${name}`, of(L.E_SPANS), of(L.E_SEEN), of(L.E_DROPPED) + of(L.E_LOST), spans[row]);
      conserve(() => `reports on link ${name}`, of(L.E_REPORTS), of(L.E_REPORTS_SEEN), of(L.E_REPORTS_LOST), onTheWay[row]);
    }
  });

  return {
    view,
    reports,
    overhead(frame, node) {
      const chance = traces[frame / L.RECORD];
      let sum = 0;
      for (const slot of slotsOf[node]) {
        const added = debt[slot] + (chance < sampling[rowOfSlot[slot]] ? spanWork[slot] : 0);
        debt[slot] = 0;
        telemetry[rowOfSlot[slot] * L.TELEMETRY_STATS + L.E_OVERHEAD] += added;
        sum += added;
      }
      return Math.floor(sum + 0.5);
    },
    frames({ root, prepare }) {
      return {
        root(node, user, operation, link) {
          const frame = root(node, user, operation, link);
          traces[frame / L.RECORD] = draw(trace[node]);
          return frame;
        },
        prepare(parent, link, target, tag) {
          const frame = prepare(parent, link, target, tag);
          traces[frame / L.RECORD] = traces[parent / L.RECORD];
          return frame;
        },
      };
    },
    accounts(its) {
      return {
        ...its,
        leave(frame, node, reason) {
          its.leave(frame, node, reason);
          if (reports[node] === 1) leftPart(frame, node, reason);
          else if (collects[node] === 1 && reason === L.REASON_OK) processed(frame);
        },
      };
    },
    ended(frame, reason) {
      const parcel = records[frame + L.C_TAG];
      const slot = parcels[parcel + P_SLOT];
      const e = rowOfSlot[slot] * L.TELEMETRY_STATS;
      const carried = parcels[parcel + P_SPANS];
      const isBatch = buffers[slot].underWay() > 0 && parcels[parcel + P_SPAN] === 0;
      if (carried === REPORT) telemetry[e + L.E_REPORTS_LOST]++;
      else if (carried > 0) telemetry[e + L.E_LOST] += carried;
      if (reason === L.REASON_OK && carried !== PROCESSED) throw new Error('Invariant broken: a collector answered what it has not processed');
      parcels.fill(0, parcel, parcel + PARCEL);
      freeParcels.push(parcel);
      if (!isBatch) return;
      buffers[slot].endBatch();
      arrange(slot);
    },
    connect(put, instances) {
      dispatch = put;
      instances.listen((node, _from, to) => {
        if (reports[node] === 0 || (to !== L.INSTANCE_DOWN && to !== L.INSTANCE_OFF)) return;
        // What waited in the memory of the process is gone with it.
        for (const slot of slotsOf[node]) telemetry[rowOfSlot[slot] * L.TELEMETRY_STATS + L.E_DROPPED] += buffers[slot].clearWaiting();
      });
    },
    reset() {
      for (const buffer of buffers) buffer.reset();
      for (const array of [debt, toldCompleted, toldFailed, toldBusy, toldCapacity, toldAt, noted, parcels]) array.fill(0);
      freeParcels.length = 0;
      usedParcels = 0;
      view.reset();
      for (const [row, round] of rounds.entries()) controls.at(round, specs[row].interval);
    },
  };
}

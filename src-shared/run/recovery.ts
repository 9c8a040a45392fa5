import type { Demand } from '../project/objective';
import { type Reading, slackOf } from './objective-readings';
import type { RunFault } from './result';

/** One beginning of a fault, and what became of the service. */
export interface Recovery {
  readonly faultId: string;
  readonly beginMs: number;
  /** `calm`: the service has been good all the time; `disturbed`: it is not good yet; `recovered`: it is good again. */
  readonly state: 'calm' | 'disturbed' | 'recovered';
  /** Beginning of the first good window after the disturbance; null before there is one. */
  readonly recoveredMs: number | null;
}

/** Follows how a service recovers from faults, point by point. */
export interface RecoveryWatch {
  /** Takes the next point, and the faults as far as they are known by then. */
  add(reading: Reading, faults: readonly RunFault[]): void;
  /** Every beginning of a fault after the warm-up so far, in the order in which they were met. */
  recoveries(): readonly Recovery[];
  /** End of the latest point in ms. */
  nowMs(): number;
}

type RecoveryDemand = Extract<Demand, { readonly type: 'recovery-time' }>;

interface Begun {
  readonly faultId: string;
  readonly beginMs: number;
  /** When it no longer counts as the cause of a disturbance that begins. */
  endMs: number;
  state: Recovery['state'];
  recoveredMs: number | null;
}

/**
 * A watch on the recovery time, which is what a recovery time objective bounds: from the beginning of a fault to the beginning of the first
 * window in which the service is good again (time to recovery of service, not of the part: B. Beyer and others, Site Reliability Engineering,
 * 2016, chapters 4 and 17). Windows have `windowMs` and begin at every point; one is bad where more than the share of the requests that
 * ended in it failed, where its slowest point was slower than the bound, or where nothing ended although requests waited. A window in which
 * nobody asked tells nothing. A disturbance is that of a fault if its first bad window begins while the fault lasts or within a window
 * after it, and before the next fault begins.
 */
export function createRecoveryWatch(demand: RecoveryDemand, windowMs: number, warmUpMs: number): RecoveryWatch {
  const readings: Reading[] = [];
  const begun = new Map<string, Begun>();
  let points = 0;
  let now = 0;

  const meet = (faults: readonly RunFault[]): void => {
    for (const { id, windows } of faults)
      for (const { beginMs, endMs } of windows) {
        if (beginMs < warmUpMs - slackOf(warmUpMs) || beginMs >= now) continue;
        const key = `${id}/${beginMs}`;
        const known = begun.get(key);
        const until = endMs ?? Infinity;
        if (known !== undefined) known.endMs = until;
        else begun.set(key, { faultId: id, beginMs, endMs: until, state: 'calm', recoveredMs: null });
      }
  };

  /** How the service was in the latest window: null where nobody asked. */
  const isGood = (): boolean | null => {
    let completed = 0;
    let failed = 0;
    let waiting = 0;
    let slowest = 0;
    for (const reading of readings) {
      completed += reading.good;
      failed += reading.bad;
      waiting = Math.max(waiting, reading.present);
      if (reading.p95Ms > slowest) slowest = reading.p95Ms;
    }
    const ended = completed + failed;
    if (!(ended > 0)) return waiting > 0 ? false : null;
    return failed / ended <= demand.errorShare && (demand.p95Ms === undefined || slowest <= demand.p95Ms);
  };

  return {
    add(reading, faults) {
      points = Math.max(points, Math.max(1, Math.ceil(windowMs / (reading.toMs - reading.fromMs) - 1e-9)));
      now = reading.toMs;
      readings.push(reading);
      if (readings.length > points) readings.shift();
      meet(faults);
      if (readings.length < points || begun.size === 0) return;
      const [first] = readings as [Reading];
      const good = isGood();
      if (good === null) return;
      for (const fault of begun.values()) {
        // The window must reach beyond the beginning of the fault, and its first point may hold it.
        if (fault.state === 'recovered' || first.toMs <= fault.beginMs) continue;
        if (fault.state === 'disturbed') {
          if (good) {
            fault.state = 'recovered';
            fault.recoveredMs = Math.max(first.fromMs, fault.beginMs);
          }
        } else if (!good && first.fromMs <= fault.endMs + windowMs && !isSuperseded(fault, first.fromMs)) fault.state = 'disturbed';
      }
    },
    recoveries: () => [...begun.values()].map(({ faultId, beginMs, state, recoveredMs }) => ({ faultId, beginMs, state, recoveredMs })),
    nowMs: () => now,
  };

  function isSuperseded(fault: Begun, atMs: number): boolean {
    for (const other of begun.values()) if (other.beginMs > fault.beginMs && other.beginMs <= atMs && other.beginMs >= fault.endMs) return true;
    return false;
  }
}

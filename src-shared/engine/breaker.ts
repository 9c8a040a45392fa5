import type { Core } from './core';
import * as L from './layout';

/** Answers of `permit`. */
export const REFUSED = 0;
export const PERMITTED = 1;
export const PROBE = 2;

/** Circuit breakers of links: closed, open for a time, then half open until a few probes have succeeded (M. Nygard, "Release It!", 2007). */
export interface Breakers {
  /** Asks whether an attempt may be sent now. A PROBE takes one of the places for probes. */
  permit(link: number): number;
  /** An attempt that was permitted at `sent` ns has ended. REASON_CANCELLED says nothing about the far end: it only gives a probe's place back. */
  record(link: number, probe: boolean, reason: number, sent: number): void;
  reset(): void;
}

const CLOSED = 0;
const OPEN = 1;
const HALF_OPEN = 2;

/** Cells of a rolling window: it moves on in steps of a tenth of its length. */
const CELLS = 10;

/** Builds the breakers of a plan; null where no link has one. */
export function createBreakers(core: Core): Breakers | null {
  const { plan, links } = core;
  const { clock } = core.list;
  const count = plan.links.length;
  const policies = plan.links.map((link) => link.policy?.breaker ?? null);
  if (policies.every((policy) => policy === null)) return null;

  const present = Uint8Array.from(policies, (policy) => (policy === null ? 0 : 1));
  const openFor = Float64Array.from(policies, (policy) => policy?.openFor ?? 0);
  const probes = Float64Array.from(policies, (policy) => policy?.probes ?? 0);
  const failuresToOpen = Float64Array.from(policies, (policy) => (policy?.type === 'consecutive' ? policy.failures : Infinity));
  const shareToOpen = Float64Array.from(policies, (policy) => (policy?.type === 'rate' ? policy.share : Infinity));
  const minimumCalls = Float64Array.from(policies, (policy) => (policy?.type === 'rate' ? policy.minimumCalls : 0));
  const cellWidth = Float64Array.from(policies, (policy) => (policy?.type === 'rate' ? policy.window / CELLS : 0));

  const state = new Uint8Array(count);
  /** Instant of the latest change of state: what was sent before it says nothing about the present state. */
  const changedAt = new Float64Array(count);
  const inARow = new Float64Array(count);
  /** Probes sent and not given back, and those that succeeded, since the breaker is half open. */
  const probesSent = new Float64Array(count);
  const probesWell = new Float64Array(count);
  const cellAt = new Float64Array(count);
  const cellCalls = new Float64Array(count * CELLS);
  const cellFailures = new Float64Array(count * CELLS);
  const windowCalls = new Float64Array(count);
  const windowFailures = new Float64Array(count);

  const change = (link: number, to: number): void => {
    state[link] = to;
    changedAt[link] = clock[0];
    inARow[link] = 0;
    probesSent[link] = 0;
    probesWell[link] = 0;
    cellCalls.fill(0, link * CELLS, (link + 1) * CELLS);
    cellFailures.fill(0, link * CELLS, (link + 1) * CELLS);
    windowCalls[link] = 0;
    windowFailures[link] = 0;
  };

  const controls = policies.map((policy, link) =>
    policy === null
      ? -1
      : core.controls.add(() => {
          change(link, HALF_OPEN);
          const l = link * L.LINK_STATS;
          links[l + L.L_OPEN] = 0;
          links[l + L.L_OPEN_AREA] += clock[0];
          core.journal.note('breaker-half-open', { link });
        }),
  );

  const open = (link: number): void => {
    change(link, OPEN);
    const l = link * L.LINK_STATS;
    links[l + L.L_OPEN] = 1;
    links[l + L.L_OPEN_AREA] -= clock[0];
    links[l + L.L_OPENED]++;
    core.journal.note('breaker-opened', { link });
    core.controls.at(controls[link], clock[0] + openFor[link]);
  };

  /** Empties the cells that have left the window since it was looked at last. */
  const advance = (link: number): void => {
    const cell = Math.floor(clock[0] / cellWidth[link]);
    const base = link * CELLS;
    const first = Math.max(cellAt[link] + 1, cell - CELLS + 1);
    for (let at = first; at <= cell; at++) {
      const c = base + (at % CELLS);
      windowCalls[link] -= cellCalls[c];
      windowFailures[link] -= cellFailures[c];
      cellCalls[c] = 0;
      cellFailures[c] = 0;
    }
    cellAt[link] = cell;
  };

  const recordClosed = (link: number, failed: boolean): void => {
    if (cellWidth[link] === 0) {
      inARow[link] = failed ? inARow[link] + 1 : 0;
      if (inARow[link] >= failuresToOpen[link]) open(link);
      return;
    }
    advance(link);
    const cell = link * CELLS + (cellAt[link] % CELLS);
    cellCalls[cell]++;
    windowCalls[link]++;
    if (!failed) return;
    cellFailures[cell]++;
    windowFailures[link]++;
    if (windowCalls[link] >= minimumCalls[link] && windowFailures[link] >= shareToOpen[link] * windowCalls[link]) open(link);
  };

  return {
    permit(link) {
      if (present[link] === 0 || state[link] === CLOSED) return PERMITTED;
      if (state[link] === OPEN || probesSent[link] >= probes[link]) return REFUSED;
      probesSent[link]++;
      return PROBE;
    },
    record(link, probe, reason, sent) {
      if (present[link] === 0 || state[link] === OPEN || sent < changedAt[link]) return;
      const failed = reason !== L.REASON_OK;
      if (state[link] === CLOSED) {
        if (reason !== L.REASON_CANCELLED) recordClosed(link, failed);
        return;
      }
      if (!probe) return;
      if (reason === L.REASON_CANCELLED) probesSent[link]--;
      else if (failed) open(link);
      else if (++probesWell[link] >= probes[link]) {
        change(link, CLOSED);
        core.journal.note('breaker-closed', { link });
      }
    },
    reset() {
      state.fill(CLOSED);
      for (let link = 0; link < count; link++) {
        change(link, CLOSED);
        changedAt[link] = 0;
        cellAt[link] = 0;
      }
    },
  };
}

import { BUCKETS, bucketOf } from '../base/histogram';
import type { Accounts } from './accounts';
import type { Core } from './core';
import type { Frames } from './frames';
import * as L from './layout';

/**
 * Carries what a read has found from the copy that answered it to whoever asked, call by call, and counts it there. The mark of a
 * request is that of its oldest read. A reply that is lost, or that nobody waits for, takes its mark along.
 */
export interface Staleness {
  /** The memory to use: one whose records pass on their marks when they are given back. */
  core(its: Core): Core;
  /** The maker of frames to use: one whose frames have no outcome yet. */
  frames(its: Frames): Frames;
  /** The accounts to use: ones that also count the marks of requests. */
  accounts(its: Accounts): Accounts;
  /** A copy of a component has answered a read; `age` since the first write that it did not show was acknowledged, ns, -1: fresh. */
  read(frame: number, component: number, age: number, behind: number): void;
}

/** Builds it; null where nothing is replicated. */
export function createStaleness(core: Core): Staleness | null {
  const { plan, records, marks, behind, copies, staleCounts } = core;
  if (marks.length === 0) return null;

  const count = (row: number, mark: number, versions: number): void => {
    const y = row * L.COPY_STATS;
    copies[y + L.Y_READS]++;
    if (mark < 2) return;
    copies[y + L.Y_STALE]++;
    copies[y + L.Y_BEHIND] += versions;
    if (versions > copies[y + L.Y_BEHIND_MAX]) copies[y + L.Y_BEHIND_MAX] = versions;
    if (mark - 2 > copies[y + L.Y_AGE_MAX]) copies[y + L.Y_AGE_MAX] = mark - 2;
    staleCounts[row * BUCKETS + bucketOf(mark - 2)]++;
  };

  return {
    core: (its) => ({
      ...its,
      release(frame) {
        const f = frame / L.RECORD;
        if (marks[f] > 0) {
          const parent = records[frame + L.C_PARENT];
          // A guarded call keeps the reason of its last failure; it has a mark only if an attempt went well.
          const well = records[frame + L.C_REASON] === L.REASON_OK || records[frame + L.C_STATE] === L.STATE_GUARD;
          if (well && parent >= 0 && records[parent + L.C_AGE] === records[frame + L.C_PARENT_AGE]) {
            const p = parent / L.RECORD;
            if (marks[f] > marks[p]) marks[p] = marks[f];
            if (behind[f] > behind[p]) behind[p] = behind[f];
          }
          marks[f] = 0;
          behind[f] = 0;
        }
        its.release(frame);
      },
    }),
    frames: ({ root, prepare }) => ({
      root(node, user, operation, link) {
        const frame = root(node, user, operation, link);
        records[frame + L.C_REASON] = L.REASON_OK;
        return frame;
      },
      prepare(parent, link, target, tag) {
        const frame = prepare(parent, link, target, tag);
        records[frame + L.C_REASON] = L.REASON_OK;
        return frame;
      },
    }),
    accounts: (its) => ({
      ...its,
      endRequest(frame, reason) {
        const f = frame / L.RECORD;
        if (reason === L.REASON_OK && marks[f] > 0) count(plan.components.length + records[frame + L.C_OPERATION], marks[f], behind[f]);
        its.endRequest(frame, reason);
      },
    }),
    read(frame, component, age, versions) {
      const f = frame / L.RECORD;
      marks[f] = age < 0 ? 1 : 2 + age;
      behind[f] = versions;
      count(component, marks[f], versions);
    },
  };
}

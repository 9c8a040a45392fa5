import type { Core } from './core';
import { C_CHILD, C_SIBLING } from './layout';

/** The calls under way for each frame, kept where plans need them (Core.related). */
export interface Kinship {
  /** A call is made on behalf of a frame. */
  adopt(parent: number, frame: number): void;
  /** A call is under way for its parent no longer. */
  disown(parent: number, frame: number): void;
}

/** Builds the lists: C_SIBLING of a frame is the next call of its parent, that of the frame's timer record the one before. */
export function createKinship(core: Core): Kinship {
  const { records } = core;
  const before = core.timeoutBase + C_SIBLING;
  return {
    adopt(parent, frame) {
      const first = records[parent + C_CHILD];
      records[frame + C_SIBLING] = first;
      records[frame + before] = -1;
      if (first >= 0) records[first + before] = frame;
      records[parent + C_CHILD] = frame;
    },
    disown(parent, frame) {
      const previous = records[frame + before];
      const next = records[frame + C_SIBLING];
      if (previous >= 0) records[previous + C_SIBLING] = next;
      else records[parent + C_CHILD] = next;
      if (next >= 0) records[next + before] = previous;
    },
  };
}

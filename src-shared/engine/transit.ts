import type { Core } from './core';
import * as M from './kernel/memory-map';
import { C_REASON, L_IN_TRANSIT, LINK_DELAY, LINK_FAULT, LINK_LOSS, LINK_STATS, OP_BITS, OP_LOST, T_TIME } from './layout';
import type { Sampler } from './plan';

/** Messages on links that take time or can fail. A message's whole passage is one event: a FIFO transmitter needs no more. How one is sent is in the kernel. */
export interface Transit {
  /** Says how large the next request of the first operation on a link is, in bytes: for links whose messages differ. */
  sized(link: number, bytes: number): void;
  /** A request has reached the far end and nobody answers there: its caller learns of it as of a lost message. */
  swallow(frame: number, link: number, reason: number): void;
  /**
   * Time in ns that faults add now to a message of no size; Infinity: it is lost. `u`: uniform on [0, 1), which decides on losses.
   * For probes, which are no requests.
   */
  extraOf(link: number, reply: boolean, u: number): number;
  /** A message has arrived at the end of a link. */
  arrived(link: number): void;
  /**
   * What is wrong with a link from now on, for messages that are put on it: `added` ns for each, and the shares of requests and of
   * replies that are lost beside what the link loses anyway. All zero: nothing is.
   */
  disturb(link: number, added: number, lossOfRequests: number, lossOfReplies: number): void;
  /** Links without faults. */
  reset(): void;
}

const EVEN: Sampler = { type: 'unit' };

/** Builds the links of a plan. */
export function createTransit(core: Core): Transit {
  const { records, times, links, plan, kernel } = core;
  const { clock, insert } = core.list;
  /** Makes a record's event pending. The instant goes through memory: as an argument of a call that is not inlined it would be boxed. */
  const schedule = (id: number, at: number, word: number): void => {
    times[(id >> 1) + T_TIME] = at;
    insert(id, word);
  };
  const { add } = core.variates;
  const operationCount = plan.operations.length;
  const linkCount = plan.links.length;
  // Two directions of a link stand side by side: 2 * link and 2 * link + 1.
  const latency = kernel.int32(M.P_LATENCY, 2 * linkCount).fill(-1);
  const jitter = kernel.int32(M.P_JITTER, 2 * linkCount).fill(-1);
  const loss = kernel.int32(M.P_LOSS, 2 * linkCount).fill(-1);
  kernel.float64From(
    M.P_JITTER_NS,
    plan.links.map((link) => link.jitter),
  );
  const lossShare = kernel.float64From(
    M.P_LOSS_SHARE,
    plan.links.map((link) => link.loss),
  );
  kernel.float64From(
    M.P_NS_PER_BYTE,
    plan.links.map((link) => link.nsPerByte),
  );
  kernel.float64From(
    M.P_BUFFER_BYTES,
    plan.links.map((link) => link.bufferBytes),
  );
  const detection = kernel.float64From(
    M.P_DETECTION,
    plan.links.map((link) => link.lossDetection),
  );
  kernel.float64From(
    M.P_TIMEOUT,
    plan.links.map((link) => link.timeout),
  );
  /** Faults: read only while LINK_FAULT is set. Their losses are drawn apart, so that those of the link itself stay as they were. */
  const addedNs = kernel.float64(M.P_ADDED_NS, linkCount);
  const faultLoss = kernel.float64(M.P_FAULT_LOSS, 2 * linkCount);
  const faultStream = kernel.int32(M.P_FAULT_STREAM, 2 * linkCount);
  const bytes = kernel.float64(M.P_BYTES, 2 * linkCount * operationCount);
  for (const [index, link] of plan.links.entries()) {
    for (const [direction, sampler, flags] of [
      [0, link.latency, core.requestFlags[index]],
      [1, link.replyLatency ?? link.latency, core.replyFlags[index]],
    ] as const) {
      const name = `${link.id}/${direction === 0 ? 'request' : 'reply'}`;
      if (flags & LINK_DELAY) latency[2 * index + direction] = add(`${name}-latency`, sampler);
      if (link.jitter > 0) jitter[2 * index + direction] = add(`${name}-jitter`, EVEN);
      if (flags & LINK_LOSS) loss[2 * index + direction] = add(`${name}-loss`, EVEN);
      faultStream[2 * index + direction] = add(`${name}-fault`, EVEN);
    }
    for (const [operation, { requestBytes, responseBytes }] of plan.operations.entries()) {
      bytes[(index * operationCount + operation) * 2] = link.requestBytes ?? requestBytes;
      bytes[(index * operationCount + operation) * 2 + 1] = link.responseBytes ?? responseBytes;
    }
  }

  return {
    sized(link, size) {
      bytes[link * operationCount * 2] = size;
    },
    swallow(frame, link, reason) {
      records[frame + C_REASON] = reason;
      schedule(frame, clock[0] + detection[link], OP_LOST | (link << OP_BITS));
    },
    arrived(link) {
      links[link * LINK_STATS + L_IN_TRANSIT]--;
    },
    extraOf(link, reply, u) {
      const way = 2 * link + (reply ? 1 : 0);
      const faulty = ((reply ? core.replyFlags[link] : core.requestFlags[link]) & LINK_FAULT) !== 0;
      const arrives = (1 - lossShare[link]) * (faulty ? 1 - faultLoss[way] : 1);
      if (u >= arrives) return Infinity;
      return faulty ? addedNs[link] : 0;
    },
    disturb(link, added, lossOfRequests, lossOfReplies) {
      addedNs[link] = added;
      faultLoss[2 * link] = lossOfRequests;
      faultLoss[2 * link + 1] = lossOfReplies;
      core.requestFlags[link] &= ~LINK_FAULT;
      core.replyFlags[link] &= ~LINK_FAULT;
      if (added > 0 || lossOfRequests > 0) core.requestFlags[link] |= LINK_FAULT;
      if (added > 0 || lossOfReplies > 0) core.replyFlags[link] |= LINK_FAULT;
    },
    reset() {
      for (let link = 0; link < linkCount; link++) {
        core.requestFlags[link] &= ~LINK_FAULT;
        core.replyFlags[link] &= ~LINK_FAULT;
      }
    },
  };
}

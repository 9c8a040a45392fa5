import { BUCKETS, bucketOf } from '../base/histogram';
import type { Core } from './core';
import {
  C_OPERATION,
  C_REASON,
  C_TIMER,
  L_BUSY_UNTIL,
  L_BUSY_UNTIL_BACK,
  L_IN_TRANSIT,
  L_LOST,
  L_MESSAGES,
  L_NETWORK,
  L_QUEUEING,
  L_SENDING,
  L_SENDING_BACK,
  LINK_BANDWIDTH,
  LINK_DELAY,
  LINK_FAULT,
  LINK_LOSS,
  LINK_PASSAGE,
  LINK_STATS,
  LINK_TIMEOUT,
  OP_BITS,
  OP_DELIVER,
  OP_LOST,
  OP_REPLY,
  OP_TIMEOUT,
  REASON_LINK_FULL,
  REASON_LINK_LOST,
  T_TIME,
} from './layout';
import type { Sampler } from './plan';

/** Messages on links that take time or can fail. A message's whole passage is one event: a FIFO transmitter needs no more. */
export interface Transit {
  /** Puts a request on a link. `asCall`: the sender waits for the reply on this link, so that its timeout applies. True: it is there at once. */
  request(frame: number, link: number, asCall: boolean): boolean;
  /** Says how large the next request of the first operation on a link is, in bytes: for links whose messages differ. */
  sized(link: number, bytes: number): void;
  /** Puts the reply to a call on its link. */
  reply(frame: number, link: number): void;
  /** Delivers a request at this very instant, but as an event of its own. */
  later(frame: number, link: number): void;
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
  const { records, times, links, plan } = core;
  const { clock, insert } = core.list;
  /** Makes a record's event pending. The instant goes through memory: as an argument of a call that is not inlined it would be boxed. */
  const schedule = (id: number, at: number, word: number): void => {
    times[(id >> 1) + T_TIME] = at;
    insert(id, word);
  };
  const { draw, add } = core.variates;
  const operationCount = plan.operations.length;
  const linkCount = plan.links.length;
  // Two directions of a link stand side by side: 2 * link and 2 * link + 1.
  const latency = new Int32Array(2 * linkCount).fill(-1);
  const jitter = new Int32Array(2 * linkCount).fill(-1);
  const loss = new Int32Array(2 * linkCount).fill(-1);
  const jitterNs = Float64Array.from(plan.links, (link) => link.jitter);
  const lossShare = Float64Array.from(plan.links, (link) => link.loss);
  const nsPerByte = Float64Array.from(plan.links, (link) => link.nsPerByte);
  const bufferBytes = Float64Array.from(plan.links, (link) => link.bufferBytes);
  const detection = Float64Array.from(plan.links, (link) => link.lossDetection);
  const timeout = Float64Array.from(plan.links, (link) => link.timeout);
  /** Faults: read only while LINK_FAULT is set. Their losses are drawn apart, so that those of the link itself stay as they were. */
  const addedNs = new Float64Array(linkCount);
  const faultLoss = new Float64Array(2 * linkCount);
  const faultStream = new Int32Array(2 * linkCount);
  const bytes = new Float64Array(2 * linkCount * operationCount);
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

  /** Sends one message; `word` is the event of its arrival. */
  const send = (frame: number, link: number, direction: number, flags: number, word: number): void => {
    const now = clock[0];
    const l = link * LINK_STATS;
    const way = 2 * link + direction;
    let delay = 0;
    if (flags & LINK_BANDWIDTH) {
      const size = bytes[(link * operationCount + records[frame + C_OPERATION]) * 2 + direction];
      const until = l + (direction === 0 ? L_BUSY_UNTIL : L_BUSY_UNTIL_BACK);
      const backlog = Math.max(0, links[until] - now);
      if (backlog > bufferBytes[link] * nsPerByte[link]) {
        drop(frame, link, REASON_LINK_FULL);
        return;
      }
      const sending = Math.floor(size * nsPerByte[link] + 0.5);
      links[until] = now + backlog + sending;
      links[l + L_QUEUEING] += backlog;
      links[l + (direction === 0 ? L_SENDING : L_SENDING_BACK)] += sending;
      core.queueingCounts[link * BUCKETS + bucketOf(backlog)]++;
      delay = backlog + sending;
    }
    // A lost message has used the transmitter all the same.
    if (flags & LINK_LOSS && draw(loss[way]) < lossShare[link]) {
      drop(frame, link, REASON_LINK_LOST);
      return;
    }
    if (flags & LINK_FAULT) {
      if (faultLoss[way] > 0 && draw(faultStream[way]) < faultLoss[way]) {
        drop(frame, link, REASON_LINK_LOST);
        return;
      }
      delay += addedNs[link];
    }
    if (flags & LINK_DELAY) {
      let propagation = draw(latency[way]);
      if (jitter[way] >= 0) propagation = Math.max(0, propagation + Math.floor((2 * draw(jitter[way]) - 1) * jitterNs[link] + 0.5));
      delay += propagation;
    }
    links[l + L_MESSAGES]++;
    links[l + L_NETWORK] += delay;
    links[l + L_IN_TRANSIT]++;
    core.networkCounts[link * BUCKETS + bucketOf(delay)]++;
    times[(frame >> 1) + T_TIME] = now + delay;
    insert(frame, word);
  };

  /** The message does not arrive: the caller learns of it in a while. */
  const drop = (frame: number, link: number, reason: number): void => {
    links[link * LINK_STATS + L_LOST]++;
    records[frame + C_REASON] = reason;
    schedule(frame, clock[0] + detection[link], OP_LOST | (link << OP_BITS));
  };

  return {
    request(frame, link, asCall) {
      const flags = core.requestFlags[link];
      if (asCall && flags & LINK_TIMEOUT) {
        records[frame + C_TIMER] = 1;
        schedule(core.timeoutBase + frame, clock[0] + timeout[link], OP_TIMEOUT | (frame << OP_BITS));
      }
      if ((flags & LINK_PASSAGE) === 0) return true;
      send(frame, link, 0, flags, OP_DELIVER | (link << OP_BITS));
      return false;
    },
    sized(link, size) {
      bytes[link * operationCount * 2] = size;
    },
    reply(frame, link) {
      send(frame, link, 1, core.replyFlags[link], OP_REPLY | (link << OP_BITS));
    },
    later(frame, link) {
      links[link * LINK_STATS + L_IN_TRANSIT]++;
      schedule(frame, clock[0], OP_DELIVER | (link << OP_BITS));
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

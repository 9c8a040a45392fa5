import { choice, count, distribution, duration, probability } from '../params';

/** Copies of the data at most: one primary and eight followers. */
export const MOST_COPIES = 9;

/** Parameters that matter where there are copies; three first, the least number of which a majority outlives one. */
const copied = { param: 'copies', is: [3, 2, 4, 5, 6, 7, 8, 9] } as const;

/** Copies of a database's data: replication from a primary to followers, reads from them, failover. */
export const replicationParams = {
  copies: count({
    title: 'Copies',
    unit: 'copies',
    group: 'Copies of the data',
    default: 1,
    min: 1,
    max: MOST_COPIES,
    help: 'Instances that each have all the data: one primary, which takes the writes, and followers that repeat them. Each has connections and a queue of its own.',
    provenance: 'One, so that having copies is a thing you do.',
  }),
  replication: choice({
    title: 'Replication',
    group: 'Copies of the data',
    default: 'asynchronous',
    choices: [
      { value: 'asynchronous', title: 'asynchronous', help: 'A write is acknowledged as soon as the primary has it; followers get it later.' },
      {
        value: 'semi-synchronous',
        title: 'semi-synchronous',
        help: 'A write is acknowledged when one follower has it too. Where no follower has been heard from for the failure timeout, the primary goes on alone.',
      },
      {
        value: 'synchronous',
        title: 'synchronous',
        help: 'A write is acknowledged when all followers have it that the primary has heard from within the failure timeout; where there are none, at once.',
      },
      {
        value: 'majority',
        title: 'majority',
        help: 'A write is acknowledged when more than half of all copies have it, the primary included; until then it waits.',
      },
    ],
    help: 'When a write is answered. Its connection is held until then.',
    provenance: 'What MySQL, PostgreSQL and Redis do unless told otherwise.',
    when: copied,
  }),
  readFrom: choice({
    title: 'Reads from',
    group: 'Copies of the data',
    default: 'primary',
    choices: [
      { value: 'primary', title: 'the primary', help: 'Reads see every acknowledged write; followers only stand by.' },
      { value: 'any', title: 'any copy', help: 'Each read goes to a copy at random, the primary included; it may be stale.' },
      { value: 'followers', title: 'followers', help: 'Each read goes to a follower at random; it may be stale. Without a follower it goes to the primary.' },
    ],
    help: 'Which copy answers a read.',
    provenance: 'The primary: no stale reads until you allow them.',
    when: copied,
  }),
  copyDelay: distribution({
    title: 'Delay between copies',
    group: 'Copies of the data',
    default: { type: 'fit', p50Ms: 0.5, p99Ms: 2 },
    help: 'Time of a message from one copy to another, one way: writes, acknowledgements, heartbeats, votes. Writes do not overtake each other.',
    provenance: 'Two zones of one region are of the order of half a millisecond apart.',
    when: copied,
  }),
  applyShare: probability({
    title: 'Work of applying a write',
    group: 'Copies of the data',
    default: 0.25,
    help: 'Time that a follower needs for a write, as a share of what it took at the primary. A follower applies one write after the other, on one of its connections.',
    provenance: 'An estimate: the change is applied as it stands in the log, without parsing, planning or checks.',
    when: copied,
  }),
  failover: choice({
    title: 'Failover',
    group: 'Failover',
    default: 'automatic',
    choices: [
      { value: 'automatic', title: 'automatic', help: 'Followers that miss the primary elect another one; more than half of all copies must agree (Raft).' },
      { value: 'none', title: 'none', help: 'The primary stays the primary, up or not.' },
    ],
    help: 'What happens when the primary is gone.',
    provenance: 'What managed databases do.',
    when: copied,
  }),
  heartbeatMs: duration({
    title: 'Heartbeat',
    group: 'Failover',
    default: 1000,
    min: 0.1,
    help: 'Time between two messages by which the primary tells each follower that it is there.',
    provenance: 'A tenth of the failure timeout. MongoDB sends one every 2 s.',
    when: copied,
  }),
  failureTimeoutMs: duration({
    title: 'Failure timeout',
    group: 'Failover',
    default: 10_000,
    min: 0.1,
    help: 'A follower that has not heard from the primary for this long, plus its random part, suspects that it is gone and stands for election.',
    provenance: 'Default of MongoDB’s election timeout: 10 s. Raft’s paper uses 150 to 300 ms in one data centre.',
    when: copied,
  }),
  timeoutSpreadMs: duration({
    title: 'Random part of the timeout',
    group: 'Failover',
    default: 1500,
    help: 'Each time a follower waits for up to this much longer, at random, so that two of them seldom stand at once and split the votes.',
    provenance: 'Default of MongoDB: up to 15 % of the election timeout. Raft’s paper doubles the timeout (D. Ongaro, J. Ousterhout, 2014).',
    when: copied,
  }),
} as const;

import { growthParams } from '../growth';
import { machineParams } from '../machine-params';
import { choice, count, distribution, list, optional, text } from '../params';
import { coldStartParams, failureShareParam, LINE_DISCIPLINES, limiterParams, patienceParam, sheddingParams } from './protection-params';
import { scalingParams } from './scaling-params';

/** The order in which a station serves; shared by every kind that has a queue. */
export const disciplineChoices = [
  { value: 'fifo', title: 'FIFO', help: 'First in, first out.' },
  { value: 'lifo', title: 'LIFO', help: 'Last in, first out; service is not interrupted.' },
  { value: 'lifo-preemptive', title: 'LIFO, preemptive', help: 'The newest request is served at once; the one interrupted resumes later.' },
  { value: 'processor-sharing', title: 'processor sharing', help: 'All requests are served together at an equal share of the servers; nobody queues.' },
  { value: 'priority', title: 'priority', help: 'Most urgent first, FIFO within a level; service is not interrupted.' },
  { value: 'priority-preemptive', title: 'priority, preemptive', help: 'A more urgent request interrupts a less urgent one, which resumes later.' },
  { value: 'shortest-job', title: 'shortest job first', help: 'The smallest service demand first; service is not interrupted.' },
  { value: 'shortest-remaining', title: 'shortest remaining first', help: 'The smallest remaining demand first, interrupting if need be (SRPT).' },
] as const;

/** Parameters of a service: replicas of a station that may call other parts. */
export const serviceParams = {
  replicas: count({
    title: 'Replicas',
    unit: 'replicas',
    group: 'Instances',
    default: 1,
    min: 1,
    max: 10_000,
    help: 'Identical copies, each with a queue of its own.',
    provenance: 'One, so that scaling out is a thing you do.',
  }),
  servers: count({
    title: 'Servers per replica',
    unit: 'servers',
    group: 'Instances',
    default: 1,
    min: 1,
    max: 1_000_000,
    help: 'Requests that one replica serves at the same time, from one shared queue.',
    provenance: 'One worker: the M/M/1 of the textbooks.',
    when: [
      { param: 'machine', is: [null] },
      { param: 'concurrency', is: ['servers', 'threads'] },
    ],
  }),
  required: count({
    title: 'Required replicas',
    unit: 'replicas',
    group: 'Instances',
    default: 1,
    min: 1,
    max: 10_000,
    help: 'Replicas that must be up for the service to serve at all: with fewer, every request is refused as "component down".',
    provenance: 'One: replicas stand in for each other.',
  }),
  ...machineParams,
  spread: choice({
    title: 'Spread over replicas',
    group: 'Instances',
    default: 'round-robin',
    choices: [
      { value: 'round-robin', title: 'round robin', help: 'Each replica in turn.' },
      { value: 'random', title: 'random', help: 'Any replica with equal chance.' },
      { value: 'first', title: 'first replica only', help: 'All to the first replica: what happens without any balancing.' },
    ],
    help: 'Which replica a request goes to when it does not come through a load balancer. A load balancer sees the replicas itself and chooses.',
    provenance: 'What a service name that resolves to several addresses usually gives.',
  }),
  serviceTime: distribution({
    title: 'Service time',
    group: 'Work',
    default: { type: 'fit', p50Ms: 5, p99Ms: 25 },
    help: 'Time that one request occupies a server, calls to other parts apart.',
    provenance: 'Median 5 ms and a tail five times that: a light web handler, of which one server does about 150 per second.',
  }),
  perOperation: list({
    title: 'Service time by operation',
    rowTitle: 'operation',
    group: 'Work',
    fields: {
      operation: text({ title: 'Operation', group: '', default: 'view', maxLength: 60, help: 'Name of the operation.', provenance: '' }),
      serviceTime: distribution({
        title: 'Service time',
        group: '',
        default: { type: 'exponential', meanMs: 10 },
        help: 'Service time of this operation.',
        provenance: '',
      }),
    },
    default: [],
    maxRows: 64,
    help: 'Operations that take another time than the others.',
    provenance: 'All operations take the same time until you say otherwise.',
  }),
  ...growthParams,
  failureShare: failureShareParam,
  concurrency: choice({
    title: 'Concurrency',
    group: 'Concurrency',
    default: 'servers',
    choices: [
      { value: 'servers', title: 'servers', help: 'Each server works on one request at a time.' },
      {
        value: 'threads',
        title: 'threads',
        help: 'Each request has a thread from its start to its reply; threads share the cores, and one that waits for a reply uses none.',
      },
      { value: 'event-loop', title: 'event loop', help: 'One core; calls are asynchronous and hold nothing.' },
      { value: 'actor', title: 'actor', help: 'One message at a time: the next one begins when the reply is out.' },
    ],
    help: 'How a replica works on several requests at once.',
    provenance: 'Servers, as in queueing theory.',
    when: { param: 'discipline', is: LINE_DISCIPLINES },
  }),
  threads: count({
    title: 'Threads per replica',
    unit: 'threads',
    group: 'Concurrency',
    default: 200,
    min: 1,
    max: 1_000_000,
    help: 'Requests that may have a thread at the same time; others wait in the queue.',
    provenance: 'Default of Apache Tomcat.',
    when: [
      { param: 'concurrency', is: ['threads'] },
      { param: 'discipline', is: LINE_DISCIPLINES },
    ],
  }),
  discipline: choice({
    title: 'Discipline',
    group: 'Queue',
    default: 'fifo',
    choices: disciplineChoices,
    help: 'The order in which waiting requests are served.',
    provenance: 'First come, first served is what a plain queue does.',
  }),
  queueLimit: optional(
    count({
      title: 'Queue limit',
      unit: 'requests',
      group: 'Queue',
      default: 200,
      min: 0,
      help: 'Requests that may wait at one replica; a further one is refused. Under processor sharing: requests beyond the number of servers that may share them.',
      provenance: 'Unlimited, so that overload shows as waiting first.',
    }),
    'unlimited',
  ),
  patience: {
    ...patienceParam,
    when: { param: 'discipline', is: disciplineChoices.map(({ value }) => value).filter((value) => value !== 'processor-sharing') },
  },
  calls: choice({
    title: 'Calls its links',
    group: 'Calls',
    default: 'sequence',
    choices: [
      { value: 'sequence', title: 'in sequence', help: 'One after the other, in the order of the links.' },
      { value: 'parallel', title: 'in parallel', help: 'All at once; the request goes on when enough have answered.' },
    ],
    help: 'How the outgoing links in mode "call" are called after the service time.',
    provenance: 'Code that calls one thing after another is the common case.',
  }),
  waitFor: optional(
    count({
      title: 'Wait for',
      unit: 'replies',
      group: 'Calls',
      default: 1,
      min: 1,
      max: 10_000,
      help: 'Number of replies to wait for when calling in parallel; later ones are ignored.',
      provenance: 'All of them.',
      when: { param: 'calls', is: ['parallel'] },
    }),
    'all',
  ),
  whileCalling: choice({
    title: 'While calling',
    group: 'Calls',
    default: 'release',
    choices: [
      { value: 'release', title: 'release the server', help: 'Asynchronous: the server serves others while the call is under way.' },
      { value: 'hold', title: 'hold the server', help: 'A thread for each request: the server is occupied until the calls are answered.' },
    ],
    help: 'Whether a server stays occupied while it waits for the replies of other parts.',
    provenance: 'Servers stand for processor cores by default, and a waiting request uses no core.',
    when: [
      { param: 'discipline', is: LINE_DISCIPLINES },
      { param: 'concurrency', is: ['servers'] },
    ],
  }),
  ...limiterParams,
  ...sheddingParams,
  ...coldStartParams,
  ...scalingParams,
} as const;

import { choice, count } from '../params';

/** Parameters of a load balancer over the instances behind its links. */
export const loadBalancerParams = {
  algorithm: choice({
    title: 'Algorithm',
    group: 'Balancing',
    default: 'round-robin',
    choices: [
      { value: 'random', title: 'random', help: 'Any target with equal chance.' },
      { value: 'round-robin', title: 'round robin', help: 'Each target in turn.' },
      { value: 'least-connections', title: 'least connections', help: 'The target with the fewest requests under way; ties at random.' },
      { value: 'power-of-d', title: 'power of d choices', help: 'The least loaded of d targets drawn at random; the first drawn on a tie.' },
    ],
    help: 'How a target is chosen for each request. The targets are all replicas of all linked parts.',
    provenance: 'Round robin is the default of most balancers.',
  }),
  choices: count({
    title: 'Choices',
    unit: 'targets',
    group: 'Balancing',
    default: 2,
    min: 1,
    max: 64,
    help: 'How many distinct targets are drawn before the least loaded of them is taken.',
    provenance: 'Two choices give most of the gain (M. Mitzenmacher, 2001).',
    when: { param: 'algorithm', is: ['power-of-d'] },
  }),
  knows: choice({
    title: 'Knows of its targets',
    group: 'Balancing',
    default: 'own-counts',
    choices: [
      { value: 'own-counts', title: 'its own counts', help: 'Requests that this balancer has sent and not yet seen answered.' },
      { value: 'live', title: 'live queue lengths', help: 'Requests present at each target at this instant: perfect knowledge, as theory assumes it.' },
    ],
    help: 'What the balancer compares its targets by.',
    provenance: 'A real balancer knows only what it has sent.',
    when: { param: 'algorithm', is: ['least-connections', 'power-of-d'] },
  }),
  replies: choice({
    title: 'Replies',
    group: 'Balancing',
    default: 'proxy',
    choices: [
      { value: 'proxy', title: 'through the balancer', help: 'The reply comes back over the same links.' },
      { value: 'direct', title: 'straight to the caller', help: 'The target answers the caller itself (direct server return).' },
    ],
    help: 'The way back of a reply.',
    provenance: 'A layer 7 proxy is the common case.',
  }),
} as const;

import { describe, expect, it } from 'vitest';
import { compile } from '../../compile/compile';
import type { Project } from '../../project/project';
import { type LinkSpec, type Params, type PartSpec, smallProject } from '../../project/small-project';
import { simulate } from '../../run/simulate';
import { planExperiment } from './experiment';
import { type SinglePoint, singlePoints } from './single-points';

const quick: Params = { servers: 50, serviceTime: { type: 'constant', valueMs: 1 } };

function pointsOf(parts: readonly PartSpec[], links: readonly LinkSpec[]): { readonly project: Project; readonly points: readonly SinglePoint[] } {
  const base = smallProject(parts, links, { ratePerS: 200 });
  const project: Project = { ...base, settings: { ...base.settings, durationMs: 6000, warmUpMs: 0 } };
  const plan = compile(project, 'design');
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return { project, points: singlePoints(plan.value) };
}

/** Share of the requests that really fail while the first instance of a part is down: it is for a third of the time. */
function simulated(project: Project, componentId: string): number {
  const [design] = project.designs;
  if (design === undefined) throw new Error('The project has a design');
  const candidate = { goal: 'safer', title: '', why: '', recordId: componentId, changes: [], crash: { componentId, instance: 0 } } as const;
  const experiment = planExperiment(project, design, [candidate], 1);
  const result = simulate(experiment.project, experiment.variants[1]?.designId ?? '');
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return (result.value.endToEnd.metrics.failureShare ?? 0) * 3;
}

const cases: readonly (readonly [string, readonly PartSpec[], readonly LinkSpec[], Readonly<Record<string, readonly ['stops' | 'degrades', number]>>])[] = [
  [
    'a chain of single parts: each of them',
    [
      ['users', 'client'],
      ['web', 'service', quick],
      ['store', 'database', { connections: 50 }],
    ],
    [
      ['users', 'web'],
      ['web', 'store', { probability: 0.4 }],
    ],
    { web: ['stops', 1], store: ['stops', 0.4] },
  ],
  [
    'replicas without anybody who takes one out: a share of the requests',
    [
      ['users', 'client'],
      ['web', 'service', { ...quick, replicas: 4 }],
    ],
    [['users', 'web']],
    { web: ['degrades', 0.25] },
  ],
  [
    'replicas of which all are required',
    [
      ['users', 'client'],
      ['web', 'service', { ...quick, replicas: 3, required: 3 }],
    ],
    [['users', 'web']],
    { web: ['stops', 1] },
  ],
  [
    'a single balancer over targets that it checks',
    [
      ['users', 'client'],
      ['front', 'load-balancer', { takesOut: 'both', checkIntervalMs: 20, checkTimeoutMs: 10, ejectAfter: 1 }],
      ['web', 'service', { ...quick, replicas: 3 }],
    ],
    [
      ['users', 'front'],
      ['front', 'web'],
    ],
    { front: ['stops', 1] },
  ],
  [
    'a pair of balancers over separate targets that they do not check',
    [
      ['users', 'client'],
      ['front', 'load-balancer', { instances: 2, spread: 'active-passive', failoverMs: 1 }],
      ['left', 'service', quick],
      ['right', 'service', quick],
    ],
    [
      ['users', 'front'],
      ['front', 'left'],
      ['front', 'right'],
    ],
    { left: ['degrades', 0.5], right: ['degrades', 0.5] },
  ],
  [
    'two of three parallel calls are enough, a fallback stands in, and what is called alone does not',
    [
      ['users', 'client'],
      ['web', 'service', { ...quick, replicas: 1, calls: 'parallel', waitFor: 2 }],
      ['one', 'service', quick],
      ['two', 'service', quick],
      ['three', 'service', { ...quick, calls: 'sequence' }],
      ['hints', 'service', quick],
    ],
    [
      ['users', 'web'],
      ['web', 'one'],
      ['web', 'two'],
      ['web', 'three'],
      ['three', 'hints', { fallback: true }],
    ],
    { web: ['stops', 1] },
  ],
  [
    'refused calls that are tried again find the other replica',
    [
      ['users', 'client'],
      ['web', 'service', { ...quick, replicas: 2 }],
    ],
    [['users', 'web', { retries: 'backoff', attempts: 8, backoffBaseMs: 1 }]],
    { web: ['degrades', 1 / 256] },
  ],
];

describe('singlePoints', () => {
  it.each(cases)('finds %s, and a simulated crash agrees', (_, parts, links, expected) => {
    const { project, points } = pointsOf(parts, links);
    expect(Object.fromEntries(points.map(({ componentId, effect }) => [componentId, effect]))).toEqual(
      Object.fromEntries(Object.entries(expected).map(([id, [effect]]) => [id, effect])),
    );
    for (const { componentId, share } of points) expect(share, componentId).toBeCloseTo(expected[componentId]?.[1] ?? -1, 6);
    for (const [id, kind] of parts) {
      if (kind === 'client') continue;
      // Where requests take turns, tries after each other are luckier than chance: 2 points of room.
      expect(Math.abs(simulated(project, id) - (expected[id]?.[1] ?? 0)), id).toBeLessThan(0.045);
    }
  });

  it('names the clients and operations that a crash concerns, worst first', () => {
    const { points } = pointsOf(
      [
        ['users', 'client'],
        ['web', 'service', quick],
        ['store', 'database', {}],
      ],
      [
        ['users', 'web'],
        ['web', 'store', { probability: 0.4 }],
      ],
    );
    expect(points.map(({ componentId }) => componentId)).toEqual(['web', 'store']);
    expect(points[0]?.clients).toEqual([{ id: 'users', name: 'USERS', operations: ['view'], share: 1 }]);
  });
});

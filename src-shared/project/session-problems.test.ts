import { expect, test } from 'vitest';
import { designProblems } from './problems';
import { emptyProject, type Project } from './project';

/** Clients, a service that calls a balancer, and a target behind it. */
function projectOf(sessions: number | null, balancer: Record<string, unknown>): Project {
  const empty = emptyProject('Sessions');
  const link = (id: string, from: string, to: string) => ({ id, from, to, params: {} });
  return {
    ...empty,
    workloads: [{ id: 'load', name: 'Load', params: { sessions } }],
    designs: [
      {
        id: 'd',
        name: 'D',
        components: [
          { id: 'c', kind: 'client', name: 'Clients', workload: 'load', params: {} },
          { id: 's', kind: 'service', name: 'Front', params: { servers: 10 } },
          { id: 'b', kind: 'load-balancer', name: 'Balancer', params: balancer },
          { id: 't', kind: 'service', name: 'Target', params: { servers: 10 } },
        ],
        links: [link('l1', 'c', 's'), link('l2', 's', 'b'), link('l3', 'b', 't')],
        faults: [],
        notes: [],
      },
    ],
  };
}
const codes = (sessions: number | null, balancer: Record<string, unknown>): string[] =>
  designProblems(projectOf(sessions, balancer), 'd').map(({ code }) => code);

test('a balancer that goes by sessions wants clients that have some, however far away', () => {
  expect(codes(null, { algorithm: 'ip-hash' })).toEqual(['no-sessions']);
  expect(codes(null, { affinityMs: 1000 })).toEqual(['no-sessions']);
  expect(codes(10, { algorithm: 'ip-hash', affinityMs: 1000 })).toEqual([]);
  expect(codes(null, { algorithm: 'round-robin' })).toEqual([]);
});

import { expect, test } from 'vitest';
import { componentSummary } from './component-summary';
import { smallProject } from './small-project';

const linesOf = (project: ReturnType<typeof smallProject>): string[] => (project.designs[0]?.components ?? []).map((part) => componentSummary(project, part));

test('a line names the machine, the kind of concurrency, and what cannot be said', () => {
  const project = smallProject(
    [
      ['big', 'service', { machine: 'vcpu-96' }],
      ['loop', 'service', { concurrency: 'event-loop', servers: 8 }],
      ['odd', 'service', { serviceTime: null }],
      ['other', 'teapot'],
    ],
    [],
  );
  const [big, loop, odd, other] = linesOf(project);
  expect(big).toMatch(/^1 × 96 vCPU · /);
  expect(loop).toMatch(/^1 × event loop · /);
  expect(odd).toBe('some values cannot be read');
  expect(other).toBe('a kind that this version does not know');
});

test('another name in the ladder changes the line', () => {
  const project = smallProject([['big', 'service', { machine: 'vcpu-96' }]], []);
  expect(linesOf(project)[0]).toMatch(/^1 × 96 vCPU/);
  const renamed = { ...project, machines: project.machines.map((machine) => ({ ...machine, name: `Rack ${machine.vcpus}` })) };
  expect(linesOf(renamed)[0]).toMatch(/^1 × Rack 96/);
});

import { describe, expect, it } from 'vitest';
import { smallProject } from '../project/small-project';
import type { FromBatch } from '../protocol/batch-messages';
import { serveBatch } from './batch';
import { simulate } from './simulate';

const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { serviceTime: { type: 'exponential', meanMs: 10 } }],
  ],
  [['users', 'web']],
  { ratePerS: 50 },
);
const project = { ...base, settings: { ...base.settings, durationMs: 20_000, warmUpMs: 1000, replications: 3 } };

function answers(message: unknown): readonly FromBatch[] {
  const sent: FromBatch[] = [];
  serveBatch(message, (answer) => sent.push(answer));
  return sent;
}

/** Goal: what the page relies on when designs run in the background. Method: real messages to the real engine. */
describe('serveBatch', () => {
  it('gives the result of an ordinary run, with the values of each replication', () => {
    const ordinary = simulate(project, 'design');
    const last = answers({ type: 'run', jobId: 7, project, designId: 'design', changes: [] }).at(-1);
    if (last?.type !== 'done' || !ordinary.ok) throw new Error('the run ends');
    expect(last.jobId).toBe(7);
    expect(last.result).toEqual(ordinary.value);
    expect(last.samples.rows.find((row) => row.scope === 'end-to-end')?.values.latencyMeanMs).toHaveLength(3);
  });

  it('tells of its progress, which grows to the end', () => {
    const shares = answers({ type: 'run', jobId: 1, project, designId: 'design', changes: [] }).flatMap((answer) =>
      answer.type === 'progress' ? [answer.share] : [],
    );
    expect(shares.length).toBeGreaterThanOrEqual(2);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it('makes the changes of the job, and refuses one that cannot be made', () => {
    const done = answers({ type: 'run', jobId: 1, project, designId: 'design', changes: ['web.serviceTime.meanMs=5'] }).at(-1);
    if (done?.type !== 'done') throw new Error('the run ends');
    expect(done.result.components.find(({ id }) => id === 'web')?.metrics.serviceMeanMs).toBeCloseTo(5, 0);
    const refused = answers({ type: 'run', jobId: 2, project, designId: 'design', changes: ['web.colour=red'] });
    expect(refused).toMatchObject([{ type: 'refused', jobId: 2, problems: [{ severity: 'error', code: 'impossible-change' }] }]);
  });

  it('refuses a design with errors, and a message that cannot be read where somebody waits for the answer', () => {
    const broken = { ...project, designs: project.designs.map((design) => ({ ...design, links: [] })) };
    expect(answers({ type: 'run', jobId: 3, project: broken, designId: 'design', changes: [] })).toMatchObject([{ type: 'refused', jobId: 3 }]);
    expect(answers({ type: 'run', jobId: 4, project: { name: 'nothing' }, designId: 'design', changes: [] })).toMatchObject([
      { type: 'refused', jobId: 4, problems: [{ code: 'unreadable-start' }] },
    ]);
    expect(answers('hello')).toEqual([]);
  });
});

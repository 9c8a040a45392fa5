import { describe, expect, it } from 'vitest';
import { smallProject } from '../../src-shared/project/small-project';
import type { FromBatch, ToBatch } from '../../src-shared/protocol/batch-messages';
import { batchRunner } from './batch';

interface Fake {
  readonly posted: ToBatch[];
  readonly say: (message: FromBatch) => void;
  readonly fail: (why: string) => void;
  closed: boolean;
}

const project = smallProject([['users', 'client']], []);
const jobs = ['a', 'b', 'c'].map((designId) => ({ designId, changes: [] }));
const found = (jobId: number): FromBatch => ({ type: 'done', jobId, result: { name: `result ${jobId}` }, samples: { rows: [] } }) as unknown as FromBatch;

/** Starts a batch with workers that the test speaks for. */
function bench(threads: number) {
  const workers: Fake[] = [];
  const shares: number[] = [];
  const abort = new AbortController();
  const run = batchRunner((say, fail) => {
    const fake: Fake = { posted: [], say, fail, closed: false };
    workers.push(fake);
    return {
      post: (message) => fake.posted.push(message),
      close: () => {
        fake.closed = true;
      },
    };
  }, threads);
  const outcome = run(project, jobs, (share) => shares.push(share), abort.signal);
  return { workers, shares, abort, outcome };
}

describe('batchRunner', () => {
  it('gives each worker its next job and puts the runs into the order of the jobs', async () => {
    const { workers, shares, outcome } = bench(2);
    const [first, second] = workers as [Fake, Fake];
    expect(workers).toHaveLength(2);
    second.say(found(1));
    expect(second.posted.map(({ jobId, designId }) => [jobId, designId])).toEqual([
      [1, 'b'],
      [2, 'c'],
    ]);
    second.say(found(2));
    first.say({ type: 'progress', jobId: 0, share: 0.5 });
    expect(shares.at(-1)).toBeCloseTo(2.5 / 3, 12);
    first.say(found(0));
    expect(await outcome).toMatchObject({
      outcome: 'done',
      runs: [{ result: { name: 'result 0' } }, { result: { name: 'result 1' } }, { result: { name: 'result 2' } }],
    });
    expect(workers.every(({ closed }) => closed)).toBe(true);
  });

  it('ends every worker when it is cancelled, and hears no more of them', async () => {
    const { workers, shares, abort, outcome } = bench(4);
    expect(workers).toHaveLength(3);
    abort.abort();
    expect(await outcome).toEqual({ outcome: 'cancelled' });
    expect(workers.every(({ closed }) => closed)).toBe(true);
    workers[0]?.say({ type: 'progress', jobId: 0, share: 1 });
    expect(shares).toEqual([]);
  });

  it('ends with the first refusal, and with a worker that dies', async () => {
    const refused = bench(2);
    refused.workers[1]?.say({ type: 'refused', jobId: 1, problems: [] });
    expect(await refused.outcome).toEqual({ outcome: 'refused', job: 1, problems: [] });
    expect(refused.workers[0]?.closed).toBe(true);
    const died = bench(1);
    died.workers[0]?.fail('out of memory');
    expect(await died.outcome).toEqual({ outcome: 'failed', why: 'out of memory' });
  });
});

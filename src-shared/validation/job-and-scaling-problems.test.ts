import { describe, expect, test } from 'vitest';
import { designProblems } from '../project/problems';
import type { ServiceValues } from './draft';
import { DESIGN_ID, draft } from './draft';

/** Goal: what cannot work, or does not do what it seems to, is a named problem on its part before the run. */
type Values = Readonly<Record<string, unknown>>;
const codes = (build: (parts: ReturnType<typeof draft>) => void): string[] => {
  const parts = draft('Problems');
  parts.client('clients', { ratePerS: 10 });
  build(parts);
  return designProblems(parts.build({ durationMs: 1000, warmUpMs: 0 }), DESIGN_ID).map(({ severity, code, path }) =>
    `${severity} ${code} ${path ?? ''}`.trim(),
  );
};

describe('autoscalers', () => {
  const scaled = (values: ServiceValues) =>
    codes((parts) => {
      parts.service('service', { autoscaler: 'utilisation', ...values });
      parts.link('clients', 'service');
    });
  test('the defaults are in order, and an autoscaler that is off is not looked at', () => {
    expect(scaled({})).toEqual([]);
    expect(scaled({ autoscaler: 'off', minimumReplicas: 9, maximumReplicas: 3 })).toEqual([]);
  });
  test.each<[ServiceValues, string]>([
    [{ minimumReplicas: 9, maximumReplicas: 3 }, 'error minimum-above-maximum params.minimumReplicas'],
    [{ replicas: 11 }, 'error replicas-outside-scaling params.replicas'],
    [{ replicas: 1, minimumReplicas: 2 }, 'error replicas-outside-scaling params.replicas'],
    [{ spread: 'first' }, 'warning scaling-without-spread params.spread'],
    [{ targetUtilisation: 1 }, 'warning target-never-exceeded params.targetUtilisation'],
    [{ autoscaler: 'schedule' }, 'warning schedule-empty params.schedule'],
    [{ autoscaler: 'schedule', schedule: [{ atMs: 5, instances: 11 }] }, 'warning schedule-outside-scaling params.schedule[0].instances'],
    [
      {
        autoscaler: 'schedule',
        schedule: [
          { atMs: 5, instances: 2 },
          { atMs: 5, instances: 3 },
        ],
      },
      'error schedule-repeats params.schedule',
    ],
    [{ startUp: { type: 'request' } }, 'error no-request-here params.startUp'],
  ])('%j: %s', (values, problem) => {
    expect(scaled(values)).toContain(problem);
  });
});

describe('jobs', () => {
  const jobs = (values: Values, workers: readonly ServiceValues[] = [{ serviceTime: { type: 'request' } }]) =>
    codes((parts) => {
      parts.part('job', 'job', { serialTime: { type: 'constant', valueMs: 1 }, ...values });
      parts.link('clients', 'job');
      for (const [index, its] of workers.entries()) {
        parts.service(`worker-${index}`, its);
        parts.link('job', `worker-${index}`);
      }
    });
  test('the defaults are in order', () => {
    expect(jobs({})).toEqual([]);
    expect(jobs({ work: 'workers', tasks: 1 }, [{}])).toEqual([]);
  });
  test.each<[Values, readonly ServiceValues[] | undefined, string]>([
    [{ waitFor: 9 }, undefined, 'error wait-for-too-many params.waitFor'],
    [{ tasksAtOnce: 9 }, undefined, 'warning at-once-above-tasks params.tasksAtOnce'],
    [{}, [], 'warning no-workers'],
    [{ tasks: 1, work: 'workers' }, [{}, {}], 'warning fewer-tasks-than-links params.tasks'],
    // With a second stage the last link is not one of the first: one task for one link.
    [{ tasks: 1, second: 'reduce' }, [{}, {}], 'warning work-not-looked-at params.work'],
    [{}, [{}], 'warning work-not-looked-at params.work'],
    [{ work: 'workers' }, [{ serviceTime: { type: 'constant', valueMs: 20 } }], 'warning overloaded'],
    [{ shuffle: { type: 'request' }, second: 'reduce' }, undefined, 'error no-request-here params.shuffle'],
  ])('%j before %j: %s', (values, workers, problem) => {
    expect(jobs(values, workers)).toContain(problem);
  });

  test('a job that calls itself by way of its workers is a circle of calls', () => {
    const found = codes((parts) => {
      parts.part('job', 'job', {});
      parts.service('worker', { serviceTime: { type: 'request' } });
      parts.link('clients', 'job');
      parts.link('job', 'worker');
      parts.link('worker', 'job');
    });
    expect(found).toContain('error call-cycle');
  });
});

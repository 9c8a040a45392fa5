import { describeDistribution } from '../describe-distribution';
import { distributionProblems } from '../distribution-problems';
import type { KindProblem } from '../kind';
import { defineKind } from '../kind';
import { copiesOf, lowerJob } from './job-behaviour';
import { jobManual } from './job-manual';
import { jobParams } from './job-params';

/** A computation that is split into tasks for the workers behind its links. */
export const job = defineKind({
  id: 'job',
  title: 'Job',
  version: 1,
  group: 'Compute',
  help: 'A computation that a request starts: a serial part, then tasks for the workers behind its links, in rounds or as map and reduce.',
  manual: jobManual,
  ports: { in: true, out: true },
  telemetry: 'reports',
  params: jobParams,
  stored: 'component',
  migrations: [],
  look: {
    icon: 'M12 3v5M12 8l-7 4M12 8v4M12 8l7 4M3 12h4v4h-4zM10 12h4v4h-4zM17 12h4v4h-4zM5 16l7 5l7 -5M12 16v5',
    accent: 'compute',
    badges: ['throughput', 'latencyP95Ms', 'inFlight'],
  },
  summary: (values) =>
    `${values.rounds > 1 ? `${values.rounds} × ` : ''}${values.tasks} tasks${values.second === 'reduce' ? ` + ${values.reduceTasks}` : ''} · serial ${describeDistribution(values.serialTime)}`,
  problems: (values, { outgoing }) => {
    const problems: KindProblem[] = [
      ...distributionProblems(values.serialTime, 'serialTime'),
      ...distributionProblems(values.barrier, 'barrier', 'forbid-request'),
      ...(values.work === 'each' ? distributionProblems(values.taskWork, 'taskWork', 'forbid-request') : []),
      ...(values.second === 'reduce'
        ? [...distributionProblems(values.shuffle, 'shuffle', 'forbid-request'), ...distributionProblems(values.reduceWork, 'reduceWork', 'forbid-request')]
        : []),
    ];
    const add = (severity: KindProblem['severity'], code: string, path: string | undefined, message: string, remedy: string): void => {
      problems.push({ severity, code, ...(path === undefined ? {} : { path }), message, remedy });
    };
    if (outgoing.length === 0)
      add(
        'warning',
        'no-workers',
        undefined,
        'The job has no workers, so that it does its serial part only.',
        'Connect its output to a service or a load balancer.',
      );
    if (values.waitFor !== null && values.waitFor > values.tasks)
      add(
        'error',
        'wait-for-too-many',
        'waitFor',
        `The job waits for ${values.waitFor} results of ${values.tasks} tasks.`,
        'Wait for fewer results, or send more tasks.',
      );
    const links = values.second === 'reduce' && outgoing.length > 1 ? outgoing.length - 1 : outgoing.length;
    if (values.tasks < links)
      add(
        'warning',
        'fewer-tasks-than-links',
        'tasks',
        `With ${values.tasks} tasks for ${links} links some workers never get any.`,
        'Send more tasks, or remove links.',
      );
    if (values.tasksAtOnce !== null && values.tasksAtOnce > values.tasks)
      add(
        'warning',
        'at-once-above-tasks',
        'tasksAtOnce',
        `There are never ${values.tasksAtOnce} tasks to send: a round has ${values.tasks}.`,
        'Lower the number at once, or send more tasks.',
      );
    return problems;
  },
  estimate: {
    capacity: (values) => ({ instances: 1, servers: values.jobsAtOnce }),
    // How long a job keeps its server depends on its workers.
    meanMs: () => null,
    sends: () => 'by-probability',
    copies: (values, place, links) => {
      const { tasks, reduceTasks } = copiesOf(values, place, links);
      return tasks * values.rounds + reduceTasks;
    },
  },
  lower: lowerJob,
});

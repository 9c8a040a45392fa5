import type { Sampler, Stage, StationCall } from '../../engine/plan';
import type { LoweringContext } from '../lowering';
import { NS_PER_MS, samplerOf } from '../lowering';
import type { ParamValues } from '../params';
import type { jobParams } from './job-params';

/** The values of a job. */
export type JobValues = ParamValues<typeof jobParams>;

/** Copies of a call that one job makes over its link number `place` of `links`, in its first and in its second stage: the first goes by turns, the second over the last link. */
export function copiesOf(values: JobValues, place: number, links: number): { readonly tasks: number; readonly reduceTasks: number } {
  const reduces = values.second === 'reduce' && place === links - 1;
  const first = values.second === 'reduce' && links > 1 ? links - 1 : links;
  const tasks = place >= first ? 0 : Math.floor(values.tasks / first) + (place < values.tasks % first ? 1 : 0);
  return { tasks, reduceTasks: reduces ? values.reduceTasks : 0 };
}

/** A job is a station that is held while its tasks are under way: by stages, over its links. */
export function lowerJob(values: JobValues, context: LoweringContext): void {
  const links = context.outgoing.length;
  const calls: StationCall[] = [];
  const work = taskWorkOf(values);
  for (const [place, { link }] of context.outgoing.entries()) {
    const { tasks, reduceTasks } = copiesOf(values, place, links);
    if (tasks > 0) calls.push({ link, probability: 1, copies: tasks, stage: 0, ...(work === null ? {} : { work }) });
    if (reduceTasks > 0) calls.push({ link, probability: 1, copies: reduceTasks, stage: 2, work: samplerOf(values.reduceWork) });
  }
  const barrier = samplerOf(values.barrier);
  const stages: Stage[] = [
    {
      waitFor: values.waitFor ?? Infinity,
      atOnce: values.tasksAtOnce ?? Infinity,
      dispatch: Math.floor(values.dispatchMs * NS_PER_MS + 0.5),
      pause: takesNoTime(barrier) ? null : barrier,
      rounds: values.rounds,
    },
  ];
  // The stage in the middle has no calls: it only takes its time.
  if (values.second === 'reduce')
    stages.push(
      { waitFor: Infinity, atOnce: Infinity, dispatch: 0, pause: samplerOf(values.shuffle), rounds: 1 },
      { waitFor: Infinity, atOnce: Infinity, dispatch: 0, pause: null, rounds: 1 },
    );
  context.addStation({
    instance: 0,
    servers: values.jobsAtOnce,
    discipline: 'fifo',
    queueLimit: values.queueLimit ?? Infinity,
    demands: [samplerOf(values.serialTime)],
    demandOf: context.operations.map(() => 0),
    calls,
    ...(calls.length > 0 ? { stages } : {}),
    forwards: [],
    parallel: false,
    waitFor: Infinity,
    holdsServer: true,
  });
}

function taskWorkOf(values: JobValues): Sampler | null {
  switch (values.work) {
    case 'split':
      return { type: 'constant', value: (values.totalWorkMs * NS_PER_MS) / (values.tasks * values.rounds) };
    case 'each':
      return samplerOf(values.taskWork);
    case 'workers':
      return null;
  }
}

function takesNoTime(sampler: Sampler): boolean {
  return sampler.type === 'constant' && sampler.value === 0;
}

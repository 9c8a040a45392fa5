import type { Scaling } from '../../engine/plan';
import { distributionProblems } from '../distribution-problems';
import type { KindProblem } from '../kind';
import { NS_PER_MS, samplerOf } from '../lowering';
import type { ParamValues } from '../params';
import type { scalingParams } from './scaling-params';

/** The values of an autoscaler and the number of replicas that it starts with. */
export type ScalingValues = ParamValues<typeof scalingParams> & { readonly replicas: number };

/** Replicas that may exist at once: as many stations are laid out. */
export function mostReplicas(values: ScalingValues): number {
  return values.autoscaler === 'off' ? values.replicas : values.maximumReplicas;
}

/** How a service scales, for the plan; nothing where the autoscaler is off. */
export function scalingOf(values: ScalingValues): { readonly scaling?: Scaling } {
  const rule = ruleOf(values);
  if (rule === null) return {};
  const ns = (ms: number): number => Math.floor(ms * NS_PER_MS + 0.5);
  return {
    scaling: {
      minimum: values.minimumReplicas,
      maximum: values.maximumReplicas,
      initial: values.replicas,
      rule,
      interval: ns(values.decisionIntervalMs),
      metricDelay: ns(values.metricDelayMs),
      stepUp: values.stepUp,
      stepDown: values.stepDown,
      coolDownUp: ns(values.coolDownUpMs),
      coolDownDown: ns(values.coolDownDownMs),
      startUp: samplerOf(values.startUp),
      drain: ns(values.drainMs),
    },
  };
}

function ruleOf(values: ScalingValues): Scaling['rule'] | null {
  const { tolerance } = values;
  switch (values.autoscaler) {
    case 'off':
      return null;
    case 'utilisation':
      return { type: 'utilisation', target: values.targetUtilisation, tolerance };
    case 'in-flight':
      return { type: 'in-flight', target: values.targetInFlight, tolerance };
    case 'queue':
      return { type: 'queue', target: values.targetQueue, tolerance };
    case 'schedule':
      return { type: 'schedule', steps: values.schedule.map(({ atMs, instances }) => ({ at: Math.floor(atMs * NS_PER_MS + 0.5), instances })) };
  }
}

/** What is wrong with the values of an autoscaler. */
export function scalingProblems(values: ScalingValues & { readonly spread: string }): KindProblem[] {
  if (values.autoscaler === 'off') return [];
  const { minimumReplicas, maximumReplicas, replicas } = values;
  const problems: KindProblem[] = [...distributionProblems(values.startUp, 'startUp', 'forbid-request')];
  const add = (severity: KindProblem['severity'], code: string, path: string, message: string, remedy: string): void => {
    problems.push({ severity, code, path, message, remedy });
  };
  if (minimumReplicas > maximumReplicas)
    add(
      'error',
      'minimum-above-maximum',
      'minimumReplicas',
      `The autoscaler shall keep at least ${minimumReplicas} replicas and start at most ${maximumReplicas}.`,
      'Lower the minimum, or raise the maximum.',
    );
  else if (replicas < minimumReplicas || replicas > maximumReplicas)
    add(
      'error',
      'replicas-outside-scaling',
      'replicas',
      `The run begins with ${replicas} replicas, but the autoscaler keeps ${minimumReplicas} to ${maximumReplicas}.`,
      'Begin with a number between minimum and maximum.',
    );
  if (values.spread === 'first')
    add(
      'warning',
      'scaling-without-spread',
      'spread',
      'All requests go to the first replica, so that those the autoscaler adds serve only what a load balancer sends them.',
      'Spread requests round robin or at random, unless a load balancer stands before the service.',
    );
  if (values.autoscaler === 'utilisation' && values.targetUtilisation === 1)
    add(
      'warning',
      'target-never-exceeded',
      'targetUtilisation',
      'Servers are never more than all busy: at a target of 100 % the autoscaler never adds a replica.',
      'Choose a target clearly below 100 %.',
    );
  if (values.autoscaler === 'schedule') {
    if (values.schedule.length === 0)
      add('warning', 'schedule-empty', 'schedule', 'The schedule has no step, so that the number of replicas never changes.', 'Add a step.');
    for (const [index, { instances }] of values.schedule.entries())
      if (instances < minimumReplicas || instances > maximumReplicas)
        add(
          'warning',
          'schedule-outside-scaling',
          `schedule[${index}].instances`,
          `A step of the schedule wants ${instances} replicas, but the autoscaler keeps ${minimumReplicas} to ${maximumReplicas}.`,
          'Change the step, or minimum and maximum.',
        );
    if (new Set(values.schedule.map(({ atMs }) => atMs)).size < values.schedule.length)
      add('error', 'schedule-repeats', 'schedule', 'Two steps of the schedule begin at the same time.', 'Keep one of them.');
  }
  return problems;
}

/** Part of the manual page of a service that scales, Markdown. */
export const scalingManual = `
**Autoscaler.** Every *interval* the autoscaler looks at the mean of the past interval over the replicas that are up: the busy share of their servers, the requests at each, or those waiting at each. It wants \`ceil(replicas up × measured / target)\` replicas, kept between minimum and maximum (the rule of the Kubernetes Horizontal Pod Autoscaler). While \`replicas up × measured / target\` is within the tolerance of the number that it already wants, it changes nothing. Replicas that are starting, or were not up yet when the measurement was taken, count as wanted and as idle, so that the same load is not answered twice. One decision adds or removes no more than the stated steps, adds nothing during the cool-down after adding, and removes nothing during the cool-down after any change. With a *metric delay* each decision uses the measurement of that long ago.

A new replica is *starting* for its start-up time, and is paid for; then it is up. One that is removed is *draining*: nobody sends it anything new, it finishes what it has, and it is off when it is empty. What it has not finished when the time to drain is over fails with the reason *component down*. Those still starting are removed first, then those that have crashed, then the youngest.

A replica that has crashed counts as asked for, not as up: nothing replaces it until it comes back, unless the load on the others makes the autoscaler want more. Utilisation cannot exceed 100 %, so that a heavily overloaded service grows by no more than \`1 / target\` at a time; requests in flight and queues have no such ceiling.
`.trim();

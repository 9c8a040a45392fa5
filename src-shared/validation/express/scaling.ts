import type { ValidationCase } from '../case';
import type { AutoscaledPoolModel, AutoscalerDecisionModel } from '../case-jobs';
import { draft } from '../draft';
import type { Effort, Expression } from './expression';
import { metricsOf, singleRun } from './expression';
import { requireDuration } from './queues';

/** Time between decisions. */
const INTERVAL_MS = 15_000;

/** Users who never get an answer hold the number of requests at each instance where the case wants it; what the autoscaler decides is in the journal. */
export function expressAutoscalerDecision({ title }: ValidationCase, model: AutoscalerDecisionModel, effort: Effort): Expression {
  const { cases, tolerance, min_replicas, max_replicas } = model;
  const values: Record<string, number> = {};
  return {
    runs: cases.length,
    project: (run) => {
      const { current, metric, target } = cases[run] as (typeof cases)[number];
      const parts = draft(title);
      parts.client('clients', { arrivals: 'closed', users: current * metric, thinkTime: { type: 'constant', valueMs: 0 } });
      parts.service('service', {
        replicas: current,
        serviceTime: { type: 'constant', valueMs: INTERVAL_MS * 100 },
        autoscaler: 'in-flight',
        targetInFlight: target,
        tolerance,
        minimumReplicas: min_replicas,
        maximumReplicas: max_replicas,
        decisionIntervalMs: INTERVAL_MS,
        stepUp: max_replicas,
        stepDown: max_replicas,
        coolDownDownMs: 0,
      });
      parts.link('clients', 'service');
      return parts.build({ warmUpMs: 0, durationMs: INTERVAL_MS * 1.5, seed: effort.seed });
    },
    take: (result, run) => {
      const decided = result.journal.find(({ type }) => type === 'scaling-decision')?.value;
      values[`desired_case${run + 1}`] = typeof decided === 'number' ? decided : (cases[run]?.current ?? Number.NaN);
    },
    measure: () => ({ values }),
  };
}

/** A load step that a pool meets a minute late: one machine that is exchanged for a larger one while it serves. */
export function expressAutoscaledPool({ title, run }: ValidationCase, model: AutoscaledPoolModel, effort: Effort): Expression {
  const { arrivals, service, servers_before, servers_after, capacity_change_at_s } = model;
  const horizonS = run.kind === 'deterministic' ? (run.horizon_s ?? 0) : 0;
  const parts = draft(title);
  const machineOf = (vcpus: number) => ({
    id: `cores-${vcpus}`,
    name: `${vcpus} cores`,
    vcpus,
    speed: 1,
    memoryGb: 8,
    pricePerHour: 1,
    provenance: 'As the case says.',
  });
  parts.client('clients', {
    arrivals: 'constant',
    ratePerS: arrivals.rate_per_s_before,
    shape: 'spike',
    spikePerS: arrivals.rate_per_s_after,
    spikeStartMs: arrivals.step_at_s * 1000,
    spikeDurationMs: horizonS * 1000,
  });
  parts.service('pool', { machine: `cores-${servers_before}`, serviceTime: requireDuration(service) });
  parts.link('clients', 'pool');
  parts.fault(
    'pool',
    { type: 'resize', machine: `cores-${servers_after}`, restartMs: 0 },
    { type: 'once', atMs: capacity_change_at_s * 1000, lastsMs: (horizonS - capacity_change_at_s + 1) * 1000 },
  );
  const project = parts.build({ warmUpMs: 0, durationMs: horizonS * 1000, seed: effort.seed, requestLog: 100_000 });
  return singleRun({ ...project, machines: [machineOf(servers_before), machineOf(servers_after)] }, (result) => {
    const { requests } = result;
    const waiting = requests.filter(({ waitingMs }) => waitingMs > 1e-6);
    const nearest = requests.reduce((best, request) =>
      Math.abs(request.arrivalMs / 1000 - capacity_change_at_s) < Math.abs(best.arrivalMs / 1000 - capacity_change_at_s) ? request : best,
    );
    return {
      values: {
        peak_backlog_requests: metricsOf(result, 'pool').queueMax,
        backlog_cleared_at_s: Math.max(...waiting.map(({ arrivalMs, waitingMs }) => arrivalMs + waitingMs)) / 1000,
        max_wait_s: Math.max(...waiting.map(({ waitingMs }) => waitingMs)) / 1000,
        wait_of_request_arriving_at_capacity_change_s: nearest.waitingMs / 1000,
      },
    };
  });
}

import { log } from '../base/transcendental';
import type { PlanComponent, PlanOperation, RouterNode, Sampler, SourceNode, StationNode, Telemetry } from '../engine/plan';
import type { Distribution } from './distribution';
import type { linkParams } from './link/link';
import type { Machine } from './machine';
import type { ParamValues } from './params';

/** Nanoseconds in a millisecond: files and people say ms, the engine counts ns. */
export const NS_PER_MS = 1e6;

/** 99th percentile of the standard normal distribution. */
const Z99 = 2.3263478740408408;

/** A link that leaves the component being lowered. */
export interface OutgoingLink {
  /** Index in the plan. */
  readonly link: number;
  readonly values: ParamValues<typeof linkParams>;
}

/** What a kind sees while it turns its values into nodes of the plan. */
export interface LoweringContext {
  /** Index of the component in the plan. */
  readonly component: number;
  readonly outgoing: readonly OutgoingLink[];
  /** All operations of the design; a station may treat each in its own way. */
  readonly operations: readonly PlanOperation[];
  /** Registers an operation of this component and returns its index. */
  addOperation(operation: Omit<PlanOperation, 'component'>): number;
  addSource(source: Omit<SourceNode, 'role' | 'component'>): void;
  /** Adds one instance of this component. */
  addStation(station: Omit<StationNode, 'role' | 'component'>): void;
  /** Adds a router over all instances behind the outgoing links; each target has the weight of its link. */
  addRouter(router: Omit<RouterNode, 'role' | 'component' | 'targets'>): void;
  /** Says which instance a request takes that no router has chosen for. */
  setSpread(spread: PlanComponent['spread']): void;
  /** Says more about the component: how it scales, what it costs, what it needs. */
  describe(about: Pick<PlanComponent, 'scaling' | 'pricePerHour' | 'required' | 'failover' | 'sessions' | 'replication'>): void;
  /** Says what parts that are linked to this one report to it; `outgoing` of those parts leaves such links out. */
  collect(telemetry: Telemetry): void;
  /** A machine of the project's ladder; null where there is none of that id. */
  machine(id: string | null): Machine | null;
}

/** A distribution in ms as a sampler in ns. */
export function samplerOf(distribution: Distribution): Sampler {
  const ns = (ms: number): number => ms * NS_PER_MS;
  switch (distribution.type) {
    case 'constant':
      return { type: 'constant', value: ns(distribution.valueMs) };
    case 'uniform':
      return { type: 'uniform', min: ns(distribution.minMs), max: ns(distribution.maxMs) };
    case 'exponential':
      return { type: 'exponential', mean: ns(distribution.meanMs) };
    case 'normal':
      return distribution.sdMs === 0
        ? { type: 'constant', value: ns(distribution.meanMs) }
        : { type: 'normal', mean: ns(distribution.meanMs), sd: ns(distribution.sdMs) };
    case 'lognormal': {
      const { sigma } = distribution;
      return sigma === 0
        ? { type: 'constant', value: ns(distribution.meanMs) }
        : { type: 'lognormal', mu: log(ns(distribution.meanMs)) - (sigma * sigma) / 2, sigma };
    }
    case 'fit': {
      const { p50Ms, p99Ms } = distribution;
      return p50Ms === p99Ms ? { type: 'constant', value: ns(p50Ms) } : { type: 'lognormal', mu: log(ns(p50Ms)), sigma: log(p99Ms / p50Ms) / Z99 };
    }
    case 'erlang':
      return { type: 'gamma', shape: distribution.stages, scale: ns(distribution.meanMs) / distribution.stages };
    case 'gamma':
      return { type: 'gamma', shape: distribution.shape, scale: ns(distribution.meanMs) / distribution.shape };
    case 'weibull':
      return { type: 'weibull', shape: distribution.shape, scale: ns(distribution.scaleMs) };
    case 'pareto':
      return { type: 'pareto', min: ns(distribution.minMs), alpha: distribution.alpha };
    case 'hyperexponential':
      return {
        type: 'mixture',
        weights: distribution.branches.map((branch) => branch.probability),
        means: distribution.branches.map((branch) => ns(branch.meanMs)),
      };
    case 'empirical':
      return { type: 'empirical', weights: distribution.values.map((value) => value.weight), values: distribution.values.map((value) => ns(value.valueMs)) };
    case 'request':
      return { type: 'work' };
  }
}

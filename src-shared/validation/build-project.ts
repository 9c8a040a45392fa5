import { assertNever } from '../base/result';
import type { ValidationCase } from './case';
import { expressBreakdowns, expressKOfN, expressRepairableNode, expressSeriesSystem } from './express/availability';
import { expressFarm } from './express/balancing';
import { expressHeartbeatDetector, expressLeaderFollower, expressRaftElection } from './express/copies';
import type { Effort, Expression, Inexpressible } from './express/expression';
import { expressForkJoin, expressScatterGather } from './express/fork-join';
import { expressHashRing, expressModuloHash, expressStickyAssignment } from './express/hashing';
import { expressHedgedRequest } from './express/hedging';
import { expressBulkSynchronous, expressParallelJob } from './express/jobs';
import { expressLink, expressLinkPath, expressWindowFlow } from './express/links';
import { expressClosedNetwork, expressOpenNetwork } from './express/networks';
import { expressPublished } from './express/published';
import { expressOpenQueue, expressTrace } from './express/queues';
import {
  expressBackoff,
  expressCircuitBreaker,
  expressLayeredRetries,
  expressRetrialQueue,
  expressRetryingClient,
  expressRetryStorm,
  expressTimeout,
} from './express/resilience';
import { expressSampling } from './express/sampling';
import { expressAutoscaledPool, expressAutoscalerDecision } from './express/scaling';
import { expressAbandonment, expressScalability, expressSetup, expressSplitMerge, expressTokenBucket } from './express/stations';

/** Turns a case into projects built from the application's own kinds, or says why that cannot be done yet. */
export function expressCase(example: ValidationCase, effort: Effort): Expression | Inexpressible {
  const { model } = example;
  switch (model.type) {
    case 'open_queue':
      if (model.client_timeout_s !== undefined) return expressTimeout(example, model, model.client_timeout_s, effort);
      if (model.patience !== undefined) return expressAbandonment(example, model, effort);
      if (model.setup !== undefined) return expressSetup(example, model, effort);
      if (model.breakdowns !== undefined) return expressBreakdowns(example, model, effort);
      return expressOpenQueue(example, model, effort);
    case 'trace_driven_queue':
      return expressTrace(example, model, effort);
    case 'closed_network':
      return expressClosedNetwork(example, model, effort);
    case 'open_network':
      return expressOpenNetwork(example, model, effort);
    case 'load_balanced_farm':
      return expressFarm(example, model, effort);
    case 'consistent_hash_ring':
      return expressHashRing(example, model, effort);
    case 'modulo_hash':
      return expressModuloHash(example, model, effort);
    case 'sticky_assignment':
      return expressStickyAssignment(example, model, effort);
    case 'scatter_gather':
      return expressScatterGather(example, model, effort);
    case 'fork_join':
      return expressForkJoin(example, model, effort);
    case 'link_path':
      return expressLinkPath(example, model, effort);
    case 'link':
      return expressLink(example, model, effort);
    case 'window_flow':
      return expressWindowFlow(example, model, effort);
    case 'random_variate':
      return expressSampling(example, model, effort);
    case 'retrying_client':
      return expressRetryingClient(example, model, effort);
    case 'layered_retries':
      return expressLayeredRetries(example, model, effort);
    case 'hedged_request':
      return expressHedgedRequest(example, model, effort);
    case 'retrial_queue':
      return expressRetrialQueue(example, model, effort);
    case 'circuit_breaker':
      return expressCircuitBreaker(example, model, effort);
    case 'backoff':
      return expressBackoff(example, model, effort);
    case 'retry_storm':
      return expressRetryStorm(example, model, effort);
    case 'repairable_node':
      return expressRepairableNode(example, model, effort);
    case 'series_system':
      return expressSeriesSystem(example, model, effort);
    case 'k_of_n':
      return expressKOfN(example, model, effort);
    case 'parallel_job':
      return expressParallelJob(example, model, effort);
    case 'bulk_synchronous':
      return expressBulkSynchronous(example, model, effort);
    case 'autoscaled_pool':
      return expressAutoscaledPool(example, model, effort);
    case 'autoscaler_decision':
      return expressAutoscalerDecision(example, model, effort);
    case 'leader_follower':
      return expressLeaderFollower(example, model, effort);
    case 'raft_election':
      return expressRaftElection(example, model, effort);
    case 'heartbeat_detector':
      return expressHeartbeatDetector(example, model, effort);
    case 'published_figure':
      return expressPublished(example, effort);
    case 'token_bucket':
      return expressTokenBucket(example, model, effort);
    case 'scalability_curve':
      return expressScalability(example, model, effort);
    case 'split_merge':
      return expressSplitMerge(example, model, effort);
    default:
      return assertNever(model);
  }
}

import { assertNever } from '../base/result';
import type { ValidationCase } from './case';
import { expressFarm } from './express/balancing';
import type { Effort, Expression, Inexpressible } from './express/expression';
import { expressForkJoin, expressScatterGather } from './express/fork-join';
import { expressLink, expressLinkPath, expressWindowFlow } from './express/links';
import { expressClosedNetwork, expressOpenNetwork } from './express/networks';
import { expressOpenQueue, expressTrace } from './express/queues';
import { expressSampling } from './express/sampling';

/** Turns a case into projects built from the application's own kinds, or says why that cannot be done yet. */
export function expressCase(example: ValidationCase, effort: Effort): Expression | Inexpressible {
  const { model } = example;
  switch (model.type) {
    case 'open_queue':
      return expressOpenQueue(example, model, effort);
    case 'trace_driven_queue':
      return expressTrace(example, model, effort);
    case 'closed_network':
      return expressClosedNetwork(example, model, effort);
    case 'open_network':
      return expressOpenNetwork(example, model, effort);
    case 'load_balanced_farm':
      return expressFarm(example, model, effort);
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
    default:
      return assertNever(model);
  }
}

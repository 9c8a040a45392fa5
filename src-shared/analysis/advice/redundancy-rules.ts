import { formatShare } from '../../base/format';
import { type Candidate, incomingOf, kindIdOf, linkValuesOf, nameOfPart, type RuleContext, valuesOf } from './candidate';
import type { SinglePoint } from './single-points';

/** Candidates by which a crash is survived. Each is simulated with that crash. */
export function redundancyCandidates(context: RuleContext): Candidate[] {
  return context.reading.singlePoints.flatMap((point) => standIn(context, point));
}

function standIn(context: RuleContext, point: SinglePoint): Candidate[] {
  const { componentId: id, name, instances } = point;
  const values = valuesOf(context, id);
  const because =
    point.effect === 'stops' ? `One crash of it fails ${point.share > 0.999 ? 'all requests' : `${formatShare(point.share)} of the requests`}.` : point.reason;
  const crash = { componentId: id, instance: point.instance };
  switch (kindIdOf(context, id)) {
    case 'load-balancer':
      return instances > 1
        ? []
        : [
            {
              goal: 'safer',
              title: `Add a second instance of ${name} that stands by`,
              why: because,
              recordId: id,
              changes: [`${id}.instances=2`, `${id}.spread=active-passive`],
              crash,
            },
          ];
    case 'service': {
      const needed = Math.max(2, Number(values.required) + 1);
      const more = point.effect === 'stops' && instances < needed ? [`${id}.replicas=${needed}`] : [];
      const spread = values.spread === 'first' ? [`${id}.spread=round-robin`] : [];
      const found = around(context, id);
      if (more.length + spread.length + found.changes.length === 0) return [];
      const first =
        more.length > 0
          ? `Raise the replicas of ${name} from ${instances} to ${needed}`
          : spread.length > 0
            ? `Spread the requests over all replicas of ${name}`
            : '';
      const title = first === '' ? found.title : found.title === '' ? first : `${first}, and ${found.title.charAt(0).toLowerCase()}${found.title.slice(1)}`;
      // An autoscaler must not take the stand-in away again.
      const keeps = values.autoscaler !== 'off' && more.length > 0 ? [`${id}.maximumReplicas=${Math.max(needed, Number(values.maximumReplicas))}`] : [];
      const floor = values.autoscaler !== 'off' && values.autoscaler !== 'schedule' && more.length > 0 ? [`${id}.minimumReplicas=${needed}`] : [];
      return [{ goal: 'safer', title, why: because, recordId: id, changes: [...keeps, ...more, ...floor, ...spread, ...found.changes], crash }];
    }
    default:
      // No parameter of a database or a job gives it a stand-in.
      return [];
  }
}

/** What whoever sends to a part has to do to get around an instance that is down: balancers take it out, others try again. */
function around(context: RuleContext, id: string): { readonly title: string; readonly changes: readonly string[] } {
  const titles = new Set<string>();
  const changes: string[] = [];
  for (const link of incomingOf(context, id)) {
    const sender = context.design.components.find((component) => component.id === link.from);
    if (sender === undefined) continue;
    if (sender.kind === 'load-balancer') {
      if (valuesOf(context, sender.id).takesOut !== 'never') continue;
      titles.add(`Let ${sender.name} check the health of its targets and eject those that fail`);
      changes.push(`${sender.id}.takesOut=both`);
      continue;
    }
    const values = linkValuesOf(link);
    if (values.mode !== 'call' || values.retries !== 'off' || values.fallback === true) continue;
    titles.add(`Try refused calls to ${nameOfPart(context, id)} again`);
    changes.push(`${link.id}.retries=backoff`, `${link.id}.retryTimeouts=false`, `${link.id}.retryErrors=false`);
  }
  return { title: [...titles].join(', and '), changes };
}

import { formatNumber } from '../../src-shared/base/format';
import { paramsOf } from '../../src-shared/project/params-of';
import { activeDesign } from '../app/ui-store';
import { useDocument } from '../document/document-store';
import { useLiveInstances } from '../run/live';
import classes from './instance-strip.module.css';

/** Cells that fit on a part. */
const MOST = 12;

/** Requests that one instance serves at a time, for judging how full it is. */
function serversOf(values: Record<string, unknown>): number {
  const servers = values.servers ?? values.connections;
  return typeof servers === 'number' && servers > 0 ? servers : 1;
}

function load(present: number, servers: number): 'idle' | 'light' | 'busy' | 'queueing' | 'swamped' {
  if (present <= 0) return 'idle';
  if (present < servers) return 'light';
  if (present <= servers * 2) return 'busy';
  return present <= servers * 8 ? 'queueing' : 'swamped';
}

/** One cell for each replica of a part, coloured by the requests present at it; only where there are several. */
export function InstanceStrip({ componentId }: { readonly componentId: string }) {
  const instances = useLiveInstances(componentId);
  const servers = useDocument((state) => {
    const component = activeDesign()?.components.find((candidate) => candidate.id === componentId);
    return component === undefined ? 1 : serversOf(paramsOf(state.project, component));
  });
  if (instances === null || instances.length < 2) return null;
  const shown = Array.from(instances.slice(0, MOST));
  return (
    <div
      className={classes.strip}
      role="img"
      aria-label={`Requests at each of ${instances.length} replicas: ${shown.map((present) => formatNumber(present)).join(', ')}${instances.length > MOST ? ' …' : ''}`}
    >
      {shown.map((present, index) => (
        // Replicas have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
        <span key={index} data-load={load(present, servers)} title={`Replica ${index + 1}: ${formatNumber(present)} requests`} />
      ))}
      {instances.length > MOST && <small>+{instances.length - MOST}</small>}
    </div>
  );
}

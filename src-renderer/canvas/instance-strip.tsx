import { formatNumber } from '../../src-shared/base/format';
import { paramsOf } from '../../src-shared/project/params-of';
import { NO_PRIMARY } from '../../src-shared/run/frame';
import { activeDesign } from '../app/ui-store';
import { useDocument } from '../document/document-store';
import { useDrawnInstances } from '../run/live';
import { InstanceCell } from './instance-cell';
import classes from './instance-strip.module.css';
import { countStates, loadOf, stateOf, summariseStates } from './instances';

/** Squares that fit on a part; more instances are summed up. */
const MOST = 12;
/** Copies beside which there is room to say that none of them leads. */
const MOST_WITH_WORDS = 7;

/** Requests that one instance serves at a time, for judging how full it is. */
function serversOf(values: Record<string, unknown>, machines: readonly { readonly id: string; readonly vcpus: number }[]): number {
  const machine = machines.find((candidate) => candidate.id === values.machine);
  const servers = machine?.vcpus ?? values.servers ?? values.connections;
  return typeof servers === 'number' && servers > 0 ? servers : 1;
}

/** Requests that one instance of a component serves at a time. */
export function useServers(componentId: string): number {
  return useDocument((state) => {
    const component = activeDesign()?.components.find((candidate) => candidate.id === componentId);
    return component === undefined ? 1 : serversOf(paramsOf(state.project, component), state.project.machines);
  });
}

/** One square for each instance of a part, by state and load; of many instances a bar and a sum. Nothing for a single instance that is up. */
export function InstanceStrip({ componentId }: { readonly componentId: string }) {
  const instances = useDrawnInstances(componentId);
  const servers = useServers(componentId);
  if (instances === null) return null;
  const { present } = instances;
  const words = summariseStates(instances);
  if (present.length > MOST) {
    return (
      <div className={classes.many} role="img" aria-label={`Instances: ${words}`} data-testid={`instances-${componentId}`}>
        <div className={classes.shares}>
          {countStates(instances).map(({ state, count }) => (
            <span key={state} data-state={state} style={{ flexGrow: count }} title={`${count} ${state}`} />
          ))}
        </div>
        <small>{words}</small>
      </div>
    );
  }
  const shown = Array.from(present);
  return (
    <div
      className={classes.strip}
      data-copies={instances.primary !== null || undefined}
      role="img"
      aria-label={`Instances: ${words}. Requests at each: ${shown.map((requests, index) => `${formatNumber(requests)}${stateOf(instances, index) === 'up' ? '' : ` (${stateOf(instances, index)})`}`).join(', ')}`}
      data-testid={`instances-${componentId}`}
    >
      {shown.map((requests, index) => {
        const state = stateOf(instances, index);
        return (
          <InstanceCell
            // Instances have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
            key={index}
            state={state}
            load={loadOf(requests, servers)}
            isPrimary={instances.primary === index}
            title={`Instance ${index + 1}${instances.primary === index ? ', the primary' : ''}: ${state}, ${formatNumber(requests)} requests`}
          />
        );
      })}
      {instances.primary === NO_PRIMARY && shown.length <= MOST_WITH_WORDS && <small>no primary</small>}
    </div>
  );
}

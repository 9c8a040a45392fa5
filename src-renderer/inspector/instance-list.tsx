import { formatNumber, formatShare } from '../../src-shared/base/format';
import { InstanceCell } from '../canvas/instance-cell';
import { useServers } from '../canvas/instance-strip';
import { loadOf, stateOf, summariseStates } from '../canvas/instances';
import { useLiveInstances } from '../run/live';
import { useRun } from '../run/run';
import classes from './live-panel.module.css';

/** Instances listed one by one; the table of results has all of them. */
const MOST = 100;

/** The instances of a part: what state each is in, what is present at it, and how busy it was once the run is over. */
export function InstanceList({ componentId }: { readonly componentId: string }) {
  const instances = useLiveInstances(componentId);
  const servers = useServers(componentId);
  const found = useRun((state) => state.result?.components.find(({ id }) => id === componentId)?.instances);
  if (instances === null) return null;
  // Whoever looks back sees the instances of that moment, not those of the whole run.
  const measured = instances.upShares === null ? undefined : found;
  const over = measured !== undefined;
  const shown = Array.from(instances.present.slice(0, MOST));
  return (
    <section className={classes.instances} aria-label="Instances">
      <h3 className="tl-heading">Instances</h3>
      {!over && <p className={classes.from}>{`${summariseStates(instances)}.`}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">{over ? 'Availability' : 'State'}</th>
            <th scope="col" title={over ? 'Mean number of requests at it' : 'Requests at it now'}>
              Present
            </th>
            <th
              scope="col"
              title={
                over
                  ? 'Busy share of its servers in the measured window'
                  : 'Share of its servers that the present requests occupy; the mean comes when the run ends'
              }
            >
              {over ? 'Busy' : 'Load'}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((present, index) => {
            const state = stateOf(instances, index);
            const metrics = measured?.[index]?.metrics;
            const load = loadOf(present, servers);
            return (
              // Instances have no identity but their place.
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
              <tr key={index}>
                <th scope="row">{index + 1}</th>
                <td>
                  {over ? (
                    metrics?.availability === undefined ? (
                      '–'
                    ) : (
                      formatShare(metrics.availability)
                    )
                  ) : (
                    <span className={classes.state}>
                      <InstanceCell state={state} load={load} isPrimary={instances.primary === index} />
                      {instances.primary === index ? `${state}, primary` : state}
                    </span>
                  )}
                </td>
                <td className="tl-number">{formatNumber(present)}</td>
                <td className="tl-number">{over ? formatShare(metrics?.utilisation ?? Number.NaN) : formatShare(Math.min(1, load))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {instances.present.length > MOST && <p className={classes.from}>{`and ${instances.present.length - MOST} more; the Table tab lists all of them.`}</p>}
    </section>
  );
}

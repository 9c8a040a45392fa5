import { Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconCheck, IconInfoCircleFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SystemReading } from '../../src-shared/analysis/advice/candidate';
import { counted, isSaturated, nameOf, pressureOf } from '../../src-shared/analysis/bottleneck';
import type { Resource } from '../../src-shared/analysis/resources';
import { formatDuration, formatNumber, formatRate, formatShare } from '../../src-shared/base/format';
import { unbroken } from '../results/unbroken';
import { showRecord } from '../run/show-record';
import classes from './advice.module.css';

/** Resources and parts told of in a card; the rest is counted. */
const MOST_ROWS = 8;

/** A name that shows its part or link on the canvas. */
export function RecordLink({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <button type="button" className={classes.link} title="Show it on the canvas" onClick={() => showRecord(id)}>
      {children}
    </button>
  );
}

const STATES = { saturated: IconAlertTriangleFilled, busiest: IconInfoCircleFilled, none: IconCheck } as const;

/** The bottleneck in a sentence, with the numbers that say so. */
export function BottleneckCard({ reading: { bottleneck } }: { readonly reading: SystemReading }) {
  const { state, sentence, evidence, resource } = bottleneck;
  const Icon = STATES[state];
  return (
    <section className={classes.card} aria-label="Bottleneck">
      <h3 className="tl-heading">Bottleneck</h3>
      <div className={classes.verdict} data-state={state} data-testid="bottleneck">
        <Icon size={16} aria-hidden="true" />
        <b>{unbroken(sentence)}</b>
      </div>
      <ul className={classes.evidence}>
        {evidence.map((line) => (
          <li key={line}>{unbroken(line)}</li>
        ))}
      </ul>
      {resource !== null && <RecordLink id={resource.recordId}>{`Show ${resource.name}`}</RecordLink>}
    </section>
  );
}

function Demand({ resource }: { readonly resource: Resource }) {
  const { recordId, demandMs, limitPerS, capacity, unit, type } = resource;
  const share = pressureOf(resource);
  const name = nameOf(resource).replace(/^the /, '');
  const help = [
    type === 'transmitter' ? '' : type === 'rate' ? `It allows ${formatRate(capacity)}.` : `There are ${counted(capacity, unit)}.`,
    demandMs === null ? '' : `One completed request costs ${formatDuration(demandMs)} of their time.`,
    limitPerS === null ? '' : `Used up at ${formatRate(limitPerS)} completed end to end.`,
  ].filter((line) => line !== '');
  return (
    <li className={classes.demand}>
      <Tooltip label={help.join(' ')} multiline maw={280} position="top-start">
        <button type="button" className={classes.demandName} onClick={() => showRecord(recordId)}>
          {name.charAt(0).toUpperCase() + name.slice(1)}
        </button>
      </Tooltip>
      <span className={classes.demandNumbers}>
        <span className="tl-number">{demandMs === null ? '' : formatDuration(demandMs)}</span>
        <span className="tl-number">{formatShare(share)}</span>
      </span>
      <span className={classes.bar} data-full={isSaturated(resource) || undefined}>
        <span style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
    </li>
  );
}

/** Everything that is limited, the most used first. */
export function DemandCard({ reading: { bottleneck } }: { readonly reading: SystemReading }) {
  const { resources } = bottleneck;
  if (resources.length === 0) return null;
  return (
    <section className={classes.card} aria-label="Demand">
      <div className={classes.head}>
        <h3 className="tl-heading">Demand by part</h3>
        <span className={classes.quiet} title="Busy time that one completed end-to-end request costs, and the share of what there is that was in use">
          time per request · in use
        </span>
      </div>
      <ol className={classes.rows}>
        {resources.slice(0, MOST_ROWS).map((resource) => (
          <Demand key={resource.key} resource={resource} />
        ))}
      </ol>
      {resources.length > MOST_ROWS && <p className={classes.quiet}>{`and ${resources.length - MOST_ROWS} that are used less`}</p>}
    </section>
  );
}

function Row({ name, help, children }: { readonly name: string; readonly help: string; readonly children: ReactNode }) {
  return (
    <div className={classes.row}>
      <Tooltip label={help} multiline maw={320} position="top-start">
        <dt>{name}</dt>
      </Tooltip>
      <dd className="tl-number">{children}</dd>
    </div>
  );
}

/** What throughput and response time can be at best with the demands that were measured. */
export function BoundsCard({ reading: { bottleneck } }: { readonly reading: SystemReading }) {
  const { throughputPerS, leastMs, closed, why } = bottleneck.bounds;
  return (
    <section className={classes.card} aria-label="Bounds">
      <h3 className="tl-heading">Bounds at these demands</h3>
      <dl>
        {throughputPerS !== null && (
          <Row name="Throughput at most" help="Asymptotic bound: the bottleneck is busy all the time at 1 / Dmax, its demand for each completed request.">
            {formatRate(throughputPerS)}
          </Row>
        )}
        {leastMs !== null && (
          <Row name="Without any waiting" help="Service of its own at every part, and the network, that one request needs on average.">
            {formatDuration(leastMs)}
          </Row>
        )}
        {closed !== null && (
          <>
            <Row
              name={`With ${formatNumber(closed.users, 6)} users at most`}
              help={`The lesser of 1 / Dmax and N / (D + Z), with a think time Z of ${formatDuration(closed.thinkMs)}.`}
            >
              {formatRate(closed.throughputPerS)}
            </Row>
            <Row name="Mean response time at least" help="The greater of D and N Dmax − Z.">
              {formatDuration(closed.leastMs)}
            </Row>
            {closed.knee !== null && (
              <Row name="The bottleneck decides from" help="N* = (D + Z) / Dmax: with more users than this they wait for the bottleneck.">
                {`${formatNumber(closed.knee)} users`}
              </Row>
            )}
          </>
        )}
      </dl>
      {leastMs === null && <p className={classes.quiet}>{`No bound of the response time: ${why.charAt(0).toLowerCase()}${why.slice(1)}`}</p>}
    </section>
  );
}

/** Parts that one crash stops, and parts that nobody takes out of use. */
export function SinglePointsCard({ reading: { singlePoints } }: { readonly reading: SystemReading }) {
  return (
    <section className={classes.card} aria-label="Single points of failure">
      <h3 className="tl-heading">Single points of failure</h3>
      {singlePoints.length === 0 ? (
        <p className={classes.quiet}>None: where one instance crashes, others take over.</p>
      ) : (
        <ul className={classes.points}>
          {singlePoints.slice(0, MOST_ROWS).map(({ componentId, name, effect, share, reason, clients }) => (
            <li key={componentId} data-effect={effect}>
              <RecordLink id={componentId}>{name}</RecordLink>
              <span title={clients.map((client) => `${client.name}: ${client.operations.join(', ')}`).join('\n')}>
                {` One crash ${effect === 'stops' ? 'stops' : 'fails'} ${share > 0.999 ? 'all requests' : `${formatShare(share)} of the requests`}. `}
              </span>
              <span className={classes.quiet}>{reason}</span>
            </li>
          ))}
        </ul>
      )}
      {singlePoints.length > MOST_ROWS && <p className={classes.quiet}>{`and ${singlePoints.length - MOST_ROWS} more`}</p>}
    </section>
  );
}

/** What there is too much of, and what the parts cost of the whole. */
export function PlentyCard({
  reading: { overProvisioned, costShares },
  names,
}: {
  readonly reading: SystemReading;
  readonly names: ReadonlyMap<string, string>;
}) {
  if (overProvisioned.length === 0 && costShares.size === 0) return null;
  const costs = [...costShares].sort(([, one], [, other]) => other - one).slice(0, MOST_ROWS);
  return (
    <section className={classes.card} aria-label="More than enough">
      <h3 className="tl-heading">More than enough</h3>
      {overProvisioned.length === 0 ? (
        <p className={classes.quiet}>No part has replicas that it does not need.</p>
      ) : (
        <ul className={classes.points}>
          {overProvisioned.slice(0, MOST_ROWS).map(({ componentId, name, instances, enough, peak, savingPerHour }) => (
            <li key={componentId}>
              <RecordLink id={componentId}>{name}</RecordLink>
              {` ${formatShare(peak)} busy at the most: ${enough} of ${instances} replicas would be busy for 60 % of the time or less${savingPerHour === null ? '.' : `, for ${formatNumber(savingPerHour)} USD/h less.`}`}
            </li>
          ))}
        </ul>
      )}
      {costs.length > 0 && (
        <dl>
          {costs.map(([id, share]) => (
            <Row key={id} name={names.get(id) ?? id} help="Share of the price of all machines.">
              {`${formatShare(share)} of the price`}
            </Row>
          ))}
        </dl>
      )}
    </section>
  );
}

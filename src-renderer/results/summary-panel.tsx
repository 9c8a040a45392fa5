import { Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconCheck, IconCircleXFilled, IconInfoCircleFilled, IconX } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { nothingFound } from '../../src-shared/analysis/finding-words';
import { formatFailures } from '../../src-shared/analysis/metric-text';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import { FAILURE_REASONS, FAILURE_TITLES, METRICS, type MetricName } from '../../src-shared/engine/metrics';
import type { Finding, Measured, RunResult } from '../../src-shared/run/result';
import { BaselineCard } from '../compare/baseline-card';
import { ObjectivesCard } from '../objectives/objectives-card';
import { useRun } from '../run/run';
import { showRecord } from '../run/show-record';
import { SeenCards } from '../telemetry/seen-card';
import { openTracesFailed, openTracesNear } from '../traces/open-traces';
import { ShowRequest } from '../traces/show-request';
import { formatAvailability, formatDowntime, formatNines } from './availability-text';
import { uncertaintyOf } from './certainty';
import { CertaintyCard } from './certainty-card';
import { EmptyState } from './empty-state';
import { formatMeasured } from './format-cell';
import classes from './summary-panel.module.css';
import { Uncertain } from './uncertain';

const END_TO_END: readonly MetricName[] = [
  'offeredRate',
  'throughput',
  'failureShare',
  'latencyMeanMs',
  'latencyP50Ms',
  'latencyP95Ms',
  'latencyP99Ms',
  'latencyP999Ms',
  'latencyMaxMs',
  'inFlight',
  'staleShare',
  'staleAgeP99Ms',
  'lostWrites',
];
/** Numbers that single requests stand for. */
const OF_REQUESTS: readonly MetricName[] = ['latencyP50Ms', 'latencyP95Ms', 'latencyP99Ms', 'latencyP999Ms', 'latencyMaxMs'];
const OPERATION: readonly MetricName[] = ['throughput', 'latencyMeanMs', 'latencyP95Ms', 'failureShare'];
const ENDED: Record<RunResult['ended'], string> = {
  finished: 'ran its whole duration',
  stopped: 'stopped before its end',
  limit: 'ended by a limit of the simulator',
};

interface RowProps {
  readonly name: string;
  readonly help?: string;
  /** Says more about the row above. */
  readonly sub?: boolean;
  readonly children: ReactNode;
}

function Row({ name, help, sub = false, children }: RowProps) {
  return (
    <div className={classes.row} data-sub={sub || undefined}>
      <Tooltip label={help} disabled={help === undefined} position="top-start">
        <dt>{name}</dt>
      </Tooltip>
      <dd className="tl-number">{children}</dd>
    </div>
  );
}

interface MetricsProps {
  readonly measured: Measured;
  readonly names: readonly MetricName[];
  readonly replications: number;
  /** Latencies lead to a request that had them. */
  readonly traced?: boolean;
}

function Metrics({ measured, names, replications, traced = false }: MetricsProps) {
  return names
    .filter((name) => measured.metrics[name] !== undefined)
    .map((name) => {
      const why = uncertaintyOf(name, measured, replications);
      const largest = replications > 1 && name === 'latencyMaxMs' ? ' The largest of all replications: not a mean, so without an interval.' : '';
      return (
        <Row key={name} name={METRICS[name].title} help={METRICS[name].definition + largest}>
          {why !== null && <Uncertain why={why} />}
          {formatMeasured(name, measured)}
          {traced && OF_REQUESTS.includes(name) && <ShowRequest of={METRICS[name].title} onClick={() => openTracesNear(measured.metrics[name] ?? 0)} />}
        </Row>
      );
    });
}

/** A number in words with its half-width in the same unit, where there is one. */
function withInterval(text: string, halfWidth: number | undefined, unit = ''): string {
  return halfWidth === undefined || !Number.isFinite(halfWidth) ? text : `${text} ± ${formatNumber(halfWidth, 2)}${unit}`;
}

function EndToEnd({ result }: { readonly result: RunResult }) {
  const { failures } = result.endToEnd;
  return (
    <section className={classes.card} aria-label="End to end">
      <h3 className="tl-heading">End to end</h3>
      <dl>
        <Metrics measured={result.endToEnd} names={END_TO_END} replications={result.replications} traced />
        {FAILURE_REASONS.filter((reason) => (failures[reason] ?? 0) > 0).map((reason) => (
          <Row key={reason} name={`Failed: ${FAILURE_TITLES[reason]}`} help="Failed requests of the measured window with this reason.">
            {formatFailures(reason, result.endToEnd)}
            <ShowRequest of={FAILURE_TITLES[reason]} onClick={() => openTracesFailed(reason)} />
          </Row>
        ))}
      </dl>
    </section>
  );
}

const times = (value: number | undefined, factor: number): number | undefined => (value === undefined ? undefined : value * factor);

/** Parts told of in the card of cost and availability; the table has all of them. */
const MOST_PARTS = 8;
const HOURS_PER_MONTH = 730;
const EXPECTED_HELP =
  'Calculated, not measured: the long-run availability by the MTBF and MTTR of the random crashes and cuts, with the redundancy of the design.';

/** What the machines cost, and how much of the time enough of each part was up; left out where neither is known. */
function CostAndAvailability({ result }: { readonly result: RunResult }) {
  const { metrics, halfWidths } = result.endToEnd;
  const { costPerHour, costPerMillion, failureShare } = metrics;
  const parts = result.components.filter(({ metrics }) => metrics.availability !== undefined);
  const worst = [...parts].sort((one, other) => (one.metrics.availability ?? 1) - (other.metrics.availability ?? 1)).slice(0, MOST_PARTS);
  const { expected } = result;
  const expectedOf = new Map(expected.components.map(({ id, availability }) => [id, availability]));
  if (costPerHour === undefined && worst.length === 0 && expected.availability >= 1) return null;
  const served = failureShare === undefined ? undefined : 1 - failureShare;
  return (
    <section className={classes.card} aria-label="Cost and availability">
      <h3 className="tl-heading">Cost and availability</h3>
      <dl>
        {costPerHour !== undefined && (
          <>
            <Row name={METRICS.costPerHour.title} help={METRICS.costPerHour.definition}>
              {formatMeasured('costPerHour', result.endToEnd)}
            </Row>
            <Row name="Cost per month" help="The same for a month of 730 hours.">
              {withInterval(`${Math.round(costPerHour * HOURS_PER_MONTH).toLocaleString('en-GB')} USD`, times(halfWidths?.costPerHour, HOURS_PER_MONTH))}
            </Row>
          </>
        )}
        {costPerMillion !== undefined && (
          <Row name={METRICS.costPerMillion.title} help={METRICS.costPerMillion.definition}>
            {formatMeasured('costPerMillion', result.endToEnd)}
          </Row>
        )}
        {served !== undefined && (
          <Row
            name="Requests served"
            help="Share that ended well of the requests that ended in the measured window; as nines: -log10 of the share that failed."
          >
            {`${withInterval(formatAvailability(served), times(halfWidths?.failureShare, 100))}, ${formatNines(served)}`}
          </Row>
        )}
        {expected.availability < 1 && (
          <>
            <Row name="Expected, end to end" help={EXPECTED_HELP}>
              {formatAvailability(expected.availability)}
            </Row>
            <Row sub name={`${formatNines(expected.availability)}, downtime`} help={EXPECTED_HELP}>
              {formatDowntime(expected.availability)}
            </Row>
          </>
        )}
        {worst.map(({ id, name, metrics: { availability = 1 }, halfWidths: own }) => (
          <Fragment key={id}>
            <Row name={`${name} up`} help={METRICS.availability.definition}>
              {withInterval(formatAvailability(availability), times(own?.availability, 100))}
            </Row>
            {availability < 1 && (
              <Row
                name={`  ${formatNines(availability)}, downtime`}
                help="What is missing, as nines (-log10), and the downtime if a whole year went like this run."
              >
                {formatDowntime(availability)}
              </Row>
            )}
            {(expectedOf.get(id) ?? 1) < 1 && (
              <Row sub name="expected" help={EXPECTED_HELP}>
                {formatAvailability(expectedOf.get(id) ?? 1)}
              </Row>
            )}
          </Fragment>
        ))}
      </dl>
      {parts.length > MOST_PARTS && <p className={classes.quiet}>{`The ${MOST_PARTS} least available parts of ${parts.length}; the table has all of them.`}</p>}
    </section>
  );
}

function Operations({ result }: { readonly result: RunResult }) {
  const names = new Map(result.components.map(({ id, name }) => [id, name]));
  return (
    <section className={classes.card} aria-label="Operations">
      <h3 className="tl-heading">Operations</h3>
      {result.operations.map((operation) => (
        <div key={`${operation.clientId} ${operation.operation}`}>
          <h4>{`${names.get(operation.clientId) ?? operation.clientId} · ${operation.operation}`}</h4>
          <dl>
            <Metrics measured={operation} names={OPERATION} replications={result.replications} />
          </dl>
        </div>
      ))}
    </section>
  );
}

function Check({ holds, title, children }: { readonly holds: boolean; readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={classes.check} data-holds={holds}>
      {holds ? <IconCheck size={15} stroke={3} aria-hidden="true" /> : <IconX size={15} stroke={3} aria-hidden="true" />}
      <div>
        <b>{`${title}: ${holds ? 'holds' : 'broken'}`}</b>
        <p>{children}</p>
      </div>
    </div>
  );
}

function Checks({ result }: { readonly result: RunResult }) {
  const { conservation, little } = result.checks;
  const worst = result.components.find(({ id }) => id === little.worstComponentId)?.name;
  return (
    <section className={classes.card} aria-label="Self-checks">
      <h3 className="tl-heading">Self-checks</h3>
      <Check holds={conservation.holds} title="Conservation">
        {`Offered = completed + failed + in flight, checked ${formatNumber(conservation.checked, 15)} times over parts, links and operations. Nothing appeared from nowhere or got lost.`}
        {conservation.violations.map((violation) => (
          <span key={violation} className={classes.violation}>
            {violation}
          </span>
        ))}
      </Check>
      <Check holds={little.holds} title="Little’s law">
        {`The mean number in the system equals arrival rate times mean time in it; compared at ${formatNumber(little.checked, 15)} stations from independent counts. Largest deviation ${formatShare(little.worstResidual)}${worst === undefined ? '' : ` (${worst})`}.`}
      </Check>
    </section>
  );
}

const FINDING_ICONS = { error: IconCircleXFilled, warning: IconAlertTriangleFilled, info: IconInfoCircleFilled } as const;

function FindingRow({ finding }: { readonly finding: Finding }) {
  const Icon = FINDING_ICONS[finding.severity];
  const { componentId } = finding;
  return (
    <li className={classes.finding} data-severity={finding.severity}>
      <Icon size={15} role="img" aria-label={finding.severity} />
      <div>
        <b>{finding.message}</b>
        <p>{finding.remedy}</p>
        {componentId !== undefined && (
          <button type="button" className={classes.link} onClick={() => showRecord(componentId)}>
            Show the part
          </button>
        )}
      </div>
    </li>
  );
}

function Findings({ result }: { readonly result: RunResult }) {
  return (
    <section className={classes.card} aria-label="Findings">
      <h3 className="tl-heading">Findings</h3>
      {result.findings.length === 0 ? (
        <p className={classes.quiet}>{nothingFound(result)}</p>
      ) : (
        <ul className={classes.findings}>
          {result.findings.map((finding) => (
            <FindingRow key={`${finding.code} ${finding.componentId ?? ''} ${finding.message}`} finding={finding} />
          ))}
        </ul>
      )}
    </section>
  );
}

function TheRun({ result }: { readonly result: RunResult }) {
  const { settings } = result;
  return (
    <section className={classes.card} aria-label="This run">
      <h3 className="tl-heading">This run</h3>
      <dl>
        <Row name="Ended">{ENDED[result.ended]}</Row>
        <Row
          name="Simulated"
          help="Simulated time reached, of the duration that was set."
        >{`${formatDuration(result.simulatedMs)} of ${formatDuration(settings.durationMs)}`}</Row>
        <Row name="Seed" help="The same seed gives the same numbers, everywhere.">
          {settings.seed}
        </Row>
        <Row name="Events">{formatNumber(result.events, 15)}</Row>
        <Row name="Design">{result.design.name}</Row>
        <Row name="Engine">{result.engineVersion}</Row>
      </dl>
    </section>
  );
}

/** What a run found, on one page: numbers with intervals, the checks of the engine on itself, and what to look out for. */
export function SummaryPanel() {
  const result = useRun((state) => state.result);
  if (result === null)
    return (
      <EmptyState title="No result yet">
        Press Run (Space). When the run ends, its numbers stand here, with intervals and the engine’s checks on itself.
      </EmptyState>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section className={classes.grid} data-testid="summary" aria-label="Summary of the run" tabIndex={0}>
      <EndToEnd result={result} />
      <CertaintyCard result={result} />
      <ObjectivesCard result={result} />
      <Findings result={result} />
      <BaselineCard result={result} />
      <CostAndAvailability result={result} />
      <Operations result={result} />
      <SeenCards result={result} cardClass={classes.card ?? ''} />
      <Checks result={result} />
      <TheRun result={result} />
    </section>
  );
}

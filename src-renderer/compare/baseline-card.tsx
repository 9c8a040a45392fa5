import { Button, Select } from '@mantine/core';
import { IconColumns2, IconPin, IconPinnedOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { type ComparisonRow, compareRuns } from '../../src-shared/analysis/compare';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';
import type { RunResult, RunSamples } from '../../src-shared/run/result';
import { NameField } from '../inspector/name-field';
import summary from '../results/summary-panel.module.css';
import { runStore, useRun } from '../run/run';
import classes from './baseline-card.module.css';
import { type Baseline, baselinesStore, canPin, pinBaseline, renameBaseline, unpinBaseline, useBaselines } from './baselines';
import { compareStore, openCompare } from './compare';
import { differenceHelp, differenceText } from './compare-rows';
import { VerdictMark } from './verdict-mark';

const SHOWN: readonly MetricName[] = [
  'throughput',
  'failureShare',
  'latencyMeanMs',
  'latencyP50Ms',
  'latencyP95Ms',
  'latencyP99Ms',
  'inFlight',
  'costPerHour',
  'costPerMillion',
];

/** The differences of a run to a baseline, end to end. */
export function differencesTo(baseline: Pick<Baseline, 'result' | 'samples'>, result: RunResult, samples: RunSamples): readonly ComparisonRow[] {
  const { rows } = compareRuns([
    { label: 'baseline', changes: [], result: baseline.result, samples: baseline.samples },
    { label: 'this run', changes: [], result, samples },
  ]);
  return SHOWN.flatMap((metric) => rows.filter((row) => row.scope === 'end-to-end' && row.metric === metric && row.differences[1] != null));
}

/** Why the differences between two runs are not ones of pairs with the same random numbers, in words; null where they are. */
export function whyUnpaired(one: RunResult, other: RunResult): string | null {
  const [a, b] = [one.settings, other.settings];
  if (a.seed !== b.seed) return `The baseline had the seed ${a.seed}, this run ${b.seed}: other random numbers.`;
  if (a.durationMs !== b.durationMs || one.simulatedMs !== other.simulatedMs) return 'The baseline was simulated for another time.';
  if (one.warmUpMs !== other.warmUpMs) return 'The baseline had another warm-up.';
  return null;
}

function chooseBaseline(id: string): void {
  baselinesStore.setState({ shownId: id });
}

/** Opens the comparison of the design that ran with a baseline, which is then run again under the present settings. */
function compareWith({ id }: Baseline): void {
  const { designId } = runStore.getState();
  compareStore.setState({ chosen: [`baseline/${id}`, ...(designId === null ? [] : [`design/${designId}`])], baselineKey: `baseline/${id}` });
  openCompare();
}

function Differences({ baseline, result, samples }: { readonly baseline: Baseline; readonly result: RunResult; readonly samples: RunSamples }) {
  const rows = useMemo(() => differencesTo(baseline, result, samples), [baseline, result, samples]);
  const unpaired = whyUnpaired(baseline.result, result);
  const alone = Math.min(baseline.result.replications, result.replications) < 2;
  return (
    <>
      <table className={classes.table} aria-label={`Differences to ${baseline.name}`}>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const found = row.differences[1];
            return (
              <tr key={row.metric} data-metric={row.metric}>
                <th scope="row" title={METRICS[row.metric].definition}>
                  {METRICS[row.metric].title}
                </th>
                <td title={unpaired === null ? differenceHelp(row, 1) : unpaired}>
                  <span className="tl-number">{differenceText(unpaired === null ? row : withoutInterval(row), 1)}</span>
                  {found != null && !alone && unpaired === null && <VerdictMark verdict={found.verdict} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {unpaired !== null ? (
        <p className={summary.quiet}>{`${unpaired} “Compare” runs it again under the present settings, and tells what is chance.`}</p>
      ) : (
        alone && <p className={summary.quiet}>Differences are judged by pairs of replications: two or more give intervals and verdicts.</p>
      )}
    </>
  );
}

function withoutInterval(row: ComparisonRow): ComparisonRow {
  return { ...row, differences: row.differences.map((found) => (found === null ? null : { ...found, halfWidth: null })) };
}

/** Pins the run as a baseline, and tells how a later one differs from it. */
export function BaselineCard({ result }: { readonly result: RunResult }) {
  const samples = useRun((state) => state.samples);
  const baselines = useBaselines((state) => state.baselines);
  const shownId = useBaselines((state) => state.shownId);
  const shown = baselines.find(({ id }) => id === shownId) ?? baselines.at(-1);
  return (
    <section className={summary.card} aria-label="Baseline">
      <h3 className="tl-heading">Baseline</h3>
      {shown === undefined ? (
        <p className={summary.quiet}>Pin this run to see how later ones differ from it.</p>
      ) : (
        <>
          {baselines.length > 1 && (
            <Select
              size="xs"
              mb={4}
              aria-label="Baseline"
              allowDeselect={false}
              data={baselines.map(({ id, name }) => ({ value: id, label: name }))}
              value={shown.id}
              onChange={(id) => id !== null && chooseBaseline(id)}
            />
          )}
          <NameField key={shown.id} size="xs" mb={4} aria-label="Name of the baseline" name={shown.name} onName={(name) => renameBaseline(shown.id, name)} />
          {shown.result === result ? (
            <p className={summary.quiet}>This run is the baseline: the next one is compared with it.</p>
          ) : (
            samples !== null && <Differences baseline={shown} result={result} samples={samples} />
          )}
        </>
      )}
      <div className={classes.buttons}>
        {canPin() && (
          <Button variant="default" size="compact-xs" leftSection={<IconPin size={13} />} onClick={pinBaseline}>
            Pin as baseline
          </Button>
        )}
        {shown !== undefined && (
          <>
            <Button variant="default" size="compact-xs" leftSection={<IconColumns2 size={13} />} onClick={() => compareWith(shown)}>
              Compare …
            </Button>
            <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconPinnedOff size={13} />} onClick={() => unpinBaseline(shown.id)}>
              Unpin
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

import { Button, Select, useComputedColorScheme } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconHistory } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { comparisonCsv } from '../../src-shared/analysis/comparison-export';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import { ChartCell } from '../charts/chart-cell';
import { exportProjectCsv } from '../results/exports';
import classes from './compare.module.css';
import { overlaidCharts, sharedParts } from './compare-charts';
import type { FoundComparison } from './compare-store';
import { CompareTable } from './compare-table';

const NO_SHADES: readonly never[] = [];

function Charts({ found: { results, comparison } }: { readonly found: FoundComparison }) {
  const scheme = useComputedColorScheme('light');
  const parts = useMemo(() => sharedParts(results), [results]);
  const [chosen, setChosen] = useState<string | null>(null);
  const part = parts.find(({ id }) => id === chosen) ?? parts[0] ?? null;
  const charts = useMemo(
    () =>
      overlaidCharts(
        results,
        comparison.sides.map(({ label }) => label),
        part?.id ?? null,
        scheme,
      ),
    [results, comparison, part, scheme],
  );
  const endS = Math.max(1e-3, charts[0]?.timesS.at(-1) ?? 0);
  const warmUpS = Math.max(...results.map(({ warmUpMs }) => warmUpMs)) / 1000;
  return (
    <section aria-label="Charts of the designs">
      <div className={classes.heading}>
        <h3 className="tl-heading">Over simulated time, first replication of each design</h3>
        {parts.length > 1 && (
          <Select
            aria-label="Part whose utilisation is shown"
            w={200}
            data={parts.map(({ id, name }) => ({ value: id, label: name }))}
            value={part?.id ?? null}
            onChange={setChosen}
          />
        )}
      </div>
      <div className={classes.charts}>
        {charts.map((chart) => (
          <ChartCell key={chart.id} chart={chart} scheme={scheme} endS={endS} warmUpS={warmUpS} shades={NO_SHADES} />
        ))}
      </div>
    </section>
  );
}

/** What a comparison found: its metrics side by side, and its charts. */
export function CompareResult({ found, stale }: { readonly found: FoundComparison; readonly stale: boolean }) {
  const { comparison } = found;
  const { settings, sides } = comparison;
  // The numbers are on display before the charts are made.
  const [withCharts, setWithCharts] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWithCharts(true), 50);
    return () => clearTimeout(timer);
  }, []);
  const events = sides.reduce((sum, side) => sum + side.events, 0);
  const findings = sides.flatMap(({ label, findings: own }, side) =>
    own.filter(({ severity }) => severity !== 'info').map((finding) => ({ key: `${side} ${finding.code} ${finding.componentId ?? ''}`, label, finding })),
  );
  return (
    <div className={classes.result} data-testid="comparison">
      <div className={classes.heading}>
        <p className={classes.quiet}>
          {`${settings.replications} ${settings.replications === 1 ? 'replication' : 'replications'} of each design, ${formatDuration(settings.durationMs)} simulated, seed ${settings.seed}, ${formatNumber(events)} events. Same workload and same random numbers for all. ± is half the ${formatShare(settings.confidence)} interval; below it the difference to the baseline with the interval of the pairs. Of many rows, one in ${formatNumber(1 / (1 - settings.confidence))} may be called different by chance alone.`}
        </p>
        {stale && (
          <span className={classes.stale} role="status">
            <IconHistory size={14} aria-hidden="true" />
            Changed since this comparison
          </span>
        )}
        <Button variant="default" leftSection={<IconDownload size={14} />} onClick={() => void exportProjectCsv('comparison', comparisonCsv(comparison))}>
          Export CSV
        </Button>
      </div>
      {settings.replications < 2 && (
        <p className={classes.warning}>Designs are judged by pairs of replications: choose two or more of each to get intervals and verdicts.</p>
      )}
      {findings.length > 0 && (
        <ul className={classes.findings}>
          {findings.map(({ key, label, finding }) => (
            <li key={key}>
              <IconAlertTriangle size={14} aria-hidden="true" />
              <span>
                <b>{`${label}: `}</b>
                {`${finding.message} ${finding.remedy}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      <CompareTable comparison={comparison} />
      {withCharts && <Charts found={found} />}
    </div>
  );
}

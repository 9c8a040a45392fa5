import { Button, Select, useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import { sweepCsv, sweepJson } from '../../src-shared/analysis/sweep-export';
import { finishSweep, type SweepPointResult, type SweepResult } from '../../src-shared/analysis/sweep-result';
import { kneeSentence, scalabilityWords } from '../../src-shared/analysis/sweep-words';
import { formatDuration, formatShare } from '../../src-shared/base/format';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';
import type { Project } from '../../src-shared/project/project';
import type { Sweep } from '../../src-shared/project/sweep';
import { pointVariant } from '../../src-shared/project/sweep-points';
import { sweepableAt, sweepableParameters } from '../../src-shared/project/sweepable';
import { exportProjectCsv, exportProjectJson } from '../results/exports';
import { formatMeasured } from '../results/format-cell';
import { metricGroup, ORDERED_METRICS } from '../results/metric-groups';
import { applySetting } from './apply-setting';
import { axisValueText } from './axis-text';
import { CurveChart } from './curve-chart';
import { curvesOf, type MetricChoice, measuredOf } from './curve-data';
import { experimentModel } from './experiment-model';
import type { FoundSweep } from './experiment-store';
import { HeatMap } from './heat-map';
import { ResultHeading } from './result-heading';
import classes from './sweep.module.css';
import { SweepTable } from './sweep-table';

interface SweepResultViewProps {
  readonly found: FoundSweep;
  readonly project: Project;
  readonly sweep: Sweep;
  readonly running: boolean;
}

/** Metrics that at least one point has of a subject, under their groups. */
function metricData(points: readonly SweepPointResult[], subject: string) {
  const has = ORDERED_METRICS.filter((name) => points.some((point) => measuredOf(point, subject)?.metrics[name] !== undefined));
  const groups = [...new Set(has.map(metricGroup))];
  return groups.map((group) => ({
    group,
    items: has.filter((name) => metricGroup(name) === group).map((name) => ({ value: name, label: METRICS[name].title })),
  }));
}

interface ChooserProps {
  readonly result: SweepResult;
  readonly choice: MetricChoice;
  readonly onChoose: (choice: MetricChoice) => void;
}

function MetricChooser({ result: { points }, choice, onChoose }: ChooserProps) {
  const parts = points[0]?.components ?? [];
  const data = metricData(points, choice.subject);
  return (
    <div className={classes.chooser}>
      <Select
        label="Of"
        data={[{ value: '', label: 'End to end' }, ...parts.map(({ id, name }) => ({ value: id, label: name }))]}
        value={choice.subject}
        onChange={(subject) => {
          const next = subject ?? '';
          const has = metricData(points, next).flatMap(({ items }) => items.map(({ value }) => value));
          onChoose({
            subject: next,
            metric: has.includes(choice.metric) ? choice.metric : has.includes('utilisation') ? 'utilisation' : (has[0] ?? choice.metric),
          });
        }}
      />
      <Select
        label="Metric"
        data={data}
        value={choice.metric}
        searchable
        maxDropdownHeight={320}
        onChange={(metric) => metric !== null && onChoose({ ...choice, metric: metric as MetricName })}
      />
    </div>
  );
}

/** The knee and the fitted law, in words. */
function Words({ result }: { readonly result: SweepResult }) {
  const { loadLatency, scalability, axes, settings } = result;
  const words = scalability === null ? null : scalabilityWords(scalability, settings.confidence);
  if (loadLatency === null && words === null) return null;
  return (
    <div className={classes.words} data-testid="sweep-words">
      {loadLatency !== null && (
        <p>{`${kneeSentence(loadLatency, axes[0])}${loadLatency.knee === null ? '' : ' Beyond it waiting grows faster than throughput.'}`}</p>
      )}
      {words !== null && (
        <>
          <p>{words.heading}</p>
          {words.lines.length > 0 && (
            <dl>
              {words.lines.map(([name, value]) => (
                <div key={name}>
                  <dt>{name === 'contention' ? 'contention σ' : name === 'coherency' ? 'coherency κ' : name}</dt>
                  <dd className="tl-number">{value}</dd>
                </div>
              ))}
            </dl>
          )}
          {[words.ceiling, words.note].filter(Boolean).map((line) => (
            <p key={line}>{`${line.charAt(0).toUpperCase()}${line.slice(1)}${line.endsWith('.') ? '' : '.'}`}</p>
          ))}
        </>
      )}
    </div>
  );
}

/** What a sweep found: curves or a map, the knee and the law in words, all points, and the way out of the window. */
export function SweepResultView({ found, project, sweep, running }: SweepResultViewProps) {
  const scheme = useComputedColorScheme('light');
  const [selected, setSelected] = useState<number | null>(null);
  const { plan, points, complete } = found;
  const result = useMemo(() => finishSweep(plan.header, points), [plan, points]);
  const stale = useMemo(() => !running && experimentModel(project, sweep) !== found.model, [running, project, sweep, found.model]);
  const parameters = useMemo(() => {
    const design = plan.project.designs.find(({ id }) => id === plan.sweep.design);
    const all = design === undefined ? [] : sweepableParameters(plan.project, design);
    return plan.sweep.axes.map(({ parameter }) => (design === undefined ? undefined : sweepableAt(plan.project, design, all, parameter)));
  }, [plan]);
  const twoAxes = plan.sweep.axes.length === 2;
  const [choice, setChoice] = useState<MetricChoice>({ subject: '', metric: twoAxes ? 'latencyP95Ms' : 'failureShare' });
  const curves = useMemo(
    () =>
      twoAxes
        ? []
        : curvesOf(
            result,
            parameters[0],
            scheme,
            choice,
            plan.points.flatMap(({ values }) => values.slice(0, 1)),
          ),
    [twoAxes, result, parameters, scheme, choice, plan],
  );
  const point = points.find(({ index }) => index === selected);
  const apply = (chosen: SweepPointResult): void => applySetting(plan.sweep.design, pointVariant(plan.sweep, chosen.values).changes);
  const { settings } = result;
  return (
    <div className={classes.result} data-testid="sweep-result" data-complete={complete || undefined}>
      <ResultHeading
        text={`${result.design.name} · ${points.length} ${points.length === 1 ? 'point' : 'points'}${complete || running ? '' : `, broken off before all ${plan.points.length} were done`} · ${settings.replications} ${settings.replications === 1 ? 'replication' : 'replications'} of ${formatDuration(settings.durationMs)} · seed ${settings.seed} · ${formatShare(settings.confidence)} intervals`}
        stale={stale ? 'The design, its workload or the sweep has been changed since these numbers were measured. Run the sweep again.' : null}
        running={running}
        exports={[
          { title: 'Points as CSV', run: () => exportProjectCsv(`sweep ${sweep.name}`, sweepCsv(result)) },
          { title: 'Whole sweep as JSON', run: () => exportProjectJson(`sweep ${sweep.name}`, sweepJson(result)) },
        ]}
      />
      <Words result={result} />
      {twoAxes ? (
        <>
          <MetricChooser result={result} choice={choice} onChoose={setChoice} />
          <HeatMap sweep={result} parameters={parameters} choice={choice} scheme={scheme} selected={selected} onSelect={({ index }) => setSelected(index)} />
          {point !== undefined && (
            <div className={classes.chosen}>
              <span>
                <b>{plan.sweep.axes.map((_, axis) => `${parameters[axis]?.title ?? ''} ${axisValueText(parameters[axis], point.values[axis])}`).join(', ')}</b>
                {`: ${METRICS[choice.metric].title} ${formatMeasured(choice.metric, measuredOf(point, choice.subject) ?? point.endToEnd)}`}
              </span>
              <Button variant="light" size="compact-xs" disabled={running} onClick={() => apply(point)}>
                Apply to the design
              </Button>
            </div>
          )}
        </>
      ) : (
        <>
          <div className={classes.charts}>
            {curves.map((curve) => (
              <CurveChart key={curve.id} curve={curve} />
            ))}
          </div>
          <MetricChooser result={result} choice={choice} onChoose={setChoice} />
        </>
      )}
      <SweepTable result={result} parameters={parameters} running={running} onApply={apply} />
      <p className={classes.quiet}>{`The same file, sweep and seed give the same numbers on the command line: topolab sweep FILE --sweep "${sweep.name}".`}</p>
    </div>
  );
}

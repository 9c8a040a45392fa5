import { Button, useComputedColorScheme } from '@mantine/core';
import { IconZoomReset } from '@tabler/icons-react';
import { Fragment, useEffect, useMemo, useRef, useState } from 'react';
import type { ComponentSeriesName, RunResult } from '../../src-shared/run/result';
import { runTransient } from '../../src-shared/run/run-transient';
import { useUi } from '../app/ui-store';
import { boundedCharts } from '../objectives/chart-bounds';
import { objectivesOfDesign } from '../objectives/objective-choices';
import { EmptyState } from '../results/empty-state';
import { useRunFaults } from '../run/active-faults';
import { runStore, useRun } from '../run/run';
import type { RunState } from '../run/run-state';
import type { SeriesView } from '../run/series';
import { seenCharts } from '../telemetry/seen-charts';
import { axisEnd } from './axis-end';
import { ChartCell } from './chart-cell';
import { type ChartChoices, type ComponentChoice, changingComponents, chartsOf, MOST_LINES, topComponents } from './chart-data';
import { formatClock } from './chart-format';
import classes from './charts-panel.module.css';
import { copyCharts, selectedCopies } from './copy-charts';
import { HistogramCell } from './histogram-cell';
import { linkCharts } from './link-charts';
import type { TransientMark } from './plot-drawing';
import { shadesOf } from './shades';
import { setZoom, useZoom } from './zoom-store';

/** Charts are drawn this often at most while points stream in. */
const REDRAW_MS = 120;
/** The leading parts are chosen anew this often, so that lines do not come and go. */
const RANK_MS = 2000;

/** A number that changes with the series, but not more often than charts are drawn. */
function useSeriesVersion(): number {
  const [version, setVersion] = useState(() => runStore.getState().seriesVersion);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = (): void => {
      timer = undefined;
      setVersion(runStore.getState().seriesVersion);
    };
    const stop = runStore.subscribe((state, before) => {
      if (state.seriesVersion !== before.seriesVersion) timer ??= setTimeout(read, REDRAW_MS);
    });
    read();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return version;
}

/** Time left out of the summary as far as it is known: a warm-up to be found is known once the run is over. */
function warmUpOf(state: RunState): number {
  if (state.result !== null) return state.result.warmUpMs / 1000;
  const warmUp = state.project?.settings.warmUpMs;
  return typeof warmUp === 'number' ? warmUp / 1000 : 0;
}

/** Where MSER-5 sees the end of the transient; null where there is none, or what it sees is a load that changes or a fault. */
function transientOf(result: RunResult): TransientMark | null {
  const found = runTransient(result);
  if (found === null || found.verdict === 'none' || found.verdict === 'load' || found.verdict === 'fault') return null;
  return { endS: found.endMs / 1000, settled: found.verdict !== 'unsettled' };
}

interface Ranking {
  readonly series: SeriesView;
  readonly at: number;
  readonly points: number;
  readonly utilisation: readonly string[];
  readonly queue: readonly string[];
  readonly instances: readonly string[];
  readonly servers: readonly string[];
}

/** The parts with the highest utilisation, the longest queues, and instances or servers that change, chosen anew every two seconds. */
function useRanking(series: SeriesView, over: boolean): Ranking {
  const ranking = useRef<Ranking | null>(null);
  const known = ranking.current;
  const now = performance.now();
  if (known === null || known.series !== series || (known.points !== series.length && (over || now - known.at > RANK_MS || known.points < 4))) {
    const instances = changingComponents(series, 'instancesUp');
    ranking.current = {
      series,
      at: now,
      points: series.length,
      utilisation: topComponents(series, 'utilisation'),
      queue: topComponents(series, 'queue'),
      instances,
      servers: changingComponents(series, 'servers').filter((id) => !instances.includes(id)),
    };
  }
  return ranking.current as Ranking;
}

/** Charts over simulated time of the run under way or the last one. */
export function ChartsPanel() {
  const version = useSeriesVersion();
  const scheme = useComputedColorScheme('light');
  const selection = useUi((state) => state.selection);
  const phase = useRun((state) => state.phase);
  const project = useRun((state) => state.project);
  const designId = useRun((state) => state.designId);
  const journal = useRun((run) => run.journal);
  const state = runStore.getState();
  const { series } = state;
  const over = state.result !== null;
  const ranking = useRanking(series, over);
  const names = useMemo(() => {
    const design = project?.designs.find(({ id }) => id === designId);
    const parts = new Map(design?.components.map(({ id, name }) => [id, name]));
    const links = design?.links.map(({ id, from, to }) => [id, `${parts.get(from) ?? from} → ${parts.get(to) ?? to}`] as const) ?? [];
    return { parts, links: new Map(links) };
  }, [project, designId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the series is filled in place; `version` tells of new points
  const charts = useMemo(() => {
    const chosen = selection.filter((id) => series.componentIds.includes(id)).slice(0, MOST_LINES + 3);
    const places = new Map(series.componentIds.map((id, index) => [id, index]));
    // In a small design a part keeps its colour in every chart; in a large one the lines on display have to differ.
    const placeAmong = (ids: readonly string[]) => (id: string) => (series.componentIds.length <= 8 ? (places.get(id) ?? 0) : ids.indexOf(id));
    const choice = (name: keyof ChartChoices, column: ComponentSeriesName): ComponentChoice => {
      const meaningful = chosen.filter((id) => series.component(id, column).some((value) => value !== null));
      // A chart that says nothing new about any part is left out, whatever is selected.
      const ids = meaningful.length > 0 && ranking[name].length > 0 ? meaningful : ranking[name];
      return { ids, selected: meaningful.length > 0, nameOf: (id) => names.parts.get(id) ?? id, placeOf: placeAmong(ids) };
    };
    const choices = {
      utilisation: choice('utilisation', 'utilisation'),
      queue: choice('queue', 'queue'),
      instances: choice('instances', 'instancesUp'),
      servers: choice('servers', 'servers'),
    };
    const sources = {
      objectives: project === null || designId === null ? [] : objectivesOfDesign(project, designId),
      journal,
      verdicts: runStore.getState().result?.objectives ?? [],
      nowS: series.timesS().at(-1) ?? 0,
    };
    const nameOf = (id: string): string => names.parts.get(id) ?? id;
    const copied = { selected: selectedCopies(series, selection), nameOf, placeOf: placeAmong(series.copiedIds) };
    const plain = [...chartsOf(series, choices, journal, scheme), ...copyCharts(series, copied, scheme)];
    const ofLinks = linkCharts(series, selection, (id) => names.links.get(id) ?? id, scheme);
    // Whoever selects links wants to see them: their charts come first.
    return [
      ...ofLinks,
      ...boundedCharts(plain, series, { ...sources, copied: copied.selected }, nameOf, scheme),
      ...seenCharts(series, selection, nameOf, scheme),
    ];
  }, [version, series, selection, ranking, names, journal, scheme, project, designId]);

  const zoom = useZoom();
  const live = useMemo(() => ({ zoom, onZoom: setZoom, over }), [zoom, over]);
  const transient = useMemo(() => (state.result === null ? null : transientOf(state.result)), [state.result]);
  const windows = useRunFaults((faults) => faults.windows);
  const known = useRunFaults((faults) => faults.known);
  const nowS = phase === 'finished' || phase === 'crashed' ? state.simulatedMs / 1000 : Number.POSITIVE_INFINITY;
  const shades = useMemo(() => shadesOf(windows, known, nowS), [windows, known, nowS]);

  if (series.length === 0 && phase !== 'running' && phase !== 'starting' && phase !== 'paused')
    return <EmptyState title="No run yet">Press Run (Space) to watch throughput, latency, utilisation and queues over simulated time.</EmptyState>;
  const reachedS = charts[0]?.timesS.at(-1) ?? 0;
  const endS = axisEnd((project?.settings.durationMs ?? 60_000) / 1000, reachedS, over);
  const warmUpS = warmUpOf(state);
  return (
    <div className={classes.panel}>
      {zoom !== null && (
        <div className={classes.zoom} role="status">
          <span className="tl-number">{`${formatClock(zoom.fromS, 1)} to ${formatClock(zoom.toS, 1)} of ${formatClock(endS, 1)}`}</span>
          <Button size="compact-xs" variant="subtle" leftSection={<IconZoomReset size={14} aria-hidden="true" />} onClick={() => setZoom(null)}>
            Show the whole run
          </Button>
        </div>
      )}
      <div className={classes.grid}>
        {charts.map((chart) => (
          <Fragment key={chart.id}>
            <ChartCell chart={chart} scheme={scheme} endS={endS} warmUpS={warmUpS} shades={shades} transient={transient} live={live} />
            {chart.id === 'latency' && state.result !== null && <HistogramCell result={state.result} />}
          </Fragment>
        ))}
      </div>
    </div>
  );
}

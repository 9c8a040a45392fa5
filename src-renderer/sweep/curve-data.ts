import type { SweepPointResult, SweepResult } from '../../src-shared/analysis/sweep-result';
import { isSure, uslThroughput } from '../../src-shared/analysis/usl-fit';
import { formatNumber } from '../../src-shared/base/format';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';
import type { AxisValue } from '../../src-shared/project/sweep-points';
import type { SweepableParameter } from '../../src-shared/project/sweepable';
import type { Measured } from '../../src-shared/run/result';
import { lineColor, OUTCOME_COLORS, PERCENTILE_COLORS, type Scheme } from '../charts/chart-colors';
import { formatMeasured } from '../results/format-cell';
import { axisValueText } from './axis-text';

/** One measured point, with the ends of its interval where it has one. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Drawn as a ring: it counts less than the others. */
  readonly hollow: boolean;
  readonly text: string;
}

/** One line of a chart. */
export interface CurveLine {
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
  readonly points: readonly CurvePoint[];
  /** A smooth curve in place of the segments between the points. */
  readonly smooth?: readonly { readonly x: number; readonly y: number }[];
}

/** Values of one parameter against something measured. */
export interface Curve {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly xTitle: string;
  /** Unit of the vertical axis. */
  readonly unit: string;
  /** Turns what is drawn into a label of the vertical axis. */
  readonly yText: (value: number) => string;
  readonly xText: (value: number) => string;
  /** Places of the horizontal axis with their words, where it has no numbers. */
  readonly names: readonly string[] | null;
  readonly logX: boolean;
  /** Numbers that the horizontal axis reaches to, also while points are still to come. */
  readonly span: readonly number[];
  readonly mayBeLog: boolean;
  readonly lines: readonly CurveLine[];
  readonly marks: readonly { readonly x: number; readonly label: string }[];
}

/** What the chooser of metrics shows: end to end (empty), or a part by its id. */
export interface MetricChoice {
  readonly subject: string;
  readonly metric: MetricName;
}

/** What a point measured of a subject; undefined where it has no such part. */
export function measuredOf(point: SweepPointResult, subject: string): Measured | undefined {
  return subject === '' ? point.endToEnd : point.components.find(({ id }) => id === subject);
}

/** Shares are drawn in percent. */
function factorOf(metric: MetricName): number {
  return METRICS[metric].unit === 'share' ? 100 : 1;
}

/** Unit in the head of a chart or map of a metric. */
export function drawnUnit(metric: MetricName): string {
  const { unit } = METRICS[metric];
  return unit === 'share' ? '%' : unit === 'calls' ? '' : unit;
}

/** Numbers of things on an axis: the values in order where all are numbers, else places with words. */
interface Places {
  readonly names: readonly string[] | null;
  readonly xOf: (value: AxisValue | undefined) => number;
}

function placesOf(values: readonly AxisValue[], parameter: SweepableParameter | undefined): Places {
  if (values.every((value) => typeof value === 'number')) return { names: null, xOf: (value) => Number(value) };
  const distinct = [...new Set(values)];
  return { names: distinct.map((value) => axisValueText(parameter, value)), xOf: (value) => distinct.indexOf(value as AxisValue) };
}

/** The curves that a sweep of one parameter gives, with the metric that was chosen last. */
export function curvesOf(
  sweep: SweepResult,
  parameter: SweepableParameter | undefined,
  scheme: Scheme,
  choice: MetricChoice,
  planned: readonly AxisValue[] = [],
): readonly Curve[] {
  const { axes, loadLatency, scalability, settings } = sweep;
  const axis = axes[0];
  const { names, xOf } = placesOf([...planned, ...sweep.points.flatMap(({ values }) => values.slice(0, 1))], parameter);
  const ordered = [...sweep.points].sort((one, other) => xOf(one.values[0]) - xOf(other.values[0]));
  const line = (metric: MetricName, label: string, color: string, dash: readonly number[] = [], subject = ''): CurveLine => ({
    key: metric,
    label,
    color,
    dash,
    points: ordered.flatMap((point) => {
      const measured = measuredOf(point, subject);
      const value = measured?.metrics[metric];
      if (measured === undefined || value === undefined || !Number.isFinite(value)) return [];
      const half = measured.halfWidths?.[metric];
      const factor = factorOf(metric);
      const has = half !== undefined && Number.isFinite(half);
      return [
        {
          x: xOf(point.values[0]),
          y: value * factor,
          low: has ? (value - half) * factor : null,
          high: has ? (value + half) * factor : null,
          hollow: point.ended === 'limit',
          text: formatMeasured(metric, measured),
        },
      ];
    }),
  });
  const steps = ordered.map((point) => xOf(point.values[0])).filter((x) => x > 0);
  const common = {
    xTitle: axis === undefined ? '' : axis.unit === '' || axis.whole || axis.unit === 'ms' ? axis.title : `${axis.title}, ${axis.unit}`,
    xText: (value: number) => names?.[value] ?? axisValueText(parameter, value),
    names,
    span: names === null ? planned.map(xOf) : [],
    logX: names === null && sweep.axes.length === 1 && parameter !== undefined && isGeometric(planned.length > 0 ? planned.map(xOf) : steps),
    yText: (value: number) => formatNumber(value),
  };
  const knee = loadLatency?.knee ?? null;
  const marks = knee === null ? [] : [{ x: knee.load, label: 'knee' }];
  const colors = PERCENTILE_COLORS[scheme];
  const outcomes = OUTCOME_COLORS[scheme];
  const intervals = ` Bars are ${formatNumber(settings.confidence * 100)} % intervals over replications.`;
  const against = axis === undefined ? '' : ` against ${axis.title.toLowerCase()}`;
  const chosen = METRICS[choice.metric];
  const part = choice.subject === '' ? null : (sweep.points[0]?.components.find(({ id }) => id === choice.subject)?.name ?? choice.subject);
  return [
    {
      ...common,
      id: 'latency',
      title: loadLatency === null ? `Latency${against}` : 'Latency against load',
      help: `End to end, of requests that ended well.${knee === null ? '' : ' The knee is where throughput divided by latency is greatest.'}${intervals}`,
      unit: 'ms',
      mayBeLog: true,
      lines: [line('latencyMeanMs', 'mean', colors.p50), line('latencyP95Ms', 'p95', colors.p95, [6, 3]), line('latencyP99Ms', 'p99', colors.p99, [2, 2])],
      marks,
    },
    scalability === null
      ? {
          ...common,
          id: 'throughput',
          title: loadLatency === null ? `Throughput${against}` : 'Throughput against load',
          help: `What was asked for, and what ended well, per second of simulated time.${intervals}`,
          unit: 'req/s',
          mayBeLog: false,
          lines: [line('offeredRate', 'offered', outcomes.offered, [4, 3]), line('throughput', 'throughput', outcomes.completed)],
          marks,
        }
      : scalabilityCurve(sweep, common, line('throughput', 'measured', lineColor(scheme, 0)), lineColor(scheme, 1)),
    {
      ...common,
      id: 'metric',
      title: `${chosen.title}${part === null ? '' : ` of ${part}`}`,
      help: `${chosen.definition}${intervals}`,
      unit: drawnUnit(choice.metric),
      mayBeLog: chosen.unit === 'ms',
      lines: [line(choice.metric, part ?? 'end to end', lineColor(scheme, 0), [], choice.subject)],
      marks,
    },
  ];
}

/** Throughput against size, with the fitted law and the size at which it peaks. */
function scalabilityCurve(
  { scalability }: SweepResult,
  common: Pick<Curve, 'xTitle' | 'xText' | 'yText' | 'names' | 'logX' | 'span'>,
  measured: CurveLine,
  color: string,
): Curve {
  const limited = new Set(scalability?.points.filter(({ limitedByLoad }) => limitedByLoad).map(({ size }) => size));
  const fit = scalability?.fit ?? null;
  const sizes = measured.points.map(({ x }) => x);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  // A peak that chance may have made is none.
  const peak = fit === null || !isSure(fit.beta) ? null : fit.peakSize;
  const end = peak !== null && peak > most && peak < 1.5 * most ? peak * 1.05 : most;
  const law =
    fit === null
      ? []
      : Array.from({ length: 81 }, (_, index) => {
          const x = least + ((end - least) * index) / 80;
          return { x, y: uslThroughput(x, fit.gamma.value, fit.alpha.value, fit.beta.value) };
        });
  return {
    ...common,
    id: 'scalability',
    title: 'Scalability',
    help: 'Throughput against size, and the Universal Scalability Law fitted to it. Rings did all that was asked of them: they say nothing of capacity and are left out of the fit.',
    unit: 'req/s',
    mayBeLog: false,
    lines: [
      ...(fit === null ? [] : [{ key: 'law', label: 'fitted law', color, dash: [6, 3], points: [], smooth: law }]),
      { ...measured, points: measured.points.map((point) => ({ ...point, hollow: limited.has(point.x) })), ...(fit !== null && { smooth: [] }) },
    ],
    marks: peak !== null && peak >= least && peak <= end ? [{ x: peak, label: 'peak' }] : [],
  };
}

/** Whether values grow by about the same factor each: such an axis is drawn logarithmically. */
function isGeometric(values: readonly number[]): boolean {
  if (values.length < 4) return false;
  const factors = values.slice(1).map((value, index) => value / (values[index] ?? value));
  const [least, most] = [Math.min(...factors), Math.max(...factors)];
  return least > 1.2 && most / least < 1.15;
}

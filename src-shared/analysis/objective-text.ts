import { formatDuration, formatNumber, formatShare } from '../base/format';
import { METRICS } from '../engine/metrics';
import { boundOf, type Demand, type Objective } from '../project/objective';
import type { AlertDetail, BurnRule, ObjectiveVerdict } from '../run/result';
import { formatMetric } from './metric-text';

/** An availability with all its nines, in percent. */
export function formatNinesShare(share: number): string {
  return `${formatNumber(share * 100, 6)} %`;
}

/** A value in the measure of an objective, with its unit. */
export function objectiveValue(measure: ObjectiveVerdict['measure'], value: number): string {
  if (measure === 'recoveryTimeMs') return formatDuration(value);
  return measure === 'availability' ? formatNinesShare(value) : formatMetric(measure, value);
}

/** What was measured for an objective, by the name that tables give it. */
export function measureTitle(measure: ObjectiveVerdict['measure']): string {
  return measure === 'recoveryTimeMs' ? 'Recovery time' : METRICS[measure].title;
}

/** What an objective measures, in a few words. */
export function demandTitle(demand: Demand): string {
  switch (demand.type) {
    case 'latency':
      return `Latency p${demand.percentile}`;
    case 'availability':
      return 'Availability';
    case 'error-share':
      return METRICS.failureShare.title;
    case 'cost-per-hour':
      return METRICS.costPerHour.title;
    case 'cost-per-million':
      return METRICS.costPerMillion.title;
    case 'recovery-time':
      return 'Recovery time (RTO)';
    case 'stale-share':
      return METRICS.staleShare.title;
    case 'staleness':
      return `Staleness p${demand.percentile}`;
    case 'recovery-point':
      return METRICS.recoveryPointMs.title;
    case 'lost-writes':
      return METRICS.lostWrites.title;
  }
}

/** The bound of a demand in words: `≤ 250 ms`. */
export function boundText(demand: Demand): string {
  const { atLeast, limit } = boundOf(demand);
  return `${atLeast ? '≥' : '≤'} ${demandValue(demand, limit)}`;
}

/** A value in the unit of a demand. */
export function demandValue(demand: Demand, value: number): string {
  switch (demand.type) {
    case 'latency':
    case 'recovery-time':
    case 'staleness':
    case 'recovery-point':
      return formatDuration(value);
    case 'availability':
      return formatNinesShare(value);
    case 'error-share':
    case 'stale-share':
      return formatShare(value);
    case 'lost-writes':
      return formatMetric('lostWrites', value);
    case 'cost-per-hour':
      return formatMetric('costPerHour', value);
    case 'cost-per-million':
      return formatMetric('costPerMillion', value);
  }
}

/** An objective as a sentence; `nameOf` gives the name of a component by its id. */
export function objectiveSentence({ scope, demand, windowMs, windowShare }: Objective, nameOf: (id: string) => string): string {
  const about =
    scope.type === 'end-to-end'
      ? 'end to end'
      : scope.type === 'component'
        ? `of ${nameOf(scope.component)}`
        : `of ${nameOf(scope.component)}: ${scope.operation}`;
  if (demand.type === 'recovery-time') {
    const speed = demand.p95Ms === undefined ? '' : ` and p95 is at most ${formatDuration(demand.p95Ms)}`;
    return `${demandTitle(demand)} ${about} ${boundText(demand)} after every fault; good means that at most ${formatShare(demand.errorShare)} of the requests fail${speed}${windowMs === undefined ? '' : `, over ${formatDuration(windowMs)}`}`;
  }
  const windows =
    windowMs === undefined
      ? 'over the whole run'
      : `in ${windowShare === undefined ? 'every window' : `${formatShare(windowShare)} of the windows`} of ${formatDuration(windowMs)}`;
  return `${demandTitle(demand)} ${about} ${boundText(demand)}, ${windows}`;
}

/** Rules of alerts in words. */
export const ALERT_RULES: Readonly<Record<AlertDetail['rule'], string>> = {
  window: 'a window missed it',
  recovery: 'not good again in time',
  'fast-burn': 'fast burn',
  'slow-burn': 'slow burn',
};

function budgetText(left: number): string {
  if (left < -1) return `error budget spent ${formatNumber(1 - left)} times over`;
  return left < 0 ? `error budget overspent by ${formatShare(-left)}` : `${formatShare(left)} of the error budget left`;
}

/** What an alert or its end says beside the name of its objective. */
export function alertText({ rule, value, limit, budgetLeft }: AlertDetail, over: boolean): string {
  const left = budgetLeft === null ? '' : `; ${budgetText(budgetLeft)}`;
  switch (rule) {
    case 'window':
      return `window ${over ? 'within the bound again' : 'missed the bound'}${left}`;
    case 'recovery':
      return over ? `good again after ${formatDuration(value)}` : `not good again after ${formatDuration(limit)}`;
    default:
      return `${ALERT_RULES[rule]}${over ? ' is over' : `: ${formatNumber(value)} times the rate that the budget allows, alert from ${formatNumber(limit)}`}${left}`;
  }
}

/** A rule by burn rate in a sentence. */
export function burnRuleText({ name, longMs, shortMs, threshold, worst, alerts }: BurnRule): string {
  const found =
    worst === null
      ? 'the run is too short for it'
      : `highest ${formatNumber(worst)}, ${alerts === 0 ? 'no alert' : `${alerts} ${alerts === 1 ? 'alert' : 'alerts'}`}`;
  return `${name === 'fast-burn' ? 'Fast' : 'Slow'} burn: from ${formatNumber(threshold)} over ${formatDuration(longMs)} and ${formatDuration(shortMs)}; ${found}`;
}

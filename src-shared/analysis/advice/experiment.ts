import type { MetricName } from '../../engine/metrics';
import type { Fault } from '../../project/fault';
import { type Design, LIMITS, type Project } from '../../project/project';
import type { Variant } from '../../project/variant';
import type { RunResult, RunSamples } from '../../run/result';
import { type Difference, difference, type Verdict } from '../difference';
import type { Candidate, Goal } from './candidate';

/** Replications where the project asks for fewer: an effect is told from chance by pairs of them. */
export const ADVICE_REPLICATIONS = 6;

/** What is simulated to try candidates: one variant for each, and one for each thing that candidates are compared with. */
export interface Experiment {
  /** The project with the replications of the experiment, and with designs beside the one looked at in which an instance crashes. */
  readonly project: Project;
  /** The first one is the design as it is. */
  readonly variants: readonly Variant[];
  readonly tries: readonly {
    readonly candidate: Candidate;
    /** Places in `variants`: of the candidate, and of what it is compared with. */
    readonly variant: number;
    readonly baseline: number;
  }[];
}

/** Lays out the runs that try candidates under common random numbers. `replications`: null for as many as the project asks for, at least {@link ADVICE_REPLICATIONS}. */
export function planExperiment(project: Project, design: Design, candidates: readonly Candidate[], replications: number | null): Experiment {
  const crashes = new Map<string, { readonly design: Design; readonly baseline: number }>();
  const variants: Variant[] = [{ label: design.name, designId: design.id, changes: [] }];
  const tries: Experiment['tries'][number][] = [];
  for (const candidate of candidates) {
    const { crash } = candidate;
    let designId = design.id;
    let baseline = 0;
    if (crash !== null) {
      const key = `${crash.componentId} ${crash.instance}`;
      let known = crashes.get(key);
      if (known === undefined) {
        // No room for another design, which a project has at most so many of.
        if (project.designs.length + crashes.size >= LIMITS.designs) continue;
        known = { design: withCrash(project, design, crash, crashes.size + 1), baseline: variants.length };
        crashes.set(key, known);
        variants.push({ label: known.design.name, designId: known.design.id, changes: [] });
      }
      designId = known.design.id;
      baseline = known.baseline;
    }
    tries.push({ candidate, variant: variants.length, baseline });
    variants.push({ label: candidate.title, designId, changes: candidate.changes });
  }
  const settings = { ...project.settings, replications: replications ?? Math.max(ADVICE_REPLICATIONS, project.settings.replications), requestLog: 0 };
  return { project: { ...project, settings, designs: [...project.designs, ...[...crashes.values()].map((known) => known.design)] }, variants, tries };
}

/** A copy of the design in which an instance is down for the middle third of the measured time. */
function withCrash(project: Project, design: Design, crash: NonNullable<Candidate['crash']>, number: number): Design {
  const { durationMs, warmUpMs } = project.settings;
  const begin = warmUpMs === 'auto' ? 0.5 * durationMs : warmUpMs;
  const third = (durationMs - begin) / 3;
  const taken = new Set(project.designs.map(({ id }) => id));
  let id = `advice-crash-${number}`;
  while (taken.has(id)) id = `${id}-x`;
  const fault: Fault = {
    id: 'advice-crash',
    name: 'Crash of one instance',
    target: crash.componentId,
    instance: crash.instance,
    effect: { type: 'crash', silent: false, restartMs: 0 },
    timing: { type: 'once', atMs: begin + third, lastsMs: third },
  };
  return { ...design, id, name: `${design.name} with a crash`.slice(0, 120), faults: [...design.faults.filter((other) => other.id !== fault.id), fault] };
}

/** One metric of the whole system before and after a change. */
export interface Effect {
  readonly metric: EffectMetric;
  readonly before: number | null;
  readonly after: number | null;
  /** Mean of the paired differences with its interval; null where there is none. */
  readonly difference: Difference | null;
}
/** `expectedAvailability`: share of the time, calculated from the times of random crashes, not measured. */
export type EffectMetric =
  | Extract<MetricName, 'latencyP95Ms' | 'latencyP99Ms' | 'throughput' | 'failureShare' | 'costPerHour'>
  | 'availability'
  | 'expectedAvailability';

/** What came of trying a candidate. */
export interface TriedCandidate extends Candidate {
  /** `helps`: it is advice. `trade-off`: something gets better and something worse. */
  readonly outcome: 'helps' | 'trade-off' | 'no-effect' | 'worse' | 'missed-objective' | 'less-will-do';
  /** Why it is advice, or why it is not. */
  readonly verdict: string;
  readonly effects: readonly Effect[];
  /** How much of the aim it reaches: the larger, the further up it stands. */
  readonly merit: number;
}

/** One variant that has been run. */
export interface TriedRun {
  readonly result: RunResult;
  readonly samples: RunSamples;
}

const MEASURED = ['latencyP95Ms', 'latencyP99Ms', 'throughput', 'failureShare', 'costPerHour'] as const;
const BETTER: Readonly<Record<EffectMetric, 'lower' | 'higher'>> = {
  latencyP95Ms: 'lower',
  latencyP99Ms: 'lower',
  throughput: 'higher',
  failureShare: 'lower',
  costPerHour: 'lower',
  availability: 'higher',
  expectedAvailability: 'higher',
};
/** Effects smaller than this share of what was before are of no use, however sure they are; of shares: points. */
const LEAST_RELATIVE = 0.03;
const LEAST_POINTS = 0.001;
/** A cheaper design may be this much slower where no objective says what is allowed. */
const SLOWER_ALLOWED = 0.1;

/** Judges every candidate by the runs of its experiment, `runs[i]` being that of variant i; the best advice first. */
export function judgeExperiment({ tries, project }: Experiment, runs: readonly TriedRun[]): readonly TriedCandidate[] {
  const { confidence } = project.settings;
  // Of many candidates one looks good by chance alone: the level is shared out among them (C. E. Bonferroni, 1936).
  const strict = 1 - (1 - confidence) / Math.max(1, tries.length);
  const tried = tries.map(({ candidate, variant, baseline }) => {
    const before = runs[baseline] as TriedRun;
    const after = runs[variant] as TriedRun;
    const effects = effectsOf(before, after, confidence);
    const verdicts = new Map(effects.map((effect) => [effect.metric, verdictOf(effect, before, after, strict)]));
    return { ...candidate, effects, ...judge(candidate, effects, verdicts, before, after) };
  });
  const order: readonly Goal[] = ['faster', 'safer', 'cheaper'];
  return tried
    .map((one) => lessWillDo(one, tried))
    .sort(
      (one, other) =>
        Number(other.outcome === 'helps') - Number(one.outcome === 'helps') || order.indexOf(one.goal) - order.indexOf(other.goal) || other.merit - one.merit,
    );
}

/** Of two amounts of the same thing the lesser is advice where it does nearly as well. */
function lessWillDo(one: TriedCandidate, tried: readonly TriedCandidate[]): TriedCandidate {
  const { amount } = one;
  if (one.outcome !== 'helps' || amount === undefined) return one;
  const less = tried.find(
    (other) =>
      other.outcome === 'helps' &&
      other.amount !== undefined &&
      other.amount.of === amount.of &&
      other.amount.value < amount.value &&
      other.merit >= 0.95 * one.merit,
  );
  return less === undefined ? one : { ...one, outcome: 'less-will-do', verdict: `It helps, but less will do: “${less.title}” does as well.` };
}

function valuesOf({ samples }: TriedRun, metric: EffectMetric): readonly (number | null)[] | null {
  const row = samples.rows.find(({ scope }) => scope === 'end-to-end');
  if (metric === 'availability') return row?.values.failureShare?.map((share) => (share === null ? null : 1 - share)) ?? null;
  if (metric === 'expectedAvailability') return null;
  return row?.values[metric] ?? null;
}

function effectsOf(before: TriedRun, after: TriedRun, confidence: number): Effect[] {
  const measured = MEASURED.flatMap((metric): Effect[] => {
    const first = valuesOf(before, metric);
    const second = valuesOf(after, metric);
    if (first === null && second === null) return [];
    const zeros = (other: readonly (number | null)[] | null): readonly number[] => (other ?? []).map(() => 0);
    // Without a price before, the whole price is the difference.
    const found = difference(first ?? zeros(second), second ?? zeros(first), confidence, BETTER[metric]);
    return [{ metric, before: before.result.endToEnd.metrics[metric] ?? null, after: after.result.endToEnd.metrics[metric] ?? null, difference: found }];
  });
  const served = (run: TriedRun): number => 1 - (run.result.endToEnd.metrics.failureShare ?? 0);
  const shares = [valuesOf(before, 'availability'), valuesOf(after, 'availability')] as const;
  const availability: Effect = {
    metric: 'availability',
    before: served(before),
    after: served(after),
    difference: shares[0] === null || shares[1] === null ? null : difference(shares[0], shares[1], confidence, 'higher'),
  };
  const [expectedBefore, expectedAfter] = [before.result.expected.availability, after.result.expected.availability];
  const expected: Effect[] =
    expectedBefore < 1 || expectedAfter < 1 ? [{ metric: 'expectedAvailability', before: expectedBefore, after: expectedAfter, difference: null }] : [];
  return [...measured, availability, ...expected];
}

/** The verdict at the strict level; what is too small to be of use counts as no difference. */
function verdictOf({ metric, before }: Effect, first: TriedRun, second: TriedRun, strict: number): Verdict {
  const [a, b] = [valuesOf(first, metric), valuesOf(second, metric)];
  if (a === null || b === null) return 'unknown';
  const found = difference(a, b, strict, BETTER[metric]);
  if (found === null) return 'unknown';
  const share = metric === 'failureShare' || metric === 'availability';
  const least = share ? LEAST_POINTS : LEAST_RELATIVE * Math.abs(before ?? 0);
  return Math.abs(found.mean) < least ? 'not-distinguishable' : found.verdict;
}

type Judgement = Pick<TriedCandidate, 'outcome' | 'verdict' | 'merit'>;

const WORDS: Readonly<Record<EffectMetric, string>> = {
  latencyP95Ms: 'p95',
  latencyP99Ms: 'p99',
  throughput: 'throughput',
  failureShare: 'error share',
  costPerHour: 'price',
  availability: 'availability',
  expectedAvailability: 'expected availability',
};

function judge(candidate: Candidate, effects: readonly Effect[], verdicts: ReadonlyMap<EffectMetric, Verdict>, before: TriedRun, after: TriedRun): Judgement {
  const aims: readonly EffectMetric[] = candidate.goal === 'safer' ? ['failureShare'] : ['latencyP95Ms', 'latencyP99Ms', 'throughput', 'failureShare'];
  const having = (verdict: Verdict): EffectMetric[] => aims.filter((metric) => verdicts.get(metric) === verdict);
  const [better, worse] = [having('better'), having('worse')];
  const merit = meritOf(candidate, effects, better);
  const lost = after.result.objectives.filter(
    ({ id, verdict }) => verdict !== 'pass' && before.result.objectives.find((other) => other.id === id)?.verdict === 'pass',
  );
  if (lost.length > 0)
    return { outcome: 'missed-objective', verdict: `The objective ${lost.map(({ name }) => `“${name}”`).join(' and ')} would be missed.`, merit: 0 };
  if (candidate.goal === 'cheaper') return judgeSaving(effects, verdicts, after, merit);
  const list = (metrics: readonly EffectMetric[]): string => metrics.map((metric) => WORDS[metric]).join(', ');
  // Fewer errors let more slow requests through, which is no loss: what failed before had no latency at all.
  const excused = better.includes('failureShare') || better.includes('throughput') ? worse.filter((metric) => !metric.startsWith('latency')) : worse;
  if (better.length === 0 && worse.length === 0) return { outcome: 'no-effect', verdict: 'No difference beyond chance.', merit: 0 };
  if (better.length === 0) return { outcome: 'worse', verdict: `It makes ${list(worse)} worse.`, merit: 0 };
  if (excused.length > 0) return { outcome: 'trade-off', verdict: `It makes ${list(better)} better, but ${list(excused)} worse.`, merit };
  const slower = (['latencyP95Ms', 'latencyP99Ms'] as const).filter((metric) => verdicts.get(metric) === 'worse');
  const cost = verdicts.get('costPerHour') === 'worse' ? ', at a higher price' : '';
  return {
    outcome: 'helps',
    verdict: `Better: ${list(better)}${slower.length > 0 ? `. What failed before counts now: ${list(slower)} ${slower.length === 1 ? 'rises' : 'rise'}` : ''}${cost}.`,
    merit,
  };
}

function judgeSaving(effects: readonly Effect[], verdicts: ReadonlyMap<EffectMetric, Verdict>, after: TriedRun, merit: number): Judgement {
  const priced = effects.some(({ metric }) => metric === 'costPerHour');
  if (priced && verdicts.get('costPerHour') !== 'better') return { outcome: 'no-effect', verdict: 'It saves nothing.', merit: 0 };
  const judged = after.result.objectives.length > 0;
  const slower = (['latencyP95Ms', 'latencyP99Ms'] as const).filter((metric) => {
    const effect = effects.find((each) => each.metric === metric);
    return verdicts.get(metric) === 'worse' && (effect?.difference?.mean ?? 0) > SLOWER_ALLOWED * (effect?.before ?? 0);
  });
  if (verdicts.get('failureShare') === 'worse' || verdicts.get('throughput') === 'worse')
    return { outcome: 'trade-off', verdict: 'It is cheaper, but fewer requests end well.', merit };
  if (slower.length > 0 && !judged)
    return {
      outcome: 'trade-off',
      verdict: `It is cheaper, but ${slower.map((metric) => WORDS[metric]).join(' and ')} would rise by more than 10 %; no objective says that this is allowed.`,
      merit,
    };
  return {
    outcome: 'helps',
    verdict: `${priced ? 'Cheaper' : 'Fewer servers'}, ${judged ? 'and every objective that was met still is' : 'and hardly slower'}.`,
    merit,
  };
}

/** Sum over what gets better of the share of it that is gained; cheaper designs by the share of the price. */
function meritOf({ goal }: Candidate, effects: readonly Effect[], better: readonly EffectMetric[]): number {
  const relative = (metric: EffectMetric): number => {
    const effect = effects.find((each) => each.metric === metric);
    const { before = null, difference: found = null } = effect ?? {};
    if (before === null || found === null) return 0;
    return Math.abs(found.mean) / Math.max(Math.abs(before), 1e-9);
  };
  if (goal === 'cheaper') return Math.min(1, relative('costPerHour')) / 10;
  const errors = effects.find(({ metric }) => metric === 'failureShare');
  // A point of errors weighs more than a point of latency.
  const failed = better.includes('failureShare') ? 5 * Math.abs(errors?.difference?.mean ?? 0) : 0;
  return failed + better.filter((metric) => metric !== 'failureShare').reduce((sum, metric) => sum + Math.min(1, relative(metric)) / 3, 0);
}

import type { Problem } from '../base/problem';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { exp, log } from '../base/transcendental';
import type { Design, Project } from './project';
import type { Search } from './search';
import { parameterAt, readValue, setParameter } from './set-parameter';
import type { Axis, Sweep } from './sweep';
import type { Variant } from './variant';
import { enumerateShort, quote } from './words';

/** A value of a parameter as a file stores it, or a text with a unit. */
export type AxisValue = number | string | boolean;

/** One point of a sweep: its number in the order of the first axis, then the second, and the values on the axes. */
export interface SweepPoint {
  readonly index: number;
  readonly values: readonly AxisValue[];
}

/** Most points of one sweep. */
export const POINT_LIMIT = 10_000;

/** The values of an axis in their order, each once; of a range of whole things only whole numbers. The error says what is wrong. */
export function axisValues(project: Project, design: Design, { parameter, values }: Axis): Result<readonly AxisValue[], string> {
  const param = parameterAt(project, design, parameter);
  if (!param.ok) return param;
  if (values.type === 'list') {
    // A number with a unit is a number: curves need to know how far two values are apart.
    const meant = values.values.map((value) => {
      const read = typeof value === 'string' && param.value !== null ? readValue(param.value, value) : null;
      return read?.ok === true && typeof read.value === 'number' ? read.value : value;
    });
    return ok([...new Set(meant)]);
  }
  const { from, to, steps, scale } = values;
  if (scale === 'log' && !(from > 0 && to > 0)) return err(`${parameter}: a logarithmic range needs both ends above 0.`);
  const whole = param.value?.type === 'count' || param.value?.type === 'size';
  const list = Array.from({ length: steps }, (_, step) => {
    const share = step / (steps - 1);
    const value = step === steps - 1 ? to : scale === 'log' ? from * exp(share * log(to / from)) : from + share * (to - from);
    // Twelve digits are more than anybody means, and keep 0.1 + 0.2 from being 0.30000000000000004.
    return whole ? Math.floor(value + 0.5) : Number(value.toPrecision(12));
  });
  return ok([...new Set(list)]);
}

/** What is varied, and of which design: what sweeps and searches have in common. */
export interface Varied {
  readonly design: string;
  readonly axes: readonly Axis[];
}

/** Every point of a sweep, the last axis fastest; the error says what is wrong. */
export function sweepPoints(project: Project, sweep: Varied): Result<readonly SweepPoint[], string> {
  const design = project.designs.find((candidate) => candidate.id === sweep.design);
  if (design === undefined) return err(`The project has no design with the id ${quote(sweep.design)}.`);
  let rows: readonly (readonly AxisValue[])[] = [[]];
  for (const axis of sweep.axes) {
    const values = axisValues(project, design, axis);
    if (!values.ok) return values;
    if (rows.length * values.value.length > POINT_LIMIT) return err(`The sweep has more than ${POINT_LIMIT} points.`);
    rows = rows.flatMap((row) => values.value.map((value) => [...row, value]));
  }
  return ok(rows.map((values, index) => ({ index, values })));
}

/** The variant that a point of a sweep is: its values set after the changes that all points share. */
export function pointVariant(sweep: Varied, values: readonly AxisValue[], changes: readonly string[] = []): Variant {
  const own = sweep.axes.map(({ parameter }, axis) => `${parameter}=${String(values[axis])}`);
  return { label: own.join(', '), designId: sweep.design, changes: [...changes, ...own] };
}

/** Sweeps and searches over things that do not exist, or over values that are not allowed. */
export function sweepProblems(project: Project): readonly Problem[] {
  return [
    ...project.sweeps.flatMap((sweep) => problemsOf(project, sweep, 'sweep')),
    ...(project.searches ?? []).flatMap((search) => searchProblems(project, search)),
  ];
}

/** A sweep or a search, as far as both are alike. */
type Experiment = Pick<Sweep, 'id' | 'name' | 'design' | 'axes'>;

function problemsOf(project: Project, experiment: Experiment, noun: 'sweep' | 'search'): Problem[] {
  const warning = warningOf(experiment, noun);
  const design = project.designs.find((candidate) => candidate.id === experiment.design);
  if (design === undefined)
    return [
      warning(
        'without-design',
        'design',
        `is of the design ${quote(experiment.design)}, which does not exist.`,
        `Choose one of ${enumerateShort(project.designs.map(({ id }) => id))}.`,
      ),
    ];
  return experiment.axes.flatMap((axis, index): Problem[] => {
    const values = axisValues(project, design, axis);
    if (!values.ok) return [warning('without-parameter', `axes[${index}].parameter`, `cannot vary ${axis.parameter}: ${values.error}`, 'Correct the axis.')];
    const refused = refusedValue(project, design, axis.parameter, [values.value[0], values.value[values.value.length - 1]]);
    return refused === null
      ? []
      : [warning('value-not-allowed', `axes[${index}].values`, `has a value that is not allowed. ${refused}`, 'Correct the values of the axis.')];
  });
}

function warningOf({ id, name }: Experiment, noun: 'sweep' | 'search') {
  return (code: string, path: string, message: string, remedy: string): Problem => ({
    severity: 'warning',
    code: `${noun}-${code}`,
    recordId: id,
    path,
    message: `The ${noun} ${quote(name)} ${message}`,
    remedy,
  });
}

function searchProblems(project: Project, search: Search): Problem[] {
  const warning = warningOf(search, 'search');
  const gone = (search.objectives ?? []).filter((id) => !project.objectives.some((objective) => objective.id === id));
  return [
    ...problemsOf(project, search, 'search'),
    ...gone.map((id) =>
      warning('without-objective', 'objectives', `demands the objective ${quote(id)}, which does not exist.`, 'Choose objectives of the project.'),
    ),
    ...(search.monotone !== undefined && !search.axes.some(({ parameter }) => parameter === search.monotone)
      ? [
          warning(
            'without-monotone',
            'monotone',
            `takes more of ${quote(search.monotone)} for never worse, which it does not vary.`,
            'Choose one of the parameters that it varies.',
          ),
        ]
      : []),
  ];
}

/** Why a parameter cannot take one of these values, as a sentence; null where it can take all of them. */
export function refusedValue(project: Project, design: Design, parameter: string, values: readonly (AxisValue | undefined)[]): string | null {
  for (const value of new Set(values)) {
    const set = setParameter(project, design, `${parameter}=${String(value)}`);
    if (!set.ok) return set.error;
  }
  return null;
}

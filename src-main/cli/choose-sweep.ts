import type { Design, Project } from '../../src-shared/project/project';
import { parameterAt } from '../../src-shared/project/set-parameter';
import type { Axis, Sweep } from '../../src-shared/project/sweep';
import { enumerate, quote } from '../../src-shared/project/words';
import { CommandFailure, EXIT } from './exit-code';
import { chooseDesign } from './read-project';

/** Options that say what is swept, as the command line gives them. */
export interface SweepChoice {
  readonly sweep?: string;
  readonly over: readonly string[];
  readonly design?: string;
}

/** The sweep that is meant: one of the project by name, one given by --over, or the first of the project. */
export function chooseSweep(project: Project, options: SweepChoice, mostAxes = 2): Sweep {
  if (options.over.length > 0) {
    if (options.sweep !== undefined) throw new CommandFailure(EXIT.usage, 'Choose one of --sweep and --over.');
    if (options.over.length > mostAxes)
      throw new CommandFailure(EXIT.usage, `At most ${mostAxes} parameters can be varied: give --over at most ${mostAxes} times.`);
    const design = chooseDesign(project, options.design);
    const axes = options.over.map((text) => readAxis(project, design, text));
    return { id: 'over', name: axes.map(({ parameter }) => parameter).join(' and '), design: design.id, axes };
  }
  if (options.design !== undefined) throw new CommandFailure(EXIT.usage, '--design goes with --over; a sweep of the project says its design itself.');
  const [first] = project.sweeps;
  if (first === undefined)
    throw new CommandFailure(EXIT.usage, 'The project has no sweep; say what to vary, such as --over web.replicas=1..8 or --over clients.ratePerS=100..500/9.');
  const found =
    options.sweep === undefined ? first : (project.sweeps.find(({ name }) => name === options.sweep) ?? project.sweeps.find(({ id }) => id === options.sweep));
  if (found === undefined)
    throw new CommandFailure(
      EXIT.usage,
      `The project has no sweep ${quote(options.sweep)}; there ${project.sweeps.length === 1 ? 'is' : 'are'} ${enumerate(project.sweeps.map(({ name }) => quote(name)))}.`,
    );
  return found;
}

const NUMBER = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?';
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})(?:/(\\d+)(log)?)?$`, 'i');

/**
 * Reads one axis: `web.replicas=1,2,4` is a list, `web.replicas=1..8` every whole number, `load.ratePerS=100..500/9` nine values at even
 * steps, `load.ratePerS=1..1000/7log` seven at equal factors.
 */
export function readAxis(project: Project, design: Design, text: string): Axis {
  const fail = (why: string): CommandFailure =>
    new CommandFailure(
      EXIT.usage,
      `--over ${quote(text)} ${why} Forms: web.replicas=1,2,4 or web.replicas=1..8 or load.ratePerS=100..500/9 or load.ratePerS=1..1000/7log.`,
    );
  const equals = text.indexOf('=');
  if (equals <= 0) throw fail('needs a parameter and values.');
  const parameter = text.slice(0, equals).trim();
  const words = text.slice(equals + 1).trim();
  const param = parameterAt(project, design, parameter);
  if (!param.ok) throw new CommandFailure(EXIT.usage, param.error);
  const range = RANGE.exec(words);
  if (range === null) {
    const values = splitList(words);
    if (values.length === 0) throw fail('has no values.');
    return { parameter, values: { type: 'list', values } };
  }
  const [from, to] = [Number(range[1]), Number(range[2])];
  const whole = Number.isInteger(from) && Number.isInteger(to);
  if (range[3] === undefined && !whole) throw fail('needs the number of values after a slash.');
  const steps = range[3] === undefined ? Math.abs(to - from) + 1 : Number(range[3]);
  if (steps < 2 || steps > 1000) throw fail('needs 2 to 1000 values.');
  return { parameter, values: { type: 'range', from, to, steps, scale: range[4] === undefined ? 'linear' : 'log' } };
}

/** Values between commas; JSON with commas of its own is one value for each object or list. */
function splitList(text: string): (number | string)[] {
  const values: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of text) {
    if ('{['.includes(character)) depth++;
    if ('}]'.includes(character)) depth--;
    if (character === ',' && depth === 0) {
      values.push(current);
      current = '';
    } else current += character;
  }
  values.push(current);
  const plain = new RegExp(`^${NUMBER}$`, 'i');
  return values
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .map((value) => (plain.test(value) ? Number(value) : value));
}

import { designProblems } from '../../src-shared/project/problems';
import type { Design, Project } from '../../src-shared/project/project';
import { setParameter } from '../../src-shared/project/set-parameter';
import { quote } from '../../src-shared/project/words';
import { CommandFailure, EXIT } from './exit-code';
import { problemCount, problemLine } from './print-problems';
import { chooseDesign, readProject } from './read-project';
import { changedSettings, type RunOptions } from './run-options';
import type { Terminal } from './terminal';

/** Options of commands that run one design, as the command line gives them. */
export interface DesignOptions extends RunOptions {
  readonly design?: string;
  /** Changes of the form `part.parameter=value`, one after the other. */
  readonly set: readonly string[];
}

/**
 * The design that a command runs, with the changes of the command line made. Prints the problems of the model; null where it has
 * errors, with which the command ends with code 1.
 */
export async function prepareDesign(
  file: string,
  options: DesignOptions,
  terminal: Terminal,
): Promise<{ readonly project: Project; readonly design: Design } | null> {
  const stored = await readProject(file);
  const { id, name } = chooseDesign(stored, options.design);
  if (options.design === undefined && stored.designs.length > 1)
    terminal.log(
      `Running the design ${quote(name)}, the first of ${stored.designs.length}; --design chooses another: ${stored.designs
        .slice(1)
        .map((other) => quote(other.name))
        .join(', ')}.`,
    );
  let project: Project = { ...stored, settings: changedSettings(stored.settings, options) };
  for (const assignment of options.set) {
    const changed = setParameter(project, chooseDesign(project, id), assignment);
    if (!changed.ok) throw new CommandFailure(EXIT.usage, changed.error);
    project = changed.value;
  }
  const problems = designProblems(project, id);
  for (const problem of problems) terminal.log(problemLine(project, problem));
  if (problems.some(({ severity }) => severity === 'error')) {
    terminal.log(`${file}: ${problemCount(problems)}; the design cannot run.`);
    return null;
  }
  return { project, design: chooseDesign(project, id) };
}

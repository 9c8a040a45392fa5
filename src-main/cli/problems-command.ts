import { projectProblems } from '../../src-shared/project/problems';
import { EXIT } from './exit-code';
import { problemCount, problemLine } from './print-problems';
import { readProject } from './read-project';
import type { Terminal } from './terminal';

/** `topolab problems FILE`: every error and warning of every design, one on a line. */
export async function problemsCommand(file: string, terminal: Terminal): Promise<number> {
  const project = await readProject(file);
  const problems = projectProblems(project);
  for (const problem of problems) terminal.out(`${problemLine(project, problem)}\n`);
  terminal.out(`${file}: ${problemCount(problems)}\n`);
  return problems.some((problem) => problem.severity === 'error') ? EXIT.model : EXIT.done;
}

import { describeParseFailure, parseProject } from '../../src-shared/project/parse';
import type { Design, Project } from '../../src-shared/project/project';
import { quote } from '../../src-shared/project/words';
import { readProjectFile, writeContent } from '../files/project-files';
import { CommandFailure, EXIT } from './exit-code';

/** The project in a file; a file that cannot be read or is no project ends the command with code 3 and says where and why. */
export async function readProject(path: string): Promise<Project> {
  const file = await readProjectFile(path);
  if (!file.ok) throw new CommandFailure(EXIT.io, `${file.error.place}: ${file.error.problem} ${file.error.remedy}`);
  const project = parseProject(file.value.text);
  if (!project.ok) throw new CommandFailure(EXIT.io, `${path}, ${describeParseFailure(project.error)}`);
  return project.value;
}

/** The design that a name means: by name, by id, or the first where none is given. */
export function chooseDesign(project: Project, name: string | undefined): Design {
  const [first] = project.designs;
  if (first === undefined) throw new CommandFailure(EXIT.model, 'The project has no design.');
  if (name === undefined) return first;
  const lower = name.toLowerCase();
  const found =
    project.designs.find((design) => design.name === name) ??
    project.designs.find((design) => design.id === name) ??
    project.designs.find((design) => design.name.toLowerCase() === lower);
  if (found === undefined)
    throw new CommandFailure(
      EXIT.usage,
      `The project has no design ${quote(name)}; there are: ${project.designs.map((design) => `${quote(design.name)} (${design.id})`).join(', ')}.`,
    );
  return found;
}

/** Writes a file in one step: the old or the new text is there as a whole, whatever happens. */
export async function writeOutput(path: string, text: string): Promise<void> {
  const written = await writeContent(path, text, 'export');
  if (!written.ok) throw new CommandFailure(EXIT.io, `${written.error.place}: ${written.error.problem} ${written.error.remedy}`);
}

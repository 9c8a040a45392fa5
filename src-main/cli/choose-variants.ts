import type { Project } from '../../src-shared/project/project';
import type { Variant } from '../../src-shared/project/variant';
import { enumerateShort, quote } from '../../src-shared/project/words';
import { type PreparedVariant, prepareVariant, type VariantFault } from '../../src-shared/run/variants';
import { CommandFailure, EXIT } from './exit-code';
import { problemLine } from './print-problems';
import { chooseDesign } from './read-project';
import type { Terminal } from './terminal';

/** Designs of a comma-separated list of names or ids. */
export function namedDesigns(project: Project, list: string): readonly Variant[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const { id, name: label } = chooseDesign(project, name);
      return { label, designId: id, changes: [] };
    });
}

/** The variants that the project itself has, as sides of a comparison. */
export function storedVariants({ variants = [] }: Project): readonly Variant[] {
  return variants.map(({ name, design, changes }) => ({ label: name, designId: design, changes }));
}

/**
 * Reads `label: part.parameter=value; part.parameter=value`; without a label the changes are the label. A text without changes names a
 * variant of the project, by name or id.
 */
export function readVariant(project: Project, designId: string, text: string): Variant {
  const stored = (project.variants ?? []).findIndex(({ id, name }) => name === text || id === text);
  if (stored !== -1) return storedVariants(project)[stored] as Variant;
  const equals = text.indexOf('=');
  const colon = text.indexOf(':');
  const labelled = colon > 0 && colon < equals;
  const changes = (labelled ? text.slice(colon + 1) : text)
    .split(';')
    .map((change) => change.trim())
    .filter((change) => change !== '');
  if (changes.length === 0 || equals === -1)
    throw new CommandFailure(
      EXIT.usage,
      `--variant ${quote(text)} needs the form "label: part.parameter=value", such as "four: web.replicas=4", or the name of a variant of the project (${enumerateShort((project.variants ?? []).map(({ name }) => name)) || 'it has none'}).`,
    );
  return { label: labelled ? text.slice(0, colon).trim() : changes.join('; '), designId, changes };
}

/** Makes the changes of every variant; a change that cannot be made ends the command with code 2, a design with errors with code 1. */
export function prepareVariants(project: Project, variants: readonly Variant[], terminal: Terminal): readonly PreparedVariant[] {
  return variants.map((variant) => {
    const prepared = prepareVariant(project, variant);
    if (prepared.ok) return prepared.value;
    throw faultOf(prepared.error, terminal);
  });
}

function faultOf(fault: VariantFault, terminal: Terminal): CommandFailure {
  if (fault.kind === 'change') return new CommandFailure(EXIT.usage, `${fault.variant.label}: ${fault.message}`);
  for (const problem of fault.problems) terminal.log(problemLine(fault.project, problem));
  return new CommandFailure(EXIT.model, `${fault.variant.label}: the design cannot run.`);
}

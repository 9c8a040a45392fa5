import { COMPARED_RUNS } from '../../src-shared/analysis/compare';
import type { Design, Project } from '../../src-shared/project/project';
import { applyVariant } from '../../src-shared/project/variant';
import { modelText } from '../run/model-of';

/** A run that is kept to compare later ones with: the project as it was, and which design of it. */
export interface FrozenDesign {
  readonly id: string;
  readonly name: string;
  readonly project: Project;
  readonly designId: string;
}

/** Something that can stand on a side of a comparison. */
export interface Candidate {
  /** Unique among all: `design/…`, `variant/…`, `baseline/…`. */
  readonly key: string;
  readonly type: 'design' | 'variant' | 'baseline';
  /** Id of the design, variant or baseline. */
  readonly id: string;
  readonly label: string;
  /** What is run: the project of the document, or of a baseline the one that it was pinned with under the present settings. */
  readonly project: Project;
  /** The design before changes. */
  readonly design: Design;
  readonly changes: readonly string[];
}

/** Everything that can be compared: the designs, then variants of those that there are, then baselines under the present settings. */
export function candidatesOf(project: Project, baselines: readonly FrozenDesign[]): readonly Candidate[] {
  const designOf = (from: Project, id: string): Design | undefined => from.designs.find((design) => design.id === id);
  return [
    ...project.designs.map(
      (design): Candidate => ({ key: `design/${design.id}`, type: 'design', id: design.id, label: design.name, project, design, changes: [] }),
    ),
    ...(project.variants ?? []).flatMap(({ id, name, design: designId, changes }): Candidate[] => {
      const design = designOf(project, designId);
      return design === undefined ? [] : [{ key: `variant/${id}`, type: 'variant', id, label: name, project, design, changes }];
    }),
    ...baselines.flatMap(({ id, name, project: frozen, designId }): Candidate[] => {
      const design = designOf(frozen, designId);
      // The same duration, seed and replications for all, or differences would be ones of the settings.
      return design === undefined
        ? []
        : [{ key: `baseline/${id}`, type: 'baseline', id, label: name, project: { ...frozen, settings: project.settings }, design, changes: [] }];
    }),
  ];
}

/** Which candidates are chosen. */
export interface Choice {
  /** Keys of those that are chosen; null: the first four. */
  readonly chosen: readonly string[] | null;
  /** Key of the one that the others are compared with; null: the first of those chosen. */
  readonly baselineKey: string | null;
}

/** The candidates that are chosen, the baseline first, then in their order. */
export function chosenCandidates(candidates: readonly Candidate[], { chosen, baselineKey }: Choice): readonly Candidate[] {
  const kept = chosen === null ? candidates.slice(0, COMPARED_RUNS.most) : candidates.filter(({ key }) => chosen.includes(key)).slice(0, COMPARED_RUNS.most);
  return [...kept.filter(({ key }) => key === baselineKey), ...kept.filter(({ key }) => key !== baselineKey)];
}

/** Everything that the numbers of a candidate depend on, as text. */
export function modelOfCandidate({ project, design, changes, label }: Candidate, replications: number): string {
  const settled: Project = { ...project, settings: { ...project.settings, replications } };
  const applied = applyVariant(settled, { label, designId: design.id, changes });
  return applied.ok ? modelText(applied.value, design.id) : `${changes.join('; ')}: ${applied.error}`;
}

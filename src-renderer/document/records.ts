import type { Draft } from 'immer';
import type { Component, Design, DesignView, Link, Note, Project } from '../../src-shared/project/project';

export { fallbackPosition, type Point } from '../../src-shared/project/fallback-position';

/** The design with this id, or undefined. */
export function designOf(project: Project, designId: string): Design | undefined {
  return project.designs.find((design) => design.id === designId);
}

/** The design of a draft, together with where its parts stand. Both are there for every design that a command names. */
export function draftDesign(draft: Draft<Project>, designId: string): { design: Draft<Design>; view: Draft<DesignView> } | undefined {
  const design = draft.designs.find((candidate) => candidate.id === designId);
  if (design === undefined) return undefined;
  let view = draft.view.designs[designId];
  if (view === undefined) {
    draft.view.designs[designId] = { positions: {} };
    view = draft.view.designs[designId];
  }
  return view === undefined ? undefined : { design, view };
}

/** A record of a design by its id. Ids are unique in a design over components, links and notes. */
export type FoundRecord =
  | { readonly type: 'component'; readonly record: Component }
  | { readonly type: 'link'; readonly record: Link }
  | { readonly type: 'note'; readonly record: Note };

/** Finds a component, link or note of a design. */
export function findRecord(design: Design, id: string): FoundRecord | undefined {
  const component = design.components.find((candidate) => candidate.id === id);
  if (component !== undefined) return { type: 'component', record: component };
  const link = design.links.find((candidate) => candidate.id === id);
  if (link !== undefined) return { type: 'link', record: link };
  const note = design.notes.find((candidate) => candidate.id === id);
  return note === undefined ? undefined : { type: 'note', record: note };
}

/** Ids of everything in a design. */
export function recordIds(design: Design): Set<string> {
  return new Set([...design.components, ...design.links, ...design.notes].map((record) => record.id));
}

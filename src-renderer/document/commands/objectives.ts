import { OBJECTIVE_LIMIT, type Objective, objectiveSchema } from '../../../src-shared/project/objective';
import { LIMITS } from '../../../src-shared/project/project';
import { change, documentStore } from '../document-store';
import { freshId, freshName } from '../ids';

/** An objective before it has an id. */
export type NewObjective = Omit<Objective, 'id'>;

function objectiveOf(id: string): Objective | undefined {
  return documentStore.getState().project.objectives.find((objective) => objective.id === id);
}

/** Adds an objective under a name that no other one has. Gives its id; undefined where a file could not hold it. */
export function addObjective(objective: NewObjective): string | undefined {
  const { objectives } = documentStore.getState().project;
  if (objectives.length >= OBJECTIVE_LIMIT) return undefined;
  const id = freshId('objective', new Set(objectives.map((other) => other.id)));
  const name = freshName(objective.name, new Set(objectives.map((other) => other.name))).slice(0, LIMITS.nameLength);
  const parsed = objectiveSchema.safeParse({ ...objective, id, name });
  if (!parsed.success) return undefined;
  change('Add objective', (draft) => void draft.objectives.push(parsed.data));
  return id;
}

/** Changes an objective; what the file could not hold changes nothing. Changes of one field are one step until it is left. */
export function updateObjective(id: string, field: string, update: (objective: Objective) => Objective): void {
  const objective = objectiveOf(id);
  if (objective === undefined) return;
  const parsed = objectiveSchema.safeParse({ ...update(objective), id });
  if (!parsed.success || JSON.stringify(parsed.data) === JSON.stringify(objective)) return;
  change(
    'Change objective',
    (draft) => {
      const index = draft.objectives.findIndex((candidate) => candidate.id === id);
      if (index >= 0) draft.objectives[index] = parsed.data;
    },
    { mark: `objective:${id}/${field}` },
  );
}

/** Removes an objective. */
export function deleteObjective(id: string): void {
  const objective = objectiveOf(id);
  if (objective === undefined) return;
  change(`Delete ${objective.name}`, (draft) => {
    draft.objectives = draft.objectives.filter((candidate) => candidate.id !== id);
  });
}

/** Copies an objective. Gives the new id. */
export function duplicateObjective(id: string): string | undefined {
  const objective = objectiveOf(id);
  return objective === undefined ? undefined : addObjective(structuredClone(objective));
}

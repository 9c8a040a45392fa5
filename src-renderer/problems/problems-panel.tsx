import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheck, IconCircleXFilled } from '@tabler/icons-react';
import type { Problem } from '../../src-shared/base/problem';
import type { Objective } from '../../src-shared/project/objective';
import type { Design } from '../../src-shared/project/project';
import { select, uiStore, useActiveDesign } from '../app/ui-store';
import { centreOn } from '../canvas/canvas-api';
import { useDocument } from '../document/document-store';
import { openObjectives } from '../objectives/objectives-store';
import classes from './problems-panel.module.css';
import { useProblems } from './problems-store';

interface Place {
  readonly words: string;
  readonly ids: readonly string[];
  /** Where the problem is one of a fault: its id. */
  readonly faultId?: string;
  /** The same for an objective of the project. */
  readonly objectiveId?: string;
}

/** What a problem belongs to, in words, and the ids on the canvas that stand for it. */
function placeOf(problem: Problem, design: Design | undefined, objectives: readonly Objective[]): Place {
  const { recordId } = problem;
  if (recordId === undefined || design === undefined) return { words: problem.path?.startsWith('settings') === true ? 'Run settings' : 'Design', ids: [] };
  const component = design.components.find((candidate) => candidate.id === recordId);
  if (component !== undefined) return { words: component.name, ids: [recordId] };
  const link = design.links.find((candidate) => candidate.id === recordId);
  const name = (id: string): string => design.components.find((candidate) => candidate.id === id)?.name ?? id;
  if (link !== undefined) return { words: `${name(link.from)} → ${name(link.to)}`, ids: [recordId] };
  const fault = design.faults.find((candidate) => candidate.id === recordId);
  if (fault !== undefined) return { words: fault.name, ids: [fault.target], faultId: fault.id };
  const objective = objectives.find((candidate) => candidate.id === recordId);
  if (objective !== undefined) return { words: objective.name, ids: [], objectiveId: objective.id };
  const clients = design.components.filter((candidate) => candidate.workload === recordId);
  return { words: clients.map((client) => client.name).join(', ') || recordId, ids: clients.map((client) => client.id) };
}

/** Selects what a problem belongs to, and brings it into view. */
function show({ ids, faultId, objectiveId }: Place): void {
  if (objectiveId !== undefined) {
    openObjectives(objectiveId);
    return;
  }
  select(ids);
  if (faultId !== undefined) uiStore.setState({ editingFaultId: faultId });
  uiStore.setState({ inspectorOpen: true, inspectorTab: 'parameters' });
  if (ids.length > 0) centreOn(ids);
}

/** All problems of the design on display, errors first; choosing one leads to its part. */
export function ProblemsPanel() {
  const problems = useProblems();
  const design = useActiveDesign();
  const objectives = useDocument((state) => state.project.objectives);
  if (problems.length === 0) {
    return (
      <p className={classes.none}>
        <IconCircleCheck size={16} aria-hidden="true" />
        No problems: the design can run as it is.
      </p>
    );
  }
  const sorted = [...problems].sort((one, other) => Number(other.severity === 'error') - Number(one.severity === 'error'));
  return (
    <ul className={classes.list} aria-label="Problems">
      {sorted.map((problem) => {
        const place = placeOf(problem, design, objectives);
        return (
          <li key={`${problem.code}/${problem.recordId ?? ''}/${problem.path ?? ''}/${problem.message}`}>
            <UnstyledButton className={classes.problem} onClick={() => show(place)}>
              <span className={classes.icon} data-severity={problem.severity}>
                {problem.severity === 'error' ? <IconCircleXFilled size={15} aria-label="Error" /> : <IconAlertTriangleFilled size={15} aria-label="Warning" />}
              </span>
              <b className={classes.place}>{place.words}</b>
              <span className={classes.message}>
                {problem.message} <span className={classes.remedy}>{problem.remedy}</span>
              </span>
            </UnstyledButton>
          </li>
        );
      })}
    </ul>
  );
}

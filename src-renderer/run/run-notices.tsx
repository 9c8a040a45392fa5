import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Problem } from '../../src-shared/base/problem';
import type { Project } from '../../src-shared/project/project';
import { activeDesign, select, showDesign, uiStore } from '../app/ui-store';
import { centreOn } from '../canvas/canvas-api';
import { formatClock } from '../charts/chart-format';
import { showDockTab } from '../results/dock-store';
import { runStore } from './run';
import { startRun } from './run-actions';
import type { Crash, RunState } from './run-state';

const NOTICE = 'run-notice';
/** Problems told in the notice; the Problems tab has all of them. */
const TOLD = 3;

function recordName(project: Project | null, id: string): string {
  for (const design of project?.designs ?? []) for (const named of [...design.components, ...design.faults]) if (named.id === id) return named.name;
  return id;
}

/** What became of a run that the engine did not survive, with what it takes to see it again. */
export function describeCrash(crash: Crash, project: Project | null): string {
  const place = crash.componentId === null ? '' : `, at ${recordName(project, crash.componentId)}`;
  return `The engine process ended at simulated time ${formatClock(crash.simulatedMs / 1000, 3)} with seed ${crash.seed}${place}. Your document is untouched; you can run again at once.`;
}

function hide(): void {
  notifications.hide(NOTICE);
}

function showCrash({ crash, project }: RunState): void {
  if (crash === null) return;
  notifications.show({
    id: NOTICE,
    color: 'red',
    title: 'The run broke off',
    autoClose: false,
    message: (
      <div data-testid="crash-notice">
        <Text size="sm" c="var(--tl-text)">
          {describeCrash(crash, project)}
        </Text>
        <Text size="xs" c="var(--tl-muted)">
          {crash.message}
        </Text>
        <Button
          mt={6}
          size="compact-xs"
          onClick={() => {
            hide();
            startRun();
          }}
        >
          Run again
        </Button>
      </div>
    ),
  });
}

function showRefusal({ problems, project, designId }: RunState): void {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const show = (problem: Problem): void => {
    const design = problem.designId ?? designId;
    if (design !== null) showDesign(design);
    if (problem.recordId === undefined) return;
    const fault = activeDesign()?.faults.find(({ id }) => id === problem.recordId);
    const id = fault?.target ?? problem.recordId;
    select([id]);
    centreOn([id]);
    if (fault !== undefined) uiStore.setState({ editingFaultId: fault.id });
  };
  showDockTab('problems');
  notifications.show({
    id: NOTICE,
    color: 'red',
    title: errors.length === 1 ? 'The design cannot run: one error' : `The design cannot run: ${errors.length} errors`,
    autoClose: false,
    message: (
      <div data-testid="refusal-notice">
        {errors.slice(0, TOLD).map((problem) => (
          <Group key={`${problem.code} ${problem.recordId ?? ''} ${problem.path ?? ''}`} gap={6} wrap="nowrap" align="baseline" mb={4}>
            <Text size="sm" c="var(--tl-text)">
              {problem.recordId !== undefined && <b>{`${recordName(project, problem.recordId)}: `}</b>}
              {`${problem.message} ${problem.remedy}`}
            </Text>
            {problem.recordId !== undefined && (
              <Button size="compact-xs" variant="light" flex="none" onClick={() => show(problem)}>
                Show
              </Button>
            )}
          </Group>
        ))}
        {errors.length > TOLD && <Text size="xs" c="var(--tl-muted)">{`and ${errors.length - TOLD} more in the Problems tab`}</Text>}
      </div>
    ),
  });
}

/** Tells in words when a run is refused or breaks off. Gives a function that stops it. */
export function announceRuns(): () => void {
  return runStore.subscribe((state, before) => {
    if (state.refusal !== before.refusal && state.refusal !== null)
      notifications.show({ color: 'red', title: 'Not injected', message: `${state.refusal.message} ${state.refusal.remedy}` });
    if (state.phase === before.phase) return;
    if (state.phase === 'crashed') showCrash(state);
    else if (state.phase === 'refused') showRefusal(state);
    else if (before.phase === 'crashed' || before.phase === 'refused') hide();
  });
}

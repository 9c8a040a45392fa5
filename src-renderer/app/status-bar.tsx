import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheck, IconCircleXFilled } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useDocument } from '../document/document-store';
import { AlertBadge } from '../objectives/alert-badge';
import { useProblems } from '../problems/problems-store';
import { RunStatus } from '../run/run-status';
import { fileStatusStore } from './files/document-text';
import { showProblems } from './show-problems';
import classes from './status-bar.module.css';
import { useActiveDesign } from './ui-store';

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function Problems() {
  const problems = useProblems();
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  return (
    <UnstyledButton className={classes.problems} onClick={showProblems} data-testid="problem-count">
      {errors > 0 && (
        <span data-severity="error">
          <IconCircleXFilled size={14} aria-hidden="true" />
          {count(errors, 'error')}
        </span>
      )}
      {warnings > 0 && (
        <span data-severity="warning">
          <IconAlertTriangleFilled size={14} aria-hidden="true" />
          {count(warnings, 'warning')}
        </span>
      )}
      {problems.length === 0 && (
        <span data-severity="none">
          <IconCircleCheck size={14} aria-hidden="true" />
          No problems
        </span>
      )}
    </UnstyledButton>
  );
}

function FileState() {
  const dirty = useDocument((state) => state.dirty);
  const hasFile = useDocument((state) => state.file !== null);
  const { saving, recovered } = useStore(fileStatusStore);
  const words = saving ? 'Saving …' : recovered ? 'Recovered, not saved yet' : dirty ? 'Not saved' : hasFile ? 'Saved' : 'Not in a file yet';
  return (
    <span role="status" data-testid="file-state">
      {words}
    </span>
  );
}

function Size() {
  const design = useActiveDesign();
  return <span className={classes.size}>{`${count(design?.components.length ?? 0, 'part')}, ${count(design?.links.length ?? 0, 'link')}`}</span>;
}

/** The line at the bottom: problems, what the run does, the state of the file. */
export function StatusBar() {
  return (
    <div className={classes.bar}>
      <Problems />
      <AlertBadge />
      <div className={classes.run}>
        <RunStatus />
      </div>
      <Size />
      <FileState />
    </div>
  );
}

import { IconAlertTriangleFilled, IconCircleXFilled } from '@tabler/icons-react';
import type { Problem } from '../../src-shared/base/problem';
import classes from './record-problems.module.css';

/** The problems of a record, each with what to do about it. */
export function RecordProblems({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className={classes.list}>
      {problems.map((problem) => (
        <li key={`${problem.code}/${problem.path ?? ''}/${problem.message}`} data-severity={problem.severity}>
          {problem.severity === 'error' ? <IconCircleXFilled size={15} aria-label="Error" /> : <IconAlertTriangleFilled size={15} aria-label="Warning" />}
          <span>
            <b>{problem.message}</b> {problem.remedy}
          </span>
        </li>
      ))}
    </ul>
  );
}

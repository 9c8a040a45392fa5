import { Button } from '@mantine/core';
import { IconTarget } from '@tabler/icons-react';
import { objectiveSentence } from '../../src-shared/analysis/objective-text';
import { useDocument } from '../document/document-store';
import inspector from '../inspector/inspector.module.css';
import { unbroken } from '../results/unbroken';
import classes from './objectives.module.css';
import { partNames } from './objectives-dialog';
import { addAndOpenObjective, openObjectives } from './objectives-store';

/** Objectives that the panel of the project lists; the editor has all of them. */
const LISTED = 6;

/** The objectives of the project in short, and the way to their editor. */
export function ObjectivesSection() {
  const project = useDocument((state) => state.project);
  const { objectives } = project;
  const nameOf = partNames(project);
  return (
    <section className={inspector.section} aria-label="Objectives">
      <h3 className="tl-heading">Objectives</h3>
      {objectives.length === 0 ? (
        <p className={inspector.description}>None yet. An objective says what a design must do; every run is judged by it.</p>
      ) : (
        <ul className={classes.short}>
          {objectives.slice(0, LISTED).map((objective) => (
            <li key={objective.id}>
              <button type="button" className={classes.name} title="Edit this objective" onClick={() => openObjectives(objective.id)}>
                {objective.name}
              </button>
              <p className={classes.facts}>{unbroken(objectiveSentence(objective, nameOf))}</p>
            </li>
          ))}
          {objectives.length > LISTED && <li className={classes.facts}>{`and ${objectives.length - LISTED} more`}</li>}
        </ul>
      )}
      <Button
        variant="default"
        size="compact-xs"
        mt={6}
        leftSection={<IconTarget size={13} />}
        onClick={objectives.length === 0 ? addAndOpenObjective : () => openObjectives()}
      >
        {objectives.length === 0 ? 'Add objective' : 'Edit objectives …'}
      </Button>
    </section>
  );
}

import { Button, Group, Modal, UnstyledButton } from '@mantine/core';
import { IconPlus, IconTarget } from '@tabler/icons-react';
import { objectiveSentence } from '../../src-shared/analysis/objective-text';
import { OBJECTIVE_LIMIT } from '../../src-shared/project/objective';
import type { Project } from '../../src-shared/project/project';
import { sealHistory, useDocument } from '../document/document-store';
import { ObjectiveForm } from './objective-form';
import classes from './objectives.module.css';
import { addAndOpenObjective, objectivesStore, openObjectives, useObjectives } from './objectives-store';

/** Names of components by their id, over all designs of a project. */
export function partNames({ designs }: Project): (id: string) => string {
  return (id) => designs.flatMap(({ components }) => components).find((component) => component.id === id)?.name ?? id;
}

/** The editor of the objectives of the project: a list, and the form of the one that is chosen. */
export function ObjectivesDialog() {
  const opened = useObjectives((state) => state.opened);
  const editingId = useObjectives((state) => state.editingId);
  const project = useDocument((state) => state.project);
  const { objectives } = project;
  const shown = objectives.find(({ id }) => id === editingId) ?? objectives[0];
  const nameOf = partNames(project);
  const close = (): void => {
    sealHistory();
    objectivesStore.setState({ opened: false });
  };
  return (
    <Modal
      stackId="objectives"
      opened={opened}
      onClose={close}
      title="Objectives"
      size={objectives.length === 0 ? 480 : 860}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {shown === undefined ? (
        <div className={classes.none}>
          <IconTarget size={32} stroke={1.4} aria-hidden="true" />
          <strong>No objectives yet</strong>
          <p>
            An objective says what a design must do: a latency percentile, an availability, an error share, a time to recover, a price. Every run is then judged
            by it, alerts while it runs, and <code>simulate --check</code> fails where it is missed.
          </p>
        </div>
      ) : (
        <div className={classes.columns}>
          <ul className={classes.list} aria-label="Objectives of the project">
            {objectives.map((objective) => (
              <li key={objective.id}>
                <UnstyledButton
                  className={classes.item}
                  aria-current={objective.id === shown.id}
                  onClick={() => {
                    sealHistory();
                    openObjectives(objective.id);
                  }}
                >
                  <b>{objective.name}</b>
                  <span>{objectiveSentence(objective, nameOf)}</span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
          <ObjectiveForm key={shown.id} objective={shown} />
        </div>
      )}
      <Group justify="space-between" mt="md">
        <Button variant="default" leftSection={<IconPlus size={14} />} disabled={objectives.length >= OBJECTIVE_LIMIT} onClick={addAndOpenObjective}>
          Add objective
        </Button>
        <Button onClick={close}>Done</Button>
      </Group>
    </Modal>
  );
}

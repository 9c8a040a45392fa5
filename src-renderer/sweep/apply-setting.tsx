import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { applyChanges } from '../document/commands/apply-changes';
import { documentStore, undo } from '../document/document-store';

/** Makes a setting that an experiment tried the design's own, as one step; the message that says so can take it back. */
export function applySetting(designId: string, changes: readonly string[]): void {
  const words = changes.join(', ');
  const before = documentStore.getState().past.at(-1)?.id;
  const wrong = applyChanges(designId, changes, `Apply ${words}`);
  if (wrong !== null) {
    notifications.show({ color: 'red', title: 'The setting was not applied', message: wrong, autoClose: false });
    return;
  }
  const step = documentStore.getState().past.at(-1)?.id;
  const name = documentStore.getState().project.designs.find(({ id }) => id === designId)?.name ?? 'the design';
  if (step === before) {
    notifications.show({ title: 'Nothing to change', message: `${name} has ${words} already.` });
    return;
  }
  const id = `applied-${step}`;
  notifications.show({
    id,
    color: 'green',
    title: `Applied to ${name}`,
    message: (
      <>
        {words}{' '}
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => {
            // What was done since is not to be taken back in its stead.
            if (documentStore.getState().past.at(-1)?.id === step) undo();
            notifications.hide(id);
          }}
        >
          Undo
        </Button>
      </>
    ),
  });
}

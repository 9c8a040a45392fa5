import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useStore } from 'zustand';
import { dialogStore, type OpenDialog } from './dialogs';

function Unsaved({ dialog }: { readonly dialog: Extract<OpenDialog, { type: 'unsaved' }> }) {
  return (
    <Stack gap="md">
      <Text size="sm">{`Changes to “${dialog.name}” are not saved yet. Without saving they are lost.`}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => dialog.answer('cancel')}>
          Cancel
        </Button>
        <Button variant="default" onClick={() => dialog.answer('discard')}>
          Don’t save
        </Button>
        <Button data-autofocus onClick={() => dialog.answer('save')}>
          Save
        </Button>
      </Group>
    </Stack>
  );
}

function Changed({ dialog }: { readonly dialog: Extract<OpenDialog, { type: 'changed' }> }) {
  return (
    <Stack gap="md">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {`Another program has changed “${dialog.name}” since it was opened or saved here. Replacing it loses what is in it now.`}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => dialog.answer('cancel')}>
          Cancel
        </Button>
        <Button variant="default" onClick={() => dialog.answer('replace')}>
          Replace
        </Button>
        <Button data-autofocus onClick={() => dialog.answer('save-as')}>
          Save as …
        </Button>
      </Group>
    </Stack>
  );
}

function RecoverDraft({ dialog }: { readonly dialog: Extract<OpenDialog, { type: 'draft' }> }) {
  return (
    <Stack gap="md">
      <Text size="sm">{`“${dialog.name}” had unsaved changes when the program ended. A copy of them was kept.`}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => dialog.answer('later')}>
          Ask again later
        </Button>
        <Button variant="default" onClick={() => dialog.answer('discard')}>
          Discard
        </Button>
        <Button data-autofocus onClick={() => dialog.answer('recover')}>
          Recover
        </Button>
      </Group>
    </Stack>
  );
}

function Failure({ dialog }: { readonly dialog: Extract<OpenDialog, { type: 'failure' }> }) {
  const { place, problem, remedy } = dialog.told;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {place}
      </Text>
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {problem}
      </Text>
      <Text size="sm">{remedy}</Text>
      <Text size="xs" c="dimmed">
        What is open has not changed.
      </Text>
      <Group justify="flex-end">
        <Button data-autofocus onClick={() => dialog.answer()}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}

function titleOf(dialog: OpenDialog | undefined): string {
  switch (dialog?.type) {
    case undefined:
      return '';
    case 'unsaved':
      return 'Save changes?';
    case 'changed':
      return 'Replace the changed file?';
    case 'draft':
      return 'Recover unsaved work?';
    case 'failure':
      return dialog.told.title;
  }
}

/** Shows the first dialog that waits for an answer. */
export function DialogHost() {
  const dialog = useStore(dialogStore, (state) => state.queue[0]);
  const dismiss = (): void => {
    if (dialog === undefined) return;
    if (dialog.type === 'failure') dialog.answer();
    else if (dialog.type === 'draft') dialog.answer('later');
    else dialog.answer('cancel');
  };
  return (
    <Modal opened={dialog !== undefined} onClose={dismiss} title={titleOf(dialog)} size={460} zIndex={400} closeButtonProps={{ 'aria-label': 'Close' }}>
      {dialog?.type === 'unsaved' && <Unsaved dialog={dialog} />}
      {dialog?.type === 'changed' && <Changed dialog={dialog} />}
      {dialog?.type === 'draft' && <RecoverDraft dialog={dialog} />}
      {dialog?.type === 'failure' && <Failure dialog={dialog} />}
    </Modal>
  );
}

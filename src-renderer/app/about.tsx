import { Modal, Stack, Text } from '@mantine/core';
import { version } from '../../package.json';
import { bridge } from '../bridge/bridge';
import { uiStore, useUi } from './ui-store';

/** What program this is, and what it promises. */
export function About() {
  const opened = useUi((state) => state.aboutOpen);
  return (
    <Modal opened={opened} onClose={() => uiStore.setState({ aboutOpen: false })} title="About Topolab" size={420} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="xs">
        <Text fw={600}>{`Topolab ${version}`}</Text>
        <Text size="sm">An offline laboratory for distributed systems. Draw a topology, run it, and read where it queues, how it scales and what breaks.</Text>
        <Text size="sm">Every number on the screen comes from a discrete-event simulation of what is drawn. Nothing leaves this computer.</Text>
        <Text size="xs" c="dimmed">
          {bridge.host === 'desktop' ? 'Running as a desktop program.' : 'Running in a browser, with the engine in a worker of this page.'}
        </Text>
      </Stack>
    </Modal>
  );
}

import { MantineProvider, Modal } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { ExperimentsPage } from '../experiments/experiments-page';
import { FaultDialog } from '../faults/fault-dialog';
import { Gallery } from '../gallery/gallery';
import { HelpDialog } from '../help/help-dialog';
import { MachineDialog } from '../machines/machine-dialog';
import { ObjectivesDialog } from '../objectives/objectives-dialog';
import { ChartsDialog } from '../report/charts-dialog';
import { FilmDialog } from '../report/film-dialog';
import { About } from './about';
import { colorSchemeManager } from './color-scheme';
import { CommandPalette, PartFinder } from './command-palette';
import { ConnectDialog } from './connect-dialog';
import { DialogHost } from './files/dialog-host';
import { Shell } from './shell';
import { ShortcutSheet } from './shortcut-sheet';
import { cssVariables, theme } from './theme';

/** The whole window. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" colorSchemeManager={colorSchemeManager}>
      <Notifications position="bottom-right" limit={3} autoClose={6000} containerWidth={420} />
      <Shell />
      <Gallery />
      <ConnectDialog />
      <CommandPalette />
      <PartFinder />
      <ShortcutSheet />
      <About />
      <FaultDialog />
      <MachineDialog />
      {/* What can be opened from another dialog stands over it, and Escape closes one at a time. */}
      <Modal.Stack>
        <ExperimentsPage />
        <ObjectivesDialog />
        <HelpDialog />
      </Modal.Stack>
      <ChartsDialog />
      <FilmDialog />
      <DialogHost />
    </MantineProvider>
  );
}

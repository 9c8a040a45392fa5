import { Modal, Tabs } from '@mantine/core';
import { ComparePanel } from '../compare/compare-page';
import { SearchPanel } from '../sweep/search-panel';
import { SweepPanel } from '../sweep/sweep-panel';
import { type ExperimentsTab, experimentsStore, useExperiments } from './experiments';
import classes from './experiments-page.module.css';

/** The page over the whole window for what takes many runs: comparison, sweeps, search. */
export function ExperimentsPage() {
  const opened = useExperiments((state) => state.opened);
  const tab = useExperiments((state) => state.tab);
  return (
    <Modal
      stackId="experiments"
      opened={opened}
      onClose={() => experimentsStore.setState({ opened: false })}
      title="Experiments"
      fullScreen
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ header: classes.header }}
    >
      <Tabs value={tab} onChange={(value) => experimentsStore.setState({ tab: (value ?? 'compare') as ExperimentsTab })} keepMounted={false}>
        <Tabs.List aria-label="Experiments">
          <Tabs.Tab value="compare">Compare designs</Tabs.Tab>
          <Tabs.Tab value="sweep">Sweep</Tabs.Tab>
          <Tabs.Tab value="search">Cheapest design</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="compare" className={classes.panel}>
          <ComparePanel />
        </Tabs.Panel>
        <Tabs.Panel value="sweep" className={classes.panel}>
          <SweepPanel />
        </Tabs.Panel>
        <Tabs.Panel value="search" className={classes.panel}>
          <SearchPanel />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}

import { Tabs, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { AdvicePanel } from '../advice/advice-panel';
import { useActiveDesign, useUi } from '../app/ui-store';
import { ChartsPanel } from '../charts/charts-panel';
import { useDocument } from '../document/document-store';
import { TimelinePanel } from '../faults/timeline-panel';
import { ProblemsPanel } from '../problems/problems-panel';
import { useProblems } from '../problems/problems-store';
import { ExportMenu } from '../report/export-menu';
import { useRunFaults } from '../run/active-faults';
import { useRun } from '../run/run';
import { isActive } from '../run/run-state';
import { TracesPanel } from '../traces/traces-panel';
import classes from './dock.module.css';
import { type DockTab, dockStore } from './dock-store';
import { EventsPanel } from './events-panel';
import { RequestsPanel } from './requests-panel';
import { SummaryPanel } from './summary-panel';
import { TablePanel } from './table-panel';

/** Says which model the numbers are of, where it is not the one on display. */
function Age() {
  const stale = useRun((state) => state.stale);
  const active = useRun((state) => isActive(state.phase));
  const designId = useRun((state) => state.designId);
  const other = useUi((state) => designId !== null && state.activeDesignId !== designId);
  const name = useDocument((state) => state.project.designs.find(({ id }) => id === designId)?.name);
  const has = useRun((state) => state.result !== null || isActive(state.phase));
  if (!has) return null;
  if (other) {
    return (
      <span className={classes.age} role="status">
        <IconAlertTriangle size={14} aria-hidden="true" />
        {`These numbers are of ${name === undefined ? 'a design that was deleted' : `“${name}”`}`}
      </span>
    );
  }
  if (!stale) return null;
  return (
    <Tooltip
      label={
        active
          ? 'The run goes on with the model as it was when it began. Stop and run again to see the change.'
          : 'The numbers are of the model before the change. Run again to bring them up to date.'
      }
    >
      <span className={classes.age} role="status">
        <IconHistory size={14} aria-hidden="true" />
        Changed since this run
      </span>
    </Tooltip>
  );
}

/** The panel under the canvas: charts, timeline of faults, table, summary, events, single requests and problems. */
export function Dock() {
  const tab = useStore(dockStore, (state) => state.tab);
  const hasRequests = useRun((state) =>
    state.result === null ? isActive(state.phase) && (state.project?.settings.requestLog ?? 0) > 0 : state.result.settings.requestLog > 0,
  );
  const problems = useProblems();
  const active = useRunFaults((state) => state.active.length);
  const faults = useActiveDesign()?.faults.length ?? 0;
  const findings = useRun((state) => state.result?.findings.filter((finding) => finding.severity !== 'info').length ?? 0);
  const shown: DockTab = tab === 'requests' && !hasRequests ? 'charts' : tab;
  return (
    <Tabs
      value={shown}
      onChange={(value) => dockStore.setState({ tab: (value ?? 'charts') as DockTab })}
      keepMounted={false}
      className={classes.dock}
      classNames={{ list: classes.list, tab: classes.tab, panel: classes.panel }}
    >
      <div className={classes.head}>
        <Tabs.List aria-label="Results">
          <Tabs.Tab value="charts">Charts</Tabs.Tab>
          <Tabs.Tab value="timeline">
            Timeline
            {faults + active > 0 && (
              <span className={classes.count} data-severity={active > 0 ? 'error' : 'info'} title={active > 0 ? 'Faults under way' : 'Faults of this design'}>
                {active > 0 ? active : faults}
              </span>
            )}
          </Tabs.Tab>
          <Tabs.Tab value="table">Table</Tabs.Tab>
          <Tabs.Tab value="summary">
            Summary
            {findings > 0 && (
              <span className={classes.count} data-severity="warning">
                {findings}
              </span>
            )}
          </Tabs.Tab>
          <Tabs.Tab value="advice">Advice</Tabs.Tab>
          <Tabs.Tab value="events">Events</Tabs.Tab>
          <Tabs.Tab value="traces">Traces</Tabs.Tab>
          {hasRequests && <Tabs.Tab value="requests">Requests</Tabs.Tab>}
          <Tabs.Tab value="problems">
            Problems
            {problems.length > 0 && (
              <span className={classes.count} data-severity={problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning'}>
                {problems.length}
              </span>
            )}
          </Tabs.Tab>
        </Tabs.List>
        <div className={classes.end}>
          <Age />
          <ExportMenu />
        </div>
      </div>
      <Tabs.Panel value="charts">
        <ChartsPanel />
      </Tabs.Panel>
      <Tabs.Panel value="timeline">
        <TimelinePanel />
      </Tabs.Panel>
      <Tabs.Panel value="table">
        <TablePanel />
      </Tabs.Panel>
      <Tabs.Panel value="summary">
        <SummaryPanel />
      </Tabs.Panel>
      <Tabs.Panel value="advice">
        <AdvicePanel />
      </Tabs.Panel>
      <Tabs.Panel value="events">
        <EventsPanel />
      </Tabs.Panel>
      <Tabs.Panel value="traces">
        <TracesPanel />
      </Tabs.Panel>
      {hasRequests && (
        <Tabs.Panel value="requests">
          <RequestsPanel />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="problems">
        <ProblemsPanel />
      </Tabs.Panel>
    </Tabs>
  );
}

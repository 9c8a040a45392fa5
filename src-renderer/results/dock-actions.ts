import { IconAlertTriangle, IconBulb, IconChartLine, IconReportAnalytics, IconTable, type TablerIcon } from '@tabler/icons-react';
import type { Action } from '../app/actions/action';
import { type DockTab, goToDockTab } from './dock-store';

const page = (tab: DockTab, title: string, keywords: string, icon: TablerIcon): Action => ({
  id: `results.${tab}`,
  group: 'View',
  title,
  keywords,
  shortcuts: [],
  scope: 'window',
  icon,
  enabled: () => true,
  run: () => goToDockTab(tab),
});

/** Actions that open the pages of the lower panel which no other group of actions has. */
export const dockActions: readonly Action[] = [
  page('charts', 'Show the charts', 'results time series histogram', IconChartLine),
  page('table', 'Show the table of parts', 'results metrics numbers', IconTable),
  page('summary', 'Show the summary', 'results end to end objectives findings baseline', IconReportAnalytics),
  page('advice', 'Show the advice', 'results bottleneck', IconBulb),
  page('problems', 'Show the problems of the design', 'errors warnings', IconAlertTriangle),
];

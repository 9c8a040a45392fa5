import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { bridge } from '../bridge/bridge';
import { exportCanvasPng, exportEventsCsv, exportRequestsCsv, exportResultCsv, exportResultJson, exportSeriesCsv } from '../results/exports';
import { useRun } from '../run/run';
import { exportCanvasSvg, printReport, saveReport } from './report-exports';
import { openReportDialog } from './report-store';

/** Everything that can be taken away of a run: the report, its numbers, pictures of it. */
export function ExportMenu() {
  const result = useRun((state) => state.result);
  const events = useRun((state) => state.journal.length > 0);
  const none = result === null;
  return (
    // In a low window there is not room enough for it above: it moves over its button then, so that its first entry stays in view.
    <Menu position="top-end" middlewares={{ flip: false, shift: { crossAxis: true, padding: 6 } }}>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconDownload size={14} />} rightSection={<IconChevronDown size={12} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={none} onClick={() => void saveReport()}>
          Report as HTML
        </Menu.Item>
        <Menu.Item disabled={none} onClick={() => void printReport()}>
          {bridge.host === 'desktop' ? 'Report as PDF' : 'Print report'}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item disabled={none} onClick={() => void exportResultCsv()}>
          Results as CSV
        </Menu.Item>
        <Menu.Item disabled={none} onClick={() => void exportSeriesCsv()}>
          Series over time as CSV
        </Menu.Item>
        {events && <Menu.Item onClick={() => void exportEventsCsv()}>Events as CSV</Menu.Item>}
        {result !== null && result.requests.length > 0 && <Menu.Item onClick={() => void exportRequestsCsv()}>Requests as CSV</Menu.Item>}
        <Menu.Item disabled={none} onClick={() => void exportResultJson()}>
          Whole result as JSON
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void exportCanvasPng()}>Canvas as PNG</Menu.Item>
        <Menu.Item onClick={() => void exportCanvasSvg()}>Canvas as SVG</Menu.Item>
        <Menu.Item disabled={none} onClick={() => openReportDialog('charts')}>
          Charts as picture …
        </Menu.Item>
        <Menu.Item disabled={none} onClick={() => openReportDialog('film')}>
          Film of the run …
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

import { Button, Checkbox, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { chartsPicture } from '../../src-shared/analysis/report/chart-picture';
import { PICTURE_COLORS, type Scheme } from '../../src-shared/analysis/report/picture-colors';
import { seriesCharts, surroundingsOf } from '../../src-shared/analysis/report/series-charts';
import type { RunResult } from '../../src-shared/run/result';
import { bridge } from '../bridge/bridge';
import { exportName, tellExport } from '../results/exports';
import { useRun } from '../run/run';
import classes from './dialogs.module.css';
import { pictureAddress, pngOf } from './raster';
import { windowScheme } from './report-exports';
import { closeReportDialog, useReportDialog } from './report-store';

function ChartsForm({ result }: { readonly result: RunResult }) {
  const [scheme, setScheme] = useState<Scheme>(windowScheme);
  const [format, setFormat] = useState<'svg' | 'png'>('svg');
  const charts = useMemo(() => seriesCharts(result, PICTURE_COLORS[scheme]), [result, scheme]);
  const [chosen, setChosen] = useState<readonly string[]>(() => charts.map(({ id }) => id));
  const [failure, setFailure] = useState<string | null>(null);
  const picture = useMemo(() => {
    const shown = charts.filter(({ id }) => chosen.includes(id));
    return shown.length === 0 ? null : chartsPicture(shown, surroundingsOf(result), `${result.project.name}: ${result.design.name}`, scheme);
  }, [charts, chosen, result, scheme]);
  const save = async (): Promise<void> => {
    if (picture === null) return;
    try {
      const only = chosen.length === 1 ? charts.find(({ id }) => id === chosen[0])?.title : undefined;
      const name = exportName(result.design.name, only ?? 'charts', format);
      const content = format === 'svg' ? picture.svg : await pngOf(picture.svg, picture.width, picture.height);
      const outcome = await bridge.exportFile(name, format === 'svg' ? 'image/svg+xml' : 'image/png', content);
      tellExport(outcome);
      if (outcome.outcome === 'saved') closeReportDialog();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Stack gap="sm">
      <Checkbox.Group label="Charts" value={[...chosen]} onChange={setChosen}>
        <Group gap="md" mt={6}>
          {charts.map(({ id, title }) => (
            <Checkbox key={id} value={id} label={title} size="xs" />
          ))}
        </Group>
      </Checkbox.Group>
      <Group gap="xl">
        <SegmentedControl
          size="xs"
          aria-label="Format"
          value={format}
          onChange={setFormat}
          data={[
            { value: 'svg', label: 'SVG' },
            { value: 'png', label: 'PNG' },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label="Colours"
          value={scheme}
          onChange={setScheme}
          data={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
        {picture !== null && <Text size="xs" c="dimmed">{`${picture.width} × ${picture.height} px`}</Text>}
      </Group>
      <figure className={classes.preview}>
        {picture === null ? (
          <span className={classes.hint}>Choose at least one chart.</span>
        ) : (
          <img
            src={pictureAddress(picture.svg)}
            alt={`Preview: ${charts
              .filter(({ id }) => chosen.includes(id))
              .map(({ title }) => title)
              .join(', ')}`}
          />
        )}
      </figure>
      {failure !== null && (
        <Text size="sm" c="red" role="alert">
          {failure}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={closeReportDialog}>
          Cancel
        </Button>
        <Button disabled={picture === null} onClick={() => void save()}>
          Save picture
        </Button>
      </Group>
    </Stack>
  );
}

/** Charts of the last run as one picture, of one or several of them. */
export function ChartsDialog() {
  const opened = useReportDialog('charts');
  const result = useRun((state) => state.result);
  return (
    <Modal opened={opened && result !== null} onClose={closeReportDialog} title="Charts as picture" size={760} closeButtonProps={{ 'aria-label': 'Close' }}>
      {result !== null && <ChartsForm result={result} />}
    </Modal>
  );
}

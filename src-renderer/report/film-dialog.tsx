import { Button, Group, Input, Modal, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Scheme } from '../../src-shared/analysis/report/picture-colors';
import { formatDuration } from '../../src-shared/base/format';
import { bridge } from '../bridge/bridge';
import { startFilm } from '../bridge/film';
import { exportName, tellExport } from '../results/exports';
import { useRun } from '../run/run';
import classes from './dialogs.module.css';
import { type FilmSource, makeFilm } from './film';
import { canFilm, createFilmEncoder } from './film-encoder';
import { pictureAddress } from './raster';
import { finishedRun, windowScheme } from './report-exports';
import { closeReportDialog, useReportDialog } from './report-store';

const LENGTHS = ['5', '10', '20', '30'] as const;
const SIZES = { '1280 × 720': [1280, 720], '1920 × 1080': [1920, 1080] } as const;
type Size = keyof typeof SIZES;
const FRAMES_PER_S = 15;
/** The preview changes this often, so that drawing it does not hold the film up. */
const PREVIEW_MS = 250;

interface Making {
  readonly share: number;
  readonly leftMs: number | null;
  readonly picture: string | null;
}

function FilmForm({ source }: { readonly source: FilmSource }) {
  const [length, setLength] = useState<(typeof LENGTHS)[number]>('10');
  const [size, setSize] = useState<Size>('1280 × 720');
  const [scheme, setScheme] = useState<Scheme>(windowScheme);
  const [making, setMaking] = useState<Making | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const make = async (): Promise<void> => {
    const controller = new AbortController();
    abort.current = controller;
    setFailure(null);
    setMaking({ share: 0, leftMs: null, picture: null });
    const [width, height] = SIZES[size];
    const wishes = { lengthS: Number(length), framesPerS: FRAMES_PER_S, width, height, scheme };
    const begun = performance.now();
    let shownAt = Number.NEGATIVE_INFINITY;
    try {
      const encoder = await createFilmEncoder(wishes);
      const film = await makeFilm(
        source,
        wishes,
        startFilm,
        encoder,
        (svg, share) => {
          const now = performance.now();
          if (now - shownAt < PREVIEW_MS && share < 1) return;
          shownAt = now;
          setMaking({ share, leftMs: share > 0.02 ? ((now - begun) * (1 - share)) / share : null, picture: pictureAddress(svg) });
        },
        controller.signal,
      );
      const outcome = await bridge.exportFile(exportName(source.result.design.name, 'film', 'webm'), 'video/webm', film);
      tellExport(outcome);
      if (outcome.outcome === 'saved') closeReportDialog();
    } catch (error) {
      if (!controller.signal.aborted) setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      if (abort.current === controller) setMaking(null);
    }
  };

  return (
    <Stack gap="sm">
      <Text size="sm">
        {`The ${formatDuration(source.result.series.timeMs.at(-1) ?? source.result.simulatedMs)} of the first replication, with the numbers that the canvas shows, as a WebM film that browsers and players show without this program.`}
      </Text>
      <Group gap="lg" align="flex-end">
        <Input.Wrapper label="Length, s" size="xs">
          <div>
            <SegmentedControl size="xs" aria-label="Length in seconds" disabled={making !== null} value={length} onChange={setLength} data={[...LENGTHS]} />
          </div>
        </Input.Wrapper>
        <Input.Wrapper label="Size, px" size="xs">
          <div>
            <SegmentedControl
              size="xs"
              aria-label="Size in pixels"
              disabled={making !== null}
              value={size}
              onChange={setSize}
              data={Object.keys(SIZES) as Size[]}
            />
          </div>
        </Input.Wrapper>
        <Input.Wrapper label="Colours" size="xs">
          <div>
            <SegmentedControl
              size="xs"
              aria-label="Colours"
              disabled={making !== null}
              value={scheme}
              onChange={setScheme}
              data={[
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
              ]}
            />
          </div>
        </Input.Wrapper>
      </Group>
      <figure className={`${classes.preview} ${classes.film}`}>
        {making?.picture == null ? (
          <span className={classes.hint}>{making === null ? 'The run is repeated for the film: nothing of the result changes.' : 'Repeating the run …'}</span>
        ) : (
          <img src={making.picture} alt="The film so far" />
        )}
      </figure>
      {making !== null && (
        <Group gap="sm">
          <Progress value={making.share * 100} style={{ flex: 1 }} aria-label="Progress of the film" />
          <Text size="xs" className="tl-number" role="status">
            {`${Math.round(making.share * 100)} %${making.leftMs === null ? '' : `, ${formatDuration(Math.max(1000, Math.round(making.leftMs / 1000) * 1000))} left`}`}
          </Text>
        </Group>
      )}
      {failure !== null && <Text size="sm" c="red" role="alert">{`No film was made: ${failure}`}</Text>}
      {!canFilm() && (
        <Text size="sm" c="red" role="alert">
          This browser cannot encode films. Chrome, Edge and the desktop program can.
        </Text>
      )}
      <Group justify="flex-end">
        <Button
          variant="default"
          onClick={() => {
            if (making === null) closeReportDialog();
            else abort.current?.abort();
          }}
        >
          Cancel
        </Button>
        <Button disabled={making !== null || !canFilm()} onClick={() => void make()}>
          Make film
        </Button>
      </Group>
    </Stack>
  );
}

/** A film of the last run: with a length, a size and colours of one's choice. */
export function FilmDialog() {
  const opened = useReportDialog('film');
  const result = useRun((state) => state.result);
  const source = result === null ? null : finishedRun();
  return (
    <Modal opened={opened && source !== null} onClose={closeReportDialog} title="Film of the run" size={640} closeButtonProps={{ 'aria-label': 'Close' }}>
      {source !== null && <FilmForm source={source} />}
    </Modal>
  );
}

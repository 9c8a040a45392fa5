import { Menu } from '@mantine/core';
import { IconClock, IconTimeline, IconZoomIn, IconZoomReset } from '@tabler/icons-react';
import { formatDuration } from '../../src-shared/base/format';
import { goToTime } from '../time-travel/go-to-time';
import { openTracesAt } from '../traces/open-traces';
import type { Place } from './plot';
import { type Span, zoomed } from './span';
import { setZoom } from './zoom-store';

/** A point of a chart for which the menu is open. */
export interface ChartPoint {
  /** End of its interval in s of simulated time. */
  readonly atS: number;
  readonly place: Place;
}

interface ChartMenuProps {
  readonly point: ChartPoint | null;
  readonly onClose: () => void;
  /** Title of the chart, for screen readers. */
  readonly title: string;
  /** Whether the run is over: before that there is no way back to an instant, and no trace to look at. */
  readonly over: boolean;
  /** Whether the chart is one of latencies. */
  readonly latency: boolean;
  readonly span: Span;
  readonly endS: number;
}

/** What can be done at a point of a chart: a menu at that point. */
export function ChartMenu({ point, onClose, title, over, latency, span, endS }: ChartMenuProps) {
  const atMs = (point?.atS ?? 0) * 1000;
  const whole = span.fromS <= 0 && span.toS >= endS * 0.999;
  return (
    <Menu opened={point !== null} onChange={(opened) => !opened && onClose()} position="bottom-start" withArrow returnFocus trapFocus>
      <Menu.Target>
        <span aria-hidden="true" style={{ position: 'absolute', left: point?.place.x ?? 0, top: point?.place.y ?? 0, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={`${title} at ${formatDuration(atMs)}`}>
        <Menu.Item leftSection={<IconClock size={15} aria-hidden="true" />} disabled={!over} onClick={() => goToTime(atMs)}>
          {`Go to ${formatDuration(atMs)}${over ? '' : ' (once the run is over)'}`}
        </Menu.Item>
        {latency && (
          <Menu.Item leftSection={<IconTimeline size={15} aria-hidden="true" />} disabled={!over} onClick={() => openTracesAt(atMs)}>
            {`Show a slow request near here${over ? '' : ' (once the run is over)'}`}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconZoomIn size={15} aria-hidden="true" />} onClick={() => setZoom(zoomed(span, point?.atS ?? 0, 0.25, endS))}>
          Zoom in here
        </Menu.Item>
        {!whole && (
          <Menu.Item leftSection={<IconZoomReset size={15} aria-hidden="true" />} onClick={() => setZoom(null)}>
            Show the whole run
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

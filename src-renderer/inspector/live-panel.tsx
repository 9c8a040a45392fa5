import { Text } from '@mantine/core';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';
import { HealthChip } from '../canvas/health-chip';
import { formatMetric } from '../canvas/live-labels';
import { useLiveComponent, useLiveLink } from '../run/live';
import { SeenLive } from '../telemetry/seen-live';
import { InstanceList } from './instance-list';
import classes from './live-panel.module.css';

interface LivePanelProps {
  readonly recordId: string;
  readonly type: 'component' | 'link';
}

/** The numbers of a part or link of the run, each with its definition. */
export function LivePanel({ recordId, type }: LivePanelProps) {
  const component = useLiveComponent(recordId);
  const link = useLiveLink(recordId);
  const live = type === 'component' ? component : link;
  if (live === null) {
    return (
      <Text size="sm" c="dimmed" mt="md">
        Run the design to see numbers here.
      </Text>
    );
  }
  const names = (Object.keys(METRICS) as MetricName[]).filter((name) => live.values[name] !== undefined);
  return (
    <div className={classes.live}>
      <div className={classes.verdict}>
        {live.health === 'idle' ? <span className={classes.idle}>{live.word}</span> : <HealthChip health={live.health} word={live.word} />}
      </div>
      <SeenLive recordId={recordId} />
      <p className={classes.from}>{live.from === 'live' ? 'Averages over the last moments of the run.' : 'Of the measured window of the finished run.'}</p>
      <dl className={classes.numbers}>
        {names.map((name) => (
          <div key={name} title={METRICS[name].definition}>
            <dt>{METRICS[name].title}</dt>
            <dd className="tl-number">{formatMetric(name, live.values[name] ?? Number.NaN)}</dd>
          </div>
        ))}
      </dl>
      {type === 'component' && <InstanceList componentId={recordId} />}
    </div>
  );
}

import { IconFilter } from '@tabler/icons-react';
import classes from './bottleneck-mark.module.css';
import { bottleneckWords, useBottleneckMark } from './reading';

interface BottleneckMarkProps {
  readonly designId: string;
  /** A part has the mark below its edge, a link in its label. */
  readonly record: 'component' | 'link';
  readonly recordId: string;
}

/** Says on a part or link of the canvas that it is the bottleneck of the last run. */
export function BottleneckMark({ designId, record, recordId }: BottleneckMarkProps) {
  const mark = useBottleneckMark(designId, record, recordId);
  if (mark === null) return null;
  return (
    <span className={classes.mark} data-mark={mark} data-record={record} title={bottleneckWords()}>
      <IconFilter size={11} stroke={2.5} aria-hidden="true" />
      {mark}
    </span>
  );
}

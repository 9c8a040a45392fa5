import { IconFilter } from '@tabler/icons-react';
import classes from './bottleneck-mark.module.css';
import { bottleneckWords, useBottleneckMark } from './reading';

/** Says on a part of the canvas that it is the bottleneck of the last run. */
export function BottleneckMark({ designId, componentId }: { readonly designId: string; readonly componentId: string }) {
  const mark = useBottleneckMark(designId, componentId);
  if (mark === null) return null;
  return (
    <span className={classes.mark} data-mark={mark} title={bottleneckWords()}>
      <IconFilter size={11} stroke={2.5} aria-hidden="true" />
      {mark}
    </span>
  );
}

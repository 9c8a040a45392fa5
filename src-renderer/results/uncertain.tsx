import { Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import classes from './uncertain.module.css';

/** A mark beside a percentile that too few requests lie beyond; says why, to the keyboard too. */
export function Uncertain({ why }: { readonly why: string }) {
  return (
    <Tooltip label={why}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its reason has to be reachable by keyboard */}
      <span className={classes.mark} tabIndex={0} role="img" aria-label={`Uncertain: ${why}`}>
        <IconAlertTriangleFilled size={12} aria-hidden="true" />
      </span>
    </Tooltip>
  );
}

import { IconAlertTriangleFilled, IconCheck, IconX } from '@tabler/icons-react';
import classes from './health-chip.module.css';

/** Health in one word, with an icon and a colour that say the same. */
export function HealthChip({ health, word }: { readonly health: 'fine' | 'strained' | 'failing'; readonly word: string }) {
  const Icon = { fine: IconCheck, strained: IconAlertTriangleFilled, failing: IconX }[health];
  return (
    <span className={classes.chip} data-health={health}>
      <Icon size={12} stroke={3} aria-hidden="true" />
      {word}
    </span>
  );
}

import { IconCircleCheckFilled, IconCircleXFilled, IconEqualNot, IconHelpCircle, IconMinus } from '@tabler/icons-react';
import type { Verdict } from '../../src-shared/analysis/difference';
import classes from './compare.module.css';
import { VERDICT_WORDS } from './compare-rows';

const ICONS: Readonly<Record<Verdict, typeof IconMinus>> = {
  better: IconCircleCheckFilled,
  worse: IconCircleXFilled,
  different: IconEqualNot,
  'not-distinguishable': IconMinus,
  unknown: IconHelpCircle,
};

/** A verdict as icon, word and colour; blue and orange differ for every common kind of colour vision. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const Icon = ICONS[verdict];
  return (
    <span className={classes.verdict} data-verdict={verdict}>
      <Icon size={14} aria-hidden="true" />
      {VERDICT_WORDS[verdict]}
    </span>
  );
}

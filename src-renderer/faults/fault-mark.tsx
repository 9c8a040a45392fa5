import { Tooltip } from '@mantine/core';
import type { Fault } from '../../src-shared/project/fault';
import { documentStore } from '../document/document-store';
import { describeEffect, EFFECTS } from './effects';
import classes from './fault-mark.module.css';

/** Faults that are under way on a part or link: an icon and a word, and what they do on hovering. */
export function FaultMark({ faults }: { readonly faults: readonly Fault[] }) {
  const [first] = faults;
  if (first === undefined) return null;
  const { icon: Icon, word } = EFFECTS[first.effect.type];
  const { project } = documentStore.getState();
  const words = faults.map((fault) => {
    const what = describeEffect(fault.effect, project);
    return `${fault.name}${what === '' ? '' : `: ${what}`}`;
  });
  return (
    <Tooltip label={<span className={classes.words}>{words.join('\n')}</span>} position="top">
      <span className={classes.mark} role="img" aria-label={`Fault: ${words.join('; ')}`} data-testid="fault-mark">
        <Icon size={12} stroke={2.2} aria-hidden="true" />
        {word}
        {faults.length > 1 && ` +${faults.length - 1}`}
      </span>
    </Tooltip>
  );
}

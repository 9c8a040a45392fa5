import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, memo, type ReactNode, type SyntheticEvent, useMemo, useState } from 'react';
import type { Comparison, ComparisonRow } from '../../src-shared/analysis/compare';
import { METRICS } from '../../src-shared/engine/metrics';
import classes from './compare.module.css';
import { type ComparedThing, comparedThings, differenceHelp, differenceText, VERDICT_WORDS, valueText } from './compare-rows';
import { VerdictMark } from './verdict-mark';

function Side({ row, side }: { readonly row: ComparisonRow; readonly side: number }) {
  const found = row.differences[side];
  const difference = differenceText(row, side);
  return (
    <td>
      <span className="tl-number">{valueText(row, side)}</span>
      {found != null && difference !== null && (
        <span className={classes.difference} title={differenceHelp(row, side)}>
          <span className="tl-number">{difference}</span>
          <VerdictMark verdict={found.verdict} />
        </span>
      )}
    </td>
  );
}

function Row({ row }: { readonly row: ComparisonRow }) {
  const { title, definition } = METRICS[row.metric];
  return (
    <tr data-metric={row.metric}>
      <th scope="row">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the definition has to be reachable by keyboard */}
        <span tabIndex={0} data-definition={definition} aria-description={definition}>
          {title}
        </span>
      </th>
      {row.values.map((_, side) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sides have no other name and never change their order
        <Side key={side} row={row} side={side} />
      ))}
    </tr>
  );
}

function countsText({ better, worse, different }: ComparedThing['counts']): string {
  const words = [
    better > 0 ? `${better} ${VERDICT_WORDS.better}` : '',
    worse > 0 ? `${worse} ${VERDICT_WORDS.worse}` : '',
    different > 0 ? `${different} ${VERDICT_WORDS.different}` : '',
  ].filter((word) => word !== '');
  return words.length === 0 ? 'nothing can be told apart' : words.join(', ');
}

interface Hint {
  readonly element: HTMLElement;
  readonly text: string;
}

/** Tells the definition that the pointer or the focus asks for: one tooltip for the whole table, since one for each row would delay its display. */
function Definitions({ children }: { readonly children: ReactNode }) {
  const [hint, setHint] = useState<Hint | null>(null);
  const ask = (event: SyntheticEvent): void => {
    const element = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-definition]') : null;
    setHint((before) => (element === null ? null : before?.element === element ? before : { element, text: element.dataset.definition ?? '' }));
  };
  const leave = (): void => setHint(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is asked for are the titles inside, which take the focus
    <div onMouseOver={ask} onFocus={ask} onMouseLeave={leave} onBlur={leave}>
      {hint !== null && <Tooltip opened label={hint.text} target={hint.element} position="top-start" />}
      {children}
    </div>
  );
}

/** Every metric of every thing that several designs have, with the differences to the baseline. */
export const CompareTable = memo(function CompareTable({ comparison }: { readonly comparison: Comparison }) {
  const things = useMemo(() => comparedThings(comparison), [comparison]);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(things.slice(0, 1).map(({ key }) => key)));
  const toggle = (key: string): void => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  return (
    <Definitions>
      <table className={classes.table} aria-label="Metrics of the designs">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            {comparison.sides.map(({ label, changes }, side) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sides have no other name and never change their order
              <th key={side} scope="col" title={changes.length === 0 ? undefined : changes.join('; ')}>
                {label}
                {side === 0 && <span className={classes.tag}>baseline</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {things.map((thing) => {
            const shown = open.has(thing.key);
            return (
              <Fragment key={thing.key}>
                <tr className={classes.group}>
                  <th scope="rowgroup" colSpan={comparison.sides.length + 1}>
                    <UnstyledButton className={classes.toggle} aria-expanded={shown} onClick={() => toggle(thing.key)}>
                      {shown ? <IconChevronDown size={14} aria-hidden="true" /> : <IconChevronRight size={14} aria-hidden="true" />}
                      <b>{thing.title}</b>
                      <span className={classes.quiet}>{countsText(thing.counts)}</span>
                    </UnstyledButton>
                  </th>
                </tr>
                {shown && thing.rows.map((row) => <Row key={row.metric} row={row} />)}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </Definitions>
  );
});

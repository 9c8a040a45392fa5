import { ActionIcon, Checkbox, Radio, Tooltip } from '@mantine/core';
import { IconCopyPlus, IconPencil, IconPinnedOff, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { COMPARED_RUNS } from '../../src-shared/analysis/compare';
import type { RunResult } from '../../src-shared/run/result';
import { deleteVariant } from '../document/commands/variants';
import { Preview } from '../gallery/preview';
import { baselinesStore, keepBaseline, unpinBaseline } from './baselines';
import type { Candidate } from './candidates';
import { compareStore } from './compare';
import classes from './compare.module.css';
import { healthOf } from './side-health';
import { changesText } from './variant-change';
import { editVariant } from './variant-store';

const TYPES: Readonly<Record<Candidate['type'], string>> = { design: 'Design', variant: 'Variant', baseline: 'Pinned baseline' };

function Tool({ label, onClick, children }: { readonly label: string; readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** What can be done with a candidate that is no design of the project. */
function Tools({ candidate: { type, id, label }, disabled }: { readonly candidate: Candidate; readonly disabled: boolean }) {
  if (disabled || type === 'design') return null;
  if (type === 'variant')
    return (
      <span className={classes.tools}>
        <Tool label={`Edit ${label}`} onClick={() => editVariant(id)}>
          <IconPencil size={14} />
        </Tool>
        <Tool label={`Delete ${label}`} onClick={() => deleteVariant(id)}>
          <IconTrash size={14} />
        </Tool>
      </span>
    );
  const keep = (): void => {
    const baseline = baselinesStore.getState().baselines.find((other) => other.id === id);
    if (baseline !== undefined) keepBaseline(baseline);
  };
  return (
    <span className={classes.tools}>
      <Tool label={`Keep ${label} as a design of the project`} onClick={keep}>
        <IconCopyPlus size={14} />
      </Tool>
      <Tool label={`Unpin ${label}`} onClick={() => unpinBaseline(id)}>
        <IconPinnedOff size={14} />
      </Tool>
    </span>
  );
}

/** What a candidate is, below its picture: how its parts did, or what it changes. */
function Words({ candidate, health }: { readonly candidate: Candidate; readonly health: string | null }) {
  const { project, design, changes } = candidate;
  const changed = useMemo(() => changesText(project, design, changes), [project, design, changes]);
  return (
    <p className={classes.words}>
      <span>{TYPES[candidate.type]}</span>
      {changed !== '' && <span title={changed}>{changed}</span>}
      {health !== null && <span title="Health of the parts over the measured window, which also colours the picture">{health}</span>}
    </p>
  );
}

interface CardProps {
  readonly candidate: Candidate;
  readonly result: RunResult | undefined;
  readonly isChosen: boolean;
  readonly isBaseline: boolean;
  readonly full: boolean;
  readonly disabled: boolean;
  readonly onChoose: (wanted: boolean) => void;
}

function Card({ candidate, result, isChosen, isBaseline, full, disabled, onChoose }: CardProps) {
  const health = useMemo(() => (result === undefined ? null : healthOf(result)), [result]);
  const { key, label, project, design } = candidate;
  const preview = useMemo(() => ({ ...project, designs: [design] }), [project, design]);
  return (
    <li className={classes.card} data-chosen={isChosen || undefined} data-key={key}>
      <div className={classes.cardHead}>
        <Checkbox
          size="xs"
          label={label}
          checked={isChosen}
          disabled={disabled || (!isChosen && full)}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
        <Tools candidate={candidate} disabled={disabled} />
      </div>
      <Preview project={preview} {...(health !== null && { health: health.byId })} />
      <Words candidate={candidate} health={health?.words ?? null} />
      <Radio
        size="xs"
        name="baseline"
        label="Baseline"
        aria-label={`${label} is the baseline`}
        checked={isBaseline}
        disabled={disabled || !isChosen}
        onChange={() => compareStore.setState({ baselineKey: key })}
      />
    </li>
  );
}

interface CardsProps {
  readonly candidates: readonly Candidate[];
  readonly sides: readonly Candidate[];
  /** Results of the comparison on display by the key of their candidate; empty where it is out of date. */
  readonly results: ReadonlyMap<string, RunResult>;
  readonly disabled: boolean;
}

/** Everything that can be compared: which of it is chosen, which is the baseline, and how the parts did. */
export function CompareCards({ candidates, sides, results, disabled }: CardsProps) {
  const chosen = sides.map(({ key }) => key);
  const [baseline] = sides;
  const choose = (key: string, wanted: boolean): void =>
    compareStore.setState({
      chosen: candidates.flatMap((candidate) => ((candidate.key === key ? wanted : chosen.includes(candidate.key)) ? [candidate.key] : [])),
    });
  return (
    <ul className={classes.cards} aria-label="Designs to compare">
      {candidates.map((candidate) => (
        <Card
          key={candidate.key}
          candidate={candidate}
          result={results.get(candidate.key)}
          isChosen={chosen.includes(candidate.key)}
          isBaseline={candidate.key === baseline?.key}
          full={chosen.length >= COMPARED_RUNS.most}
          disabled={disabled}
          onChoose={(wanted) => choose(candidate.key, wanted)}
        />
      ))}
    </ul>
  );
}

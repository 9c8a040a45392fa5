import { Button, Progress } from '@mantine/core';
import { IconCopyPlus, IconPlayerPlay, IconPlayerStop, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { COMPARED_RUNS } from '../../src-shared/analysis/compare';
import { formatDuration } from '../../src-shared/base/format';
import type { Design, Project } from '../../src-shared/project/project';
import { problemsOfFault } from '../../src-shared/run/batch';
import type { RunResult } from '../../src-shared/run/result';
import { prepareVariant } from '../../src-shared/run/variants';
import { duplicateDesign } from '../document/commands/designs';
import { useDocument } from '../document/document-store';
import { Reasons } from '../experiments/reasons';
import { QuantityField, wholeNumber } from '../run/quantity-field';
import { useBaselines } from './baselines';
import { type Candidate, candidatesOf, chosenCandidates } from './candidates';
import { compareStore, useCompare } from './compare';
import classes from './compare.module.css';
import { CompareCards } from './compare-cards';
import { CompareResult } from './compare-result';
import { isStale, problemLine, replicationsOf } from './compare-store';
import { VariantDialog } from './variant-dialog';
import { addAndEditVariant } from './variant-store';

/** Most replications of a comparison: a thousand pairs are more than any interval needs. */
const MOST_REPLICATIONS = 1000;

/** Why each of the chosen sides cannot run, in sentences: the same that stop an ordinary run. */
function useReasons(sides: readonly Candidate[]): readonly string[] {
  return useMemo(
    () =>
      sides.flatMap((side) => {
        const { label, project, design, changes } = side;
        const prepared = prepareVariant(project, { label, designId: design.id, changes });
        if (prepared.ok) return [];
        return problemsOfFault(prepared.error)
          .filter(({ severity }) => severity === 'error')
          .map((problem) => problemLine(side, problem));
      }),
    [sides],
  );
}

interface RunBarProps {
  readonly project: Project;
  readonly candidates: readonly Candidate[];
  readonly sides: readonly Candidate[];
  readonly reasons: readonly string[];
}

function RunBar({ project, candidates, sides, reasons }: RunBarProps) {
  const running = useCompare((state) => state.running);
  const share = useCompare((state) => state.share);
  const leftMs = useCompare((state) => state.leftMs);
  const own = useCompare((state) => state.replications);
  const percent = Math.floor(share * 100);
  return (
    <div className={classes.bar}>
      <label className={classes.field} htmlFor="compare-replications">
        Replications of each
      </label>
      <QuantityField
        label="Replications of each"
        description="Independent runs of each design; run number n of every design has the same random numbers. More of them make intervals narrower."
        labelHidden
        width={70}
        dimension="count"
        unit=""
        value={replicationsOf(project, { replications: own })}
        check={wholeNumber(1, MOST_REPLICATIONS)}
        onCommit={(replications) => compareStore.setState({ replications })}
        disabled={running}
      />
      {running ? (
        <>
          <Button color="red" variant="light" leftSection={<IconPlayerStop size={14} />} onClick={() => compareStore.cancel()}>
            Cancel
          </Button>
          <Progress className={classes.progress} value={percent} aria-label="Progress of the comparison" transitionDuration={100} />
          <span className={`${classes.quiet} tl-number`}>{`${percent} %${leftMs === null ? '' : `, ${formatDuration(leftMs)} left`}`}</span>
        </>
      ) : (
        <Button
          leftSection={<IconPlayerPlay size={14} />}
          disabled={sides.length < COMPARED_RUNS.least || reasons.length > 0}
          onClick={() => void compareStore.start(project, candidates)}
        >
          Run comparison
        </Button>
      )}
      {sides.length < COMPARED_RUNS.least && <span className={classes.warning}>Choose at least two.</span>}
      {!running && candidates.length > COMPARED_RUNS.most && <span className={classes.quiet}>Two to four can stand side by side.</span>}
      {!running && (
        <Button variant="default" ml="auto" leftSection={<IconPlus size={14} />} onClick={addVariantHere}>
          Add variant
        </Button>
      )}
    </div>
  );
}

function OneDesign({ design }: { readonly design: Design | undefined }) {
  return (
    <div className={classes.alone}>
      <strong>There is only one design to compare</strong>
      <p>
        Add a variant of it: the same design with other parameters. Or duplicate it, close this page and change the copy: more parts, another topology. A run
        that was pinned as a baseline can be compared here as well.
      </p>
      {design !== undefined && (
        <div className={classes.bar}>
          <Button leftSection={<IconPlus size={14} />} onClick={addVariantHere}>
            Add variant
          </Button>
          <Button variant="default" leftSection={<IconCopyPlus size={14} />} onClick={() => duplicateDesign(design.id)}>
            {`Duplicate “${design.name}”`}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Adds a variant, chooses it where there is room, and opens its form. */
function addVariantHere(): void {
  const { chosen } = compareStore.getState();
  const id = addAndEditVariant();
  if (id !== undefined && chosen !== null && chosen.length < COMPARED_RUNS.most) compareStore.setState({ chosen: [...chosen, `variant/${id}`] });
}

const NO_RESULTS: ReadonlyMap<string, RunResult> = new Map();

/** Puts two to four designs, variants and pinned baselines side by side: a tab of the page of experiments. */
export function ComparePanel() {
  const project = useDocument((state) => state.project);
  const baselines = useBaselines((state) => state.baselines);
  const chosen = useCompare((state) => state.chosen);
  const baselineKey = useCompare((state) => state.baselineKey);
  const running = useCompare((state) => state.running);
  const found = useCompare((state) => state.found);
  const trouble = useCompare((state) => state.trouble);
  const candidates = useMemo(() => candidatesOf(project, baselines), [project, baselines]);
  const sides = useMemo(() => chosenCandidates(candidates, { chosen, baselineKey }), [candidates, chosen, baselineKey]);
  const reasons = useReasons(sides);
  const stale = useMemo(() => found !== null && isStale(candidates, found), [candidates, found]);
  const results = useMemo(
    () =>
      found === null || stale
        ? NO_RESULTS
        : new Map(found.models.flatMap(({ key }, side) => (found.results[side] === undefined ? [] : [[key, found.results[side]]]))),
    [found, stale],
  );
  return (
    <>
      <VariantDialog />
      {candidates.length < COMPARED_RUNS.least ? (
        <OneDesign design={project.designs[0]} />
      ) : (
        <div className={classes.page}>
          <CompareCards candidates={candidates} sides={sides} results={results} disabled={running} />
          <RunBar project={project} candidates={candidates} sides={sides} reasons={reasons} />
          {!running && reasons.length > 0 && <Reasons title="The comparison cannot run" lines={reasons} />}
          {!running && reasons.length === 0 && trouble !== null && <Reasons title={trouble.title} lines={trouble.lines} />}
          {found === null ? (
            <p className={classes.quiet}>
              All of them run with the same workload and the same random numbers, so that a difference is one of the designs and not of chance, and at the same
              time, as far as the machine has cores.
            </p>
          ) : (
            <CompareResult key={found.models.map(({ key }) => key).join(' ')} found={found} stale={stale} />
          )}
        </div>
      )}
    </>
  );
}

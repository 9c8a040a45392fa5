import { Button, Checkbox, Progress, Radio } from '@mantine/core';
import { IconAlertTriangle, IconCopyPlus, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMemo } from 'react';
import { COMPARED_RUNS } from '../../src-shared/analysis/compare';
import { formatDuration } from '../../src-shared/base/format';
import type { Design, Project } from '../../src-shared/project/project';
import { problemsOfFault } from '../../src-shared/run/batch';
import { prepareVariant } from '../../src-shared/run/variants';
import { duplicateDesign } from '../document/commands/designs';
import { useDocument } from '../document/document-store';
import { Preview } from '../gallery/preview';
import { QuantityField, wholeNumber } from '../run/quantity-field';
import { compareStore, useCompare } from './compare';
import classes from './compare.module.css';
import { CompareResult } from './compare-result';
import { chosenDesigns, problemLine, replicationsOf } from './compare-store';

/** Most replications of a comparison: a thousand pairs are more than any interval needs. */
const MOST_REPLICATIONS = 1000;

/** Why each of the chosen designs cannot run, in sentences: the same that stop an ordinary run. */
function useReasons(project: Project, designs: readonly Design[]): readonly string[] {
  return useMemo(
    () =>
      designs.flatMap((design) => {
        const prepared = prepareVariant(project, { label: design.name, designId: design.id, changes: [] });
        if (prepared.ok) return [];
        return problemsOfFault(prepared.error)
          .filter(({ severity }) => severity === 'error')
          .map((problem) => problemLine(design, problem));
      }),
    [project, designs],
  );
}

function DesignCards({ project, designs, disabled }: { readonly project: Project; readonly designs: readonly Design[]; readonly disabled: boolean }) {
  const chosen = designs.map(({ id }) => id);
  const [baseline] = designs;
  const choose = (id: string, wanted: boolean): void =>
    compareStore.setState({ chosen: project.designs.flatMap((design) => ((design.id === id ? wanted : chosen.includes(design.id)) ? [design.id] : [])) });
  return (
    <ul className={classes.cards} aria-label="Designs to compare">
      {project.designs.map((design) => {
        const isChosen = chosen.includes(design.id);
        return (
          <li key={design.id} className={classes.card} data-chosen={isChosen || undefined}>
            <Checkbox
              size="xs"
              label={design.name}
              checked={isChosen}
              disabled={disabled || (!isChosen && chosen.length >= COMPARED_RUNS.most)}
              onChange={(event) => choose(design.id, event.currentTarget.checked)}
            />
            <Preview project={{ ...project, designs: [design] }} />
            <Radio
              size="xs"
              name="baseline"
              label="Baseline"
              aria-label={`${design.name} is the baseline`}
              checked={design.id === baseline?.id}
              disabled={disabled || !isChosen}
              onChange={() => compareStore.setState({ baselineId: design.id })}
            />
          </li>
        );
      })}
    </ul>
  );
}

function RunBar({ project, designs, reasons }: { readonly project: Project; readonly designs: readonly Design[]; readonly reasons: readonly string[] }) {
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
          disabled={designs.length < COMPARED_RUNS.least || reasons.length > 0}
          onClick={() => void compareStore.start(project)}
        >
          Run comparison
        </Button>
      )}
      {designs.length < COMPARED_RUNS.least && <span className={classes.warning}>Choose at least two designs.</span>}
      {!running && project.designs.length > COMPARED_RUNS.most && <span className={classes.quiet}>Two to four designs can stand side by side.</span>}
    </div>
  );
}

function Reasons({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <div className={classes.reasons} role="alert">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <div>
        <b>{title}</b>
        <ul>
          {[...new Set(lines)].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function OneDesign({ design }: { readonly design: Design | undefined }) {
  return (
    <div className={classes.alone}>
      <strong>There is only one design to compare</strong>
      <p>Duplicate it, close this page and change the copy: other parameters, more replicas, another topology. Then compare the two here.</p>
      {design !== undefined && (
        <Button leftSection={<IconCopyPlus size={14} />} onClick={() => duplicateDesign(design.id)}>
          {`Duplicate “${design.name}”`}
        </Button>
      )}
    </div>
  );
}

/** Puts two to four designs of the project side by side: a tab of the page of experiments. */
export function ComparePanel() {
  const project = useDocument((state) => state.project);
  const chosen = useCompare((state) => state.chosen);
  const baselineId = useCompare((state) => state.baselineId);
  const running = useCompare((state) => state.running);
  const found = useCompare((state) => state.found);
  const trouble = useCompare((state) => state.trouble);
  const designs = useMemo(() => chosenDesigns(project, { chosen, baselineId }), [project, chosen, baselineId]);
  const reasons = useReasons(project, designs);
  if (project.designs.length < COMPARED_RUNS.least) return <OneDesign design={project.designs[0]} />;
  return (
    <div className={classes.page}>
      <DesignCards project={project} designs={designs} disabled={running} />
      <RunBar project={project} designs={designs} reasons={reasons} />
      {!running && reasons.length > 0 && <Reasons title="The comparison cannot run" lines={reasons} />}
      {!running && reasons.length === 0 && trouble !== null && <Reasons title={trouble.title} lines={trouble.lines} />}
      {found === null ? (
        <p className={classes.quiet}>
          Every design runs with the same workload and the same random numbers, so that a difference is one of the designs and not of chance. All of them run at
          the same time, as far as the machine has cores.
        </p>
      ) : (
        <CompareResult key={found.comparison.sides.map(({ design }) => design.id).join(' ')} found={found} />
      )}
    </div>
  );
}

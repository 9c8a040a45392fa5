import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Design, Project } from '../../src-shared/project/project';
import type { Sweep } from '../../src-shared/project/sweep';
import { sweepPoints } from '../../src-shared/project/sweep-points';
import { type SweepableParameter, sweepableAt, sweepableParameters } from '../../src-shared/project/sweepable';
import { activeDesign } from '../app/ui-store';
import { addSweep, deleteSweep, duplicateSweep, renamedWith, updateSweep } from '../document/commands/experiments';
import { sealHistory, useDocument } from '../document/document-store';
import { Reasons } from '../experiments/reasons';
import { HelpLink } from '../help/help-link';
import { NameField } from '../inspector/name-field';
import { QuantityField, wholeNumber } from '../run/quantity-field';
import { AxisEditor } from './axis-editor';
import { usualAxis } from './axis-text';
import { experimentReasons } from './experiment-model';
import { ExperimentPage } from './experiment-page';
import { experimentStore, useExperiment } from './experiment-runs';
import { RunBar } from './run-bar';
import classes from './sweep.module.css';
import { SweepResultView } from './sweep-result-view';

/** Most replications of a point that the window runs. */
export const MOST_REPLICATIONS = 1000;
/** Most points that are added near the knee. */
const MOST_REFINED = 100;

/** What to vary where nobody has said so: how much is asked for, else the first thing that is counted. */
export function likelyParameter(parameters: readonly SweepableParameter[], besides: readonly string[] = []): SweepableParameter | undefined {
  const free = parameters.filter(({ path }) => !besides.includes(path));
  return (
    free.find(({ path }) => path.endsWith('.ratePerS')) ??
    free.find(({ path }) => path.endsWith('.replicas')) ??
    free.find(({ choices }) => choices.length === 0)
  );
}

function create(project: Project): void {
  const design = activeDesign() ?? project.designs[0];
  const parameter = design === undefined ? undefined : likelyParameter(sweepableParameters(project, design));
  if (design === undefined || parameter === undefined) return;
  const id = addSweep({ name: parameter.title, design: design.id, axes: [usualAxis(parameter)], replications: 5 });
  if (id !== undefined) experimentStore.setState({ sweepId: id });
}

function Editor({ project, sweep, disabled }: { readonly project: Project; readonly sweep: Sweep; readonly disabled: boolean }) {
  const design = project.designs.find(({ id }) => id === sweep.design);
  const parameters = useMemo(() => (design === undefined ? [] : sweepableParameters(project, design)), [project, design]);
  const update = (change: (sweep: Sweep) => Sweep): void => {
    updateSweep(sweep.id, change);
    sealHistory();
  };
  const titleOf = (path: string | undefined): string | undefined =>
    design === undefined || path === undefined ? undefined : sweepableAt(project, design, parameters, path)?.title;
  const free = likelyParameter(
    parameters,
    sweep.axes.map(({ parameter }) => parameter),
  );
  return (
    <section className={classes.editor} aria-label="The sweep">
      <NameField label="Name" name={sweep.name} onName={(name) => updateSweep(sweep.id, (old) => ({ ...old, name }), 'name')} disabled={disabled} />
      <Select
        label="Design"
        data={project.designs.map(({ id, name }) => ({ value: id, label: name }))}
        value={design?.id ?? null}
        placeholder="Choose a design"
        disabled={disabled}
        onChange={(id) => id !== null && update((old) => ({ ...old, design: id }))}
      />
      {design !== undefined &&
        sweep.axes.map((axis, index) => (
          <AxisEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: the two parameters are told apart by their place
            key={index}
            label={index === 0 ? 'First parameter' : 'Second parameter'}
            project={project}
            design={design}
            parameters={parameters}
            axis={axis}
            disabled={disabled}
            onChange={(next) =>
              update((old) => ({
                ...old,
                name: index === 0 ? renamedWith(old, titleOf(old.axes[0]?.parameter), titleOf(next.parameter)) : old.name,
                axes: old.axes.map((other, place) => (place === index ? next : other)),
              }))
            }
            onRemove={sweep.axes.length > 1 ? () => update((old) => ({ ...old, axes: old.axes.filter((_, place) => place !== index) })) : undefined}
          />
        ))}
      {sweep.axes.length < 2 && free !== undefined && (
        <Button
          variant="default"
          leftSection={<IconPlus size={13} />}
          disabled={disabled}
          onClick={() => update(({ refine: _refine, ...old }) => ({ ...old, axes: [...old.axes, usualAxis(free)] }))}
        >
          Vary a second parameter
        </Button>
      )}
      <div className={classes.range}>
        <QuantityField
          label="Replications"
          value={sweep.replications ?? null}
          placeholder={String(project.settings.replications)}
          dimension="count"
          unit=""
          check={wholeNumber(1, MOST_REPLICATIONS)}
          onCommit={(replications) => update((old) => ({ ...old, replications }))}
          disabled={disabled}
        />
        {sweep.axes.length === 1 && (
          <QuantityField
            label="Points near the knee"
            value={sweep.refine ?? 0}
            dimension="count"
            unit=""
            check={wholeNumber(0, MOST_REFINED)}
            onCommit={(refine) => update(({ refine: _refine, ...old }) => (refine === 0 ? old : { ...old, refine }))}
            disabled={disabled}
          />
        )}
      </div>
      <p className={classes.quiet}>
        {sweep.axes.length === 1
          ? 'Replications give each point its interval. Points near the knee are added between others where the axis raises the load. '
          : 'Replications give each point its interval. '}
        <HelpLink page="sweeps">More about sweeps</HelpLink>
      </p>
    </section>
  );
}

/** What a run of the sweep comes to. */
function sizeOf(project: Project, sweep: Sweep): string {
  const points = sweepPoints(project, sweep);
  const replications = sweep.replications ?? project.settings.replications;
  return points.ok ? `${points.value.length} points × ${replications} replications = ${points.value.length * replications} runs, on all cores` : '';
}

function Chosen({ project, design, sweep }: { readonly project: Project; readonly design: Design | undefined; readonly sweep: Sweep }) {
  const running = useExperiment((state) => state.running?.id === sweep.id);
  const found = useExperiment((state) => state.sweeps[sweep.id]);
  const trouble = useExperiment((state) => state.trouble);
  const reasons = useMemo(() => experimentReasons(project, sweep), [project, sweep]);
  return (
    <div className={classes.results}>
      <RunBar
        id={sweep.id}
        action="Run sweep"
        size={sizeOf(project, sweep)}
        disabled={reasons.length > 0}
        onRun={() => void experimentStore.startSweep(project, sweep)}
      />
      {!running && reasons.length > 0 && <Reasons title="The sweep cannot run" lines={reasons} />}
      {!running && reasons.length === 0 && trouble?.id === sweep.id && <Reasons title={trouble.title} lines={trouble.lines} />}
      {found === undefined || found.points.length === 0 ? (
        <p className={classes.quiet}>
          {running
            ? 'The first points will be here soon.'
            : `${design?.name ?? 'The design'} runs once for every value and replication, with the same random numbers at every value, so that a difference is one of the parameter and not of chance.`}
        </p>
      ) : (
        <SweepResultView key={sweep.id} found={found} project={project} sweep={sweep} running={running} />
      )}
    </div>
  );
}

/** The sweeps of the project: one or two parameters of a design over their values. A tab of the page of experiments. */
export function SweepPanel() {
  const project = useDocument((state) => state.project);
  const wanted = useExperiment((state) => state.sweepId);
  return (
    <ExperimentPage
      noun="sweep"
      purpose="A sweep runs a design at every value of one or two parameters: how much load it takes, how many replicas it needs, where its knee is."
      records={project.sweeps}
      chosen={project.sweeps.find(({ id }) => id === wanted) ?? project.sweeps[0]}
      onChoose={(id) => experimentStore.setState({ sweepId: id })}
      onAdd={() => create(project)}
      onDuplicate={duplicateSweep}
      onDelete={deleteSweep}
      editor={(sweep, disabled) => <Editor key={sweep.id} project={project} sweep={sweep} disabled={disabled} />}
      results={(sweep) => <Chosen key={sweep.id} project={project} design={project.designs.find(({ id }) => id === sweep.design)} sweep={sweep} />}
    />
  );
}

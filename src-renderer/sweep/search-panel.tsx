import { Button, Checkbox, Select } from '@mantine/core';
import { IconPlus, IconTarget } from '@tabler/icons-react';
import { useMemo } from 'react';
import { objectiveSentence } from '../../src-shared/analysis/objective-text';
import { concerns } from '../../src-shared/project/objective-problems';
import type { Design, Project } from '../../src-shared/project/project';
import type { Search } from '../../src-shared/project/search';
import { sweepPoints } from '../../src-shared/project/sweep-points';
import { type SweepableParameter, sweepableAt, sweepableParameters } from '../../src-shared/project/sweepable';
import { activeDesign } from '../app/ui-store';
import { addSearch, deleteSearch, duplicateSearch, updateSearch } from '../document/commands/experiments';
import { sealHistory, useDocument } from '../document/document-store';
import { Reasons } from '../experiments/reasons';
import { HelpLink } from '../help/help-link';
import { NameField } from '../inspector/name-field';
import { addAndOpenObjective, openObjectives } from '../objectives/objectives-store';
import { QuantityField, wholeNumber } from '../run/quantity-field';
import { AxisEditor } from './axis-editor';
import { usualAxis } from './axis-text';
import { searchReasons } from './experiment-model';
import { ExperimentPage } from './experiment-page';
import { experimentStore, useExperiment } from './experiment-runs';
import { RunBar } from './run-bar';
import { SearchResultView } from './search-result-view';
import classes from './sweep.module.css';
import { MOST_REPLICATIONS } from './sweep-panel';

const MOST_AXES = 4;

/** What is likely to be bought more or less of: replicas first, then machines, then anything that is counted. */
function likelyPurchase(parameters: readonly SweepableParameter[], besides: readonly string[]): SweepableParameter | undefined {
  const free = parameters.filter(({ path }) => !besides.includes(path));
  return (
    free.find(({ path }) => path.endsWith('.replicas')) ??
    free.find(({ param }) => param.type === 'machine') ??
    free.find(({ path }) => path.endsWith('.servers')) ??
    free.find(({ param }) => param.type === 'count')
  );
}

function create(project: Project): void {
  const design = activeDesign() ?? project.designs[0];
  const parameter = design === undefined ? undefined : likelyPurchase(sweepableParameters(project, design), []);
  if (design === undefined || parameter === undefined) return;
  const id = addSearch({ name: `Cheapest ${design.name}`.slice(0, 120), design: design.id, axes: [usualAxis(parameter)], replications: 3 });
  if (id !== undefined) experimentStore.setState({ searchId: id });
}

/** Which objectives must hold; all that are about the design where nothing else was chosen. */
function Objectives({
  project,
  design,
  search,
  disabled,
}: {
  readonly project: Project;
  readonly design: Design;
  readonly search: Search;
  readonly disabled: boolean;
}) {
  const about = project.objectives.filter((objective) => concerns(project, design, objective));
  const names = new Map(project.designs.flatMap(({ components }) => components.map(({ id, name }) => [id, name] as const)));
  if (about.length === 0)
    return (
      <fieldset className={classes.axis}>
        <legend>Objectives that must hold</legend>
        <p className={classes.quiet}>The project has no objective for this design yet: a latency, an availability or an error share that it must keep.</p>
        <Button variant="default" leftSection={<IconPlus size={13} />} onClick={addAndOpenObjective}>
          Add an objective
        </Button>
      </fieldset>
    );
  const chosen = search.objectives ?? about.map(({ id }) => id);
  return (
    <fieldset className={classes.axis}>
      <legend>Objectives that must hold</legend>
      <Checkbox.Group
        aria-label="Objectives that must hold"
        value={[...chosen]}
        onChange={(next) => {
          const ids = about.map(({ id }) => id).filter((id) => next.includes(id));
          if (ids.length === 0) return;
          updateSearch(search.id, ({ objectives: _objectives, ...old }) => (ids.length === about.length ? old : { ...old, objectives: ids }));
          sealHistory();
        }}
      >
        <div className={classes.objectives}>
          {about.map((objective) => (
            <Checkbox
              key={objective.id}
              size="xs"
              value={objective.id}
              label={objective.name}
              description={objectiveSentence(objective, (id) => names.get(id) ?? id)}
              disabled={disabled || (chosen.length === 1 && chosen[0] === objective.id)}
            />
          ))}
        </div>
      </Checkbox.Group>
      <Button variant="subtle" size="compact-xs" leftSection={<IconTarget size={13} />} onClick={() => openObjectives()}>
        Edit objectives …
      </Button>
    </fieldset>
  );
}

function Editor({ project, search, disabled }: { readonly project: Project; readonly search: Search; readonly disabled: boolean }) {
  const design = project.designs.find(({ id }) => id === search.design);
  const parameters = useMemo(() => (design === undefined ? [] : sweepableParameters(project, design)), [project, design]);
  const update = (change: (search: Search) => Search): void => {
    updateSearch(search.id, change);
    sealHistory();
  };
  const free = likelyPurchase(
    parameters,
    search.axes.map(({ parameter }) => parameter),
  );
  /** Without a claim about a parameter that is varied no more. */
  const claimed = (next: Search): Search => {
    const { monotone, ...rest } = next;
    return monotone !== undefined && next.axes.some(({ parameter }) => parameter === monotone) ? next : rest;
  };
  return (
    <section className={classes.editor} aria-label="The search">
      <NameField label="Name" name={search.name} onName={(name) => updateSearch(search.id, (old) => ({ ...old, name }), 'name')} disabled={disabled} />
      <Select
        label="Design"
        data={project.designs.map(({ id, name }) => ({ value: id, label: name }))}
        value={design?.id ?? null}
        placeholder="Choose a design"
        disabled={disabled}
        onChange={(id) => id !== null && update(({ objectives: _objectives, ...old }) => ({ ...old, design: id }))}
      />
      {design !== undefined && (
        <>
          {search.axes.map((axis, index) => (
            <AxisEditor
              // biome-ignore lint/suspicious/noArrayIndexKey: the parameters are told apart by their place
              key={index}
              label={`What may be set${search.axes.length > 1 ? `, ${index + 1}` : ''}`}
              project={project}
              design={design}
              parameters={parameters}
              axis={axis}
              disabled={disabled}
              onChange={(next) => update((old) => claimed({ ...old, axes: old.axes.map((other, place) => (place === index ? next : other)) }))}
              onRemove={search.axes.length > 1 ? () => update((old) => claimed({ ...old, axes: old.axes.filter((_, place) => place !== index) })) : undefined}
            />
          ))}
          {search.axes.length < MOST_AXES && free !== undefined && (
            <Button
              variant="default"
              leftSection={<IconPlus size={13} />}
              disabled={disabled}
              onClick={() => update((old) => ({ ...old, axes: [...old.axes, usualAxis(free)] }))}
            >
              Set another parameter
            </Button>
          )}
          <Objectives project={project} design={design} search={search} disabled={disabled} />
          <Select
            label="More is never worse"
            description="Along this parameter, from its first value to its last, settings are halved instead of tried one and all."
            data={[
              { value: '', label: 'Not known: try every setting' },
              ...search.axes.map(({ parameter }) => {
                const known = sweepableAt(project, design, parameters, parameter);
                return { value: parameter, label: known === undefined ? parameter : `${known.owner}: ${known.title}` };
              }),
            ]}
            value={search.monotone ?? ''}
            disabled={disabled}
            onChange={(path) => update(({ monotone: _monotone, ...old }) => (path === null || path === '' ? old : { ...old, monotone: path }))}
          />
        </>
      )}
      <QuantityField
        label="Replications"
        value={search.replications ?? null}
        placeholder={String(project.settings.replications)}
        dimension="count"
        unit=""
        check={wholeNumber(1, MOST_REPLICATIONS)}
        onCommit={(replications) => update((old) => ({ ...old, replications }))}
        disabled={disabled}
      />
      <p className={classes.quiet}>
        {'The cheapest is that with the least price of machines, or with the fewest servers where not everything has a price. '}
        <HelpLink page="sweeps">More about searches</HelpLink>
      </p>
    </section>
  );
}

function sizeOf(project: Project, search: Search): string {
  const points = sweepPoints(project, search);
  if (!points.ok) return '';
  const replications = search.replications ?? project.settings.replications;
  return `${points.value.length} settings × ${replications} replications${search.monotone === undefined ? '' : ', of which halving needs a few'}, on all cores`;
}

function Chosen({ project, search }: { readonly project: Project; readonly search: Search }) {
  const running = useExperiment((state) => state.running?.id === search.id);
  const found = useExperiment((state) => state.searches[search.id]);
  const trouble = useExperiment((state) => state.trouble);
  const reasons = useMemo(() => searchReasons(project, search), [project, search]);
  return (
    <div className={classes.results}>
      <RunBar
        id={search.id}
        action="Find the cheapest"
        size={sizeOf(project, search)}
        disabled={reasons.length > 0}
        onRun={() => void experimentStore.startSearch(project, search)}
      />
      {!running && reasons.length > 0 && <Reasons title="The search cannot run" lines={reasons} />}
      {!running && reasons.length === 0 && trouble?.id === search.id && <Reasons title={trouble.title} lines={trouble.lines} />}
      {found === undefined || found.candidates.length === 0 ? (
        <p className={classes.quiet}>
          {running
            ? 'The first settings will be here soon.'
            : 'Settings are simulated with the same random numbers, and the cheapest that meets every objective is found; it says of the cheaper ones why they do not do.'}
        </p>
      ) : (
        <SearchResultView key={search.id} found={found} project={project} search={search} running={running} />
      )}
    </div>
  );
}

/** The searches of the project for the cheapest setting that meets its objectives. A tab of the page of experiments. */
export function SearchPanel() {
  const project = useDocument((state) => state.project);
  const wanted = useExperiment((state) => state.searchId);
  const searches = project.searches ?? [];
  return (
    <ExperimentPage
      noun="search"
      purpose="A search simulates settings of a design, such as replicas and machines, and finds the cheapest that meets the objectives of the project."
      records={searches}
      chosen={searches.find(({ id }) => id === wanted) ?? searches[0]}
      onChoose={(id) => experimentStore.setState({ searchId: id })}
      onAdd={() => create(project)}
      onDuplicate={duplicateSearch}
      onDelete={deleteSearch}
      editor={(search, disabled) => <Editor key={search.id} project={project} search={search} disabled={disabled} />}
      results={(search) => <Chosen key={search.id} project={project} search={search} />}
    />
  );
}

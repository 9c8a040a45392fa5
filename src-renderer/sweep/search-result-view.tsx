import { Button } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react';
import { useMemo } from 'react';
import { passingByPrice, type SearchCandidate, searchCsv, searchJson } from '../../src-shared/analysis/search-result';
import { priceText, searchReasonLines } from '../../src-shared/analysis/search-words';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import type { Project } from '../../src-shared/project/project';
import type { Search } from '../../src-shared/project/search';
import { pointVariant } from '../../src-shared/project/sweep-points';
import { type SweepableParameter, sweepableAt, sweepableParameters } from '../../src-shared/project/sweepable';
import { exportProjectCsv, exportProjectJson } from '../results/exports';
import { type TableColumn, VirtualTable } from '../results/virtual-table';
import { applySetting } from './apply-setting';
import { axisValueText } from './axis-text';
import { experimentModel } from './experiment-model';
import { type FoundSearch, searchResultOf } from './experiment-store';
import { ResultHeading } from './result-heading';
import classes from './sweep.module.css';

interface SearchResultViewProps {
  readonly found: FoundSearch;
  readonly project: Project;
  readonly search: Search;
  readonly running: boolean;
}

/** What a search found: the cheapest setting, the runner-up, why cheaper ones fail, and every setting that was simulated. */
export function SearchResultView({ found, project, search, running }: SearchResultViewProps) {
  const { plan, complete } = found;
  const result = useMemo(() => searchResultOf(found), [found]);
  const stale = useMemo(() => !running && experimentModel(project, search) !== found.model, [running, project, search, found.model]);
  const parameters = useMemo<readonly (SweepableParameter | undefined)[]>(() => {
    const design = plan.project.designs.find(({ id }) => id === plan.search.design);
    const all = design === undefined ? [] : sweepableParameters(plan.project, design);
    return plan.search.axes.map(({ parameter }) => (design === undefined ? undefined : sweepableAt(plan.project, design, all, parameter)));
  }, [plan]);
  const words = (candidate: SearchCandidate): string =>
    candidate.values
      .map(
        (value, axis) =>
          `${parameters[axis] === undefined ? plan.search.axes[axis]?.parameter : `${parameters[axis].owner}: ${parameters[axis].title}`} ${axisValueText(parameters[axis], value)}`,
      )
      .join(', ');
  const apply = (candidate: SearchCandidate): void => applySetting(plan.search.design, pointVariant(plan.search, candidate.values).changes);
  const cheapest = result.candidates.find(({ index }) => index === result.cheapest);
  const runnerUp = passingByPrice(result)[1];
  const { settings } = result;
  return (
    <div className={classes.result} data-testid="search-result" data-complete={complete || undefined}>
      <ResultHeading
        text={`${result.design.name} · ${result.candidates.length} of ${result.total} settings simulated${result.monotone === null ? '' : ' by halving'}${complete || running ? '' : ', broken off'} · ${settings.replications} ${settings.replications === 1 ? 'replication' : 'replications'} of ${formatDuration(settings.durationMs)} · seed ${settings.seed}`}
        stale={
          stale ? 'The design, its workload, the objectives or the search have been changed since these numbers were measured. Run the search again.' : null
        }
        running={running}
        exports={[
          { title: 'Settings as CSV', run: () => exportProjectCsv(`search ${search.name}`, searchCsv(result)) },
          { title: 'Whole search as JSON', run: () => exportProjectJson(`search ${search.name}`, searchJson(result)) },
        ]}
      />
      {!running && (
        <div className={classes.words} data-testid="search-words">
          {cheapest === undefined ? (
            <p className={classes.verdict} data-passes="false">
              <IconCircleXFilled size={16} aria-hidden="true" />
              <b>{complete ? 'No setting meets every objective.' : 'No setting so far meets every objective.'}</b>
            </p>
          ) : (
            <div className={classes.verdict} data-passes="true">
              <IconCircleCheckFilled size={16} aria-hidden="true" />
              <span>
                <b>{`${complete ? 'Cheapest' : 'Cheapest so far'}: ${words(cheapest)}`}</b>
                {`, ${priceText(result, cheapest)}.`}
                {result.cheapestBy === 'servers' && ' Not every setting has a price, so servers were counted: choose machines for prices.'}
                {!cheapest.sure && ' Its intervals reach over a limit: more replications would tell.'}
              </span>
              <Button variant="filled" size="compact-xs" onClick={() => apply(cheapest)}>
                Apply to the design
              </Button>
            </div>
          )}
          <ul>
            {searchReasonLines(result, words).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <Candidates
        candidates={result.candidates}
        axes={result.axes}
        parameters={parameters}
        running={running}
        cheapest={result.cheapest}
        runnerUp={runnerUp?.index ?? null}
        onApply={apply}
      />
    </div>
  );
}

interface CandidatesProps {
  readonly candidates: readonly SearchCandidate[];
  readonly axes: readonly { readonly parameter: string; readonly title: string }[];
  readonly parameters: readonly (SweepableParameter | undefined)[];
  readonly running: boolean;
  readonly cheapest: number | null;
  readonly runnerUp: number | null;
  readonly onApply: (candidate: SearchCandidate) => void;
}

/** Every setting that was simulated, with its price and the margin of each objective. */
function Candidates({ candidates, axes, parameters, running, cheapest, runnerUp, onApply }: CandidatesProps) {
  const objectives = candidates[0]?.objectives ?? [];
  const columns: readonly TableColumn<SearchCandidate>[] = [
    ...axes.map(
      ({ parameter, title }, axis): TableColumn<SearchCandidate> => ({
        key: parameter,
        title,
        unit: parameters[axis]?.owner ?? '',
        width: 130,
        cell: ({ values }) => axisValueText(parameters[axis], values[axis]),
        sortValue: ({ values }) => {
          const value = values[axis];
          return typeof value === 'boolean' ? String(value) : value;
        },
      }),
    ),
    {
      key: 'apply',
      title: 'Design',
      width: 76,
      cell: (row) => (
        <Button variant="subtle" size="compact-xs" disabled={running} aria-label={`Apply setting ${row.index + 1} to the design`} onClick={() => onApply(row)}>
          Apply
        </Button>
      ),
      sortValue: () => null,
    },
    {
      key: 'verdict',
      title: 'Verdict',
      width: 170,
      text: true,
      cell: ({ passes, sure, index }) =>
        `${passes ? 'meets all' : 'fails'}${sure ? '' : ', in doubt'}${index === cheapest ? ' · cheapest' : index === runnerUp ? ' · runner-up' : ''}`,
      sortValue: ({ passes }) => (passes ? 0 : 1),
    },
    {
      key: 'cost',
      title: 'Cost',
      unit: 'USD/h',
      width: 90,
      cell: ({ costPerHour }) => (costPerHour === null ? '–' : formatNumber(costPerHour)),
      sortValue: ({ costPerHour }) => costPerHour,
    },
    { key: 'servers', title: 'Servers', width: 80, cell: ({ servers }) => formatNumber(servers, 6), sortValue: ({ servers }) => servers },
    ...objectives.map(
      ({ id, name }, place): TableColumn<SearchCandidate> => ({
        key: `margin:${id}`,
        title: name,
        unit: 'margin',
        help: `Margin of the objective ${name}: the share of its limit that is left, negative where it is exceeded.`,
        width: 120,
        cell: (row) => {
          const margin = row.objectives[place]?.margin ?? null;
          return margin === null ? (row.objectives[place]?.verdict ?? '') : formatShare(margin).replace('-', '−');
        },
        sortValue: (row) => row.objectives[place]?.margin,
      }),
    ),
  ];
  return (
    <div className={classes.points} style={{ height: Math.min(460, 62 + 26 * candidates.length) }}>
      <VirtualTable
        label="Settings that were simulated"
        columns={columns}
        rows={candidates}
        rowKey={({ index }) => String(index)}
        isSelected={({ index }) => index === cheapest}
      />
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheckFilled, IconCircleXFilled, IconPlus, IconTarget } from '@tabler/icons-react';
import { formatClock } from '../../src-shared/analysis/chart-text';
import { formatInterval } from '../../src-shared/analysis/metric-text';
import { burnRuleText, measureTitle, objectiveValue } from '../../src-shared/analysis/objective-text';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import type { ObjectiveVerdict, RunResult } from '../../src-shared/run/result';
import { useDocument } from '../document/document-store';
import summary from '../results/summary-panel.module.css';
import { unbroken } from '../results/unbroken';
import classes from './objectives.module.css';
import { addAndOpenObjective, openObjectives } from './objectives-store';

const ICONS = { pass: IconCircleCheckFilled, fail: IconCircleXFilled, unknown: IconAlertTriangleFilled } as const;
/** Verdicts in words. */
export const OBJECTIVE_WORDS: Readonly<Record<ObjectiveVerdict['verdict'], string>> = { pass: 'met', fail: 'missed', unknown: 'not judged' };

const MARGIN_HELP = 'The share of the bound that is left; of an availability: of what it allows to be missing. Negative where it is exceeded.';
const BUDGET_HELP = 'What the objective allows to go wrong. 100 % left: nothing went wrong; 0 %: all of it is used up.';
const BURN_HELP =
  'How fast the error budget goes: at 1 it lasts exactly as long as the run. An alert needs two windows, a long one that shows that it matters and a short one that shows that it goes on (The Site Reliability Workbook, chapter 5).';

/** The measured value with its interval, beside the bound, which may be one for windows and not for the whole run. */
function valueText({ measure, value, halfWidth, demand, limit, windows }: ObjectiveVerdict): string {
  const bound = `${demand === 'at-least' ? '≥' : '≤'} ${objectiveValue(measure, limit)}${windows === null ? '' : ' in each window'}`;
  if (value === null) return `bound ${bound}`;
  const found =
    halfWidth === null || measure === 'recoveryTimeMs' || measure === 'availability'
      ? objectiveValue(measure, value)
      : formatInterval(measure, value, halfWidth);
  return `${found}${windows === null ? '' : ' over the whole run'}, bound ${bound}`;
}

function marginText(margin: number): string {
  if (margin < -1) return `${formatNumber(1 - margin)} times what is allowed`;
  return margin < 0 ? `${formatShare(-margin)} over the bound` : `${formatShare(margin)} of the bound left`;
}

function clock(ms: number): string {
  return formatClock(ms / 1000, ms % 1000 === 0 ? 0 : 1);
}

interface VerdictProps {
  readonly verdict: ObjectiveVerdict;
  readonly about: string;
  readonly faultName: (id: string) => string;
}

/** How many windows met the objective; the margin is that of the worst one that still has to. */
function Windows({ verdict: { windows, measure, margin } }: { readonly verdict: ObjectiveVerdict }) {
  if (windows === null || windows.judged === 0) return null;
  const share = windows.demandedShare < 1 ? `, ${formatShare(windows.demandedShare)} must` : '';
  const { worst } = windows;
  return (
    <p className={classes.facts}>
      <b className="tl-number">{`${windows.met} of ${windows.judged}`}</b>
      {unbroken(` windows of ${formatDuration(windows.lengthMs)} met it${share}`)}
      {worst !== null && `; worst ${unbroken(objectiveValue(measure, worst.value))} at ${clock(worst.fromMs)} to ${clock(worst.toMs)}`}
      {margin !== null && <span title={MARGIN_HELP}>{unbroken(`; ${marginText(margin)} in the worst that must meet it`)}</span>}
    </p>
  );
}

function Budget({ verdict: { budget, measure } }: { readonly verdict: ObjectiveVerdict }) {
  if (budget === null) return null;
  const left = 1 - budget.spent;
  return (
    <>
      <p className={classes.facts} title={BUDGET_HELP}>
        {'Error budget: '}
        <b className="tl-number">
          {left < 0
            ? left < -1
              ? `spent ${formatNumber(budget.spent)} times over`
              : `overspent, ${formatShare(budget.spent)} used`
            : `${formatShare(left)} left`}
        </b>
        {unbroken(` of the ${formatShare(budget.allowed)} that may ${measure === 'staleShare' ? 'be stale' : 'fail'}`)}
      </p>
      {budget.rules.map((rule) => (
        <p key={rule.name} className={classes.facts} title={BURN_HELP}>
          {unbroken(burnRuleText(rule))}
        </p>
      ))}
    </>
  );
}

function Recovery({ verdict: { recovery }, faultName }: Pick<VerdictProps, 'verdict' | 'faultName'>) {
  if (recovery === null || recovery.faults === 0) return null;
  const { worst } = recovery;
  const faults = `${recovery.faults} ${recovery.faults === 1 ? 'fault' : 'faults'}`;
  return (
    <p className={classes.facts}>
      {recovery.disturbed === 0 ? `The service stayed good through ${faults}.` : `${recovery.disturbed} of ${faults} disturbed the service`}
      {worst !== null && `; longest after ${faultName(worst.faultId)} at ${clock(worst.beginMs)}`}
      {recovery.notRecovered > 0 && `; ${recovery.notRecovered} not over when the run ended`}
    </p>
  );
}

function Verdict({ verdict, about, faultName }: VerdictProps) {
  const Icon = ICONS[verdict.verdict];
  return (
    <li className={classes.verdict} data-verdict={verdict.verdict} data-testid={`objective-${verdict.id}`}>
      <Icon size={15} aria-hidden="true" />
      <div className={classes.body}>
        <div className={classes.title}>
          <button type="button" className={classes.name} title="Edit this objective" onClick={() => openObjectives(verdict.id)}>
            {verdict.name}
          </button>
          <span className={classes.word}>{OBJECTIVE_WORDS[verdict.verdict]}</span>
        </div>
        <p className={classes.facts}>
          {`${measureTitle(verdict.measure)} ${about}: `}
          <b className="tl-number">{unbroken(valueText(verdict))}</b>
          {verdict.margin !== null && verdict.windows === null && <span title={MARGIN_HELP}>{unbroken(`; ${marginText(verdict.margin)}`)}</span>}
        </p>
        {verdict.reason !== '' && <p className={classes.facts}>{verdict.reason}</p>}
        {verdict.sure === false && <p className={classes.facts}>The interval reaches over the bound: more replications would tell.</p>}
        <Windows verdict={verdict} />
        <Budget verdict={verdict} />
        <Recovery verdict={verdict} faultName={faultName} />
      </div>
    </li>
  );
}

/** How the run did by the objectives of the project. */
export function ObjectivesCard({ result }: { readonly result: RunResult }) {
  const more = useDocument((state) => state.project.objectives.length > 0);
  const names = new Map(result.components.map(({ id, name }) => [id, name]));
  const faults = new Map(result.faults.map(({ id, name }) => [id, name]));
  const aboutOf = ({ subject, operation }: ObjectiveVerdict): string =>
    subject === '' ? 'end to end' : `of ${names.get(subject) ?? subject}${operation === null ? '' : `: ${operation}`}`;
  return (
    <section className={summary.card} aria-label="Objectives">
      <h3 className="tl-heading">Objectives</h3>
      {result.objectives.length === 0 ? (
        <p className={summary.quiet}>
          {more ? 'None of the project’s objectives was judged in this run.' : 'None: say what the design must do, and every run is judged by it.'}
        </p>
      ) : (
        <ul className={classes.verdicts}>
          {result.objectives.map((verdict) => (
            <Verdict key={verdict.id} verdict={verdict} about={aboutOf(verdict)} faultName={(id) => faults.get(id) ?? id} />
          ))}
        </ul>
      )}
      <div className={classes.buttons}>
        <Button variant="default" size="compact-xs" leftSection={<IconPlus size={13} />} onClick={addAndOpenObjective}>
          Add objective
        </Button>
        {more && (
          <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconTarget size={13} />} onClick={() => openObjectives()}>
            Edit objectives …
          </Button>
        )}
      </div>
    </section>
  );
}

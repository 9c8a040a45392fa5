import { Button, Progress } from '@mantine/core';
import { IconArrowBackUp, IconBulb, IconCheck, IconHistory, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMemo } from 'react';
import { EFFECT_HELP, EFFECT_TITLES, effectDifference, effectValue } from '../../src-shared/analysis/advice/advice-report';
import type { Goal } from '../../src-shared/analysis/advice/candidate';
import type { Effect, TriedCandidate } from '../../src-shared/analysis/advice/experiment';
import { ADVICE_REPLICATIONS } from '../../src-shared/analysis/advice/experiment';
import { formatDuration, formatShare } from '../../src-shared/base/format';
import { useUi } from '../app/ui-store';
import { VerdictMark } from '../compare/verdict-mark';
import { useDocument } from '../document/document-store';
import { modelText } from '../run/model-of';
import { QuantityField, wholeNumber } from '../run/quantity-field';
import { useRun } from '../run/run';
import { isActive } from '../run/run-state';
import { adviceStore, applyAdvice, findAdvice, runAgain, undoAdvice, useAdvice } from './advice';
import classes from './advice.module.css';
import { RecordLink } from './reading-cards';

const GOALS: Readonly<Record<Goal, string>> = { faster: 'Faster, with fewer errors', safer: 'Safer', cheaper: 'Cheaper' };
const MOST_REPLICATIONS = 100;

/** Looks for advice, with progress and cancel. */
export function SearchBar() {
  const running = useAdvice((state) => state.running);
  const stage = useAdvice((state) => state.stage);
  const share = useAdvice((state) => state.share);
  const leftMs = useAdvice((state) => state.leftMs);
  const own = useAdvice((state) => state.replications);
  const asked = useDocument((state) => state.project.settings.replications);
  const active = useRun((state) => isActive(state.phase));
  const percent = Math.floor(share * 100);
  return (
    <div className={classes.search}>
      {running ? (
        <>
          <Button size="compact-sm" color="red" variant="light" leftSection={<IconPlayerStop size={14} />} onClick={() => adviceStore.cancel()}>
            Cancel
          </Button>
          <Progress className={classes.progress} value={percent} aria-label="Progress of the search for advice" transitionDuration={100} />
          <span className={`${classes.quiet} tl-number`}>{`${stage}: ${percent} %${leftMs === null ? '' : `, ${formatDuration(leftMs)} left`}`}</span>
        </>
      ) : (
        <>
          <Button size="compact-sm" leftSection={<IconBulb size={14} />} disabled={active} onClick={findAdvice}>
            Find advice
          </Button>
          <label className={classes.quiet} htmlFor="advice-replications">
            Replications
          </label>
          <QuantityField
            label="Replications"
            description="Independent runs of every change that is tried; each has the same random numbers as the run that it is compared with."
            labelHidden
            width={56}
            dimension="count"
            unit=""
            value={own ?? Math.max(ADVICE_REPLICATIONS, asked)}
            check={wholeNumber(2, MOST_REPLICATIONS)}
            onCommit={(replications) => adviceStore.setState({ replications })}
          />
          {active && <span className={classes.quiet}>when the run has ended</span>}
        </>
      )}
    </div>
  );
}

function EffectRow({ effect }: { readonly effect: Effect }) {
  const { metric, before, after, difference } = effect;
  return (
    <tr title={EFFECT_HELP[metric]} data-metric={metric}>
      <th scope="row">{EFFECT_TITLES[metric]}</th>
      <td className="tl-number">{effectValue(metric, before)}</td>
      <td className="tl-number">{effectValue(metric, after)}</td>
      <td className="tl-number">{effectDifference(effect)}</td>
      <td>{difference === null ? null : <VerdictMark verdict={difference.verdict} />}</td>
    </tr>
  );
}

function Advice({ tried, current }: { readonly tried: TriedCandidate; readonly current: boolean }) {
  const { title, why, verdict, effects, crash, changes, recordId } = tried;
  const applied = useAdvice((state) => state.applied);
  const past = useDocument((state) => state.past);
  const active = useRun((state) => isActive(state.phase));
  const isApplied = applied !== null && applied.title === title && past.some(({ id }) => id === applied.step);
  const last = past.at(-1)?.id === applied?.step;
  return (
    <li className={classes.advice} aria-label={title}>
      <div className={classes.head}>
        <b>{title}</b>
        {isApplied ? (
          <span className={classes.actions}>
            <span className={classes.applied} role="status">
              <IconCheck size={14} stroke={3} aria-hidden="true" />
              Applied
            </span>
            {last && (
              <Button size="compact-xs" variant="default" leftSection={<IconArrowBackUp size={13} />} onClick={undoAdvice}>
                Undo
              </Button>
            )}
            <Button size="compact-xs" leftSection={<IconPlayerPlay size={13} />} disabled={active} onClick={runAgain}>
              Run again
            </Button>
          </span>
        ) : (
          <Button size="compact-xs" variant="light" disabled={!current} title={changes.join('\n')} onClick={() => applyAdvice(tried)}>
            Apply
          </Button>
        )}
      </div>
      <p className={classes.quiet}>
        {why} {verdict}
        {crash !== null && ' Simulated with a crash of one instance for a third of the time, before and after.'} <RecordLink id={recordId}>Show</RecordLink>
      </p>
      <table className={classes.effects}>
        <thead>
          <tr>
            <td />
            <th scope="col">before</th>
            <th scope="col">after</th>
            <th scope="col">difference</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {effects.map((effect) => (
            <EffectRow key={effect.metric} effect={effect} />
          ))}
        </tbody>
      </table>
    </li>
  );
}

/** What was found: advice by what it is for, then what was tried without effect. */
export function FoundAdvice() {
  const found = useAdvice((state) => state.found);
  const trouble = useAdvice((state) => state.trouble);
  const project = useDocument((state) => state.project);
  const activeDesignId = useUi((state) => state.activeDesignId);
  const current = useMemo(() => found !== null && modelText(project, found.designId) === found.model, [project, found]);
  if (found === null)
    return (
      <>
        {trouble !== null && (
          <p className={classes.trouble} role="alert">
            {trouble}
          </p>
        )}
        <p className={classes.quiet}>
          Changes that fit what the run shows are simulated under the same random numbers as the design, on all cores. Only those that help beyond chance are
          shown as advice, with their effect and their price.
        </p>
      </>
    );
  const { report, designId } = found;
  const helping = report.tried.filter(({ outcome }) => outcome === 'helps');
  const others = report.tried.filter(({ outcome }) => outcome !== 'helps');
  const priced = report.tried.some(({ effects }) => effects.some(({ metric }) => metric === 'costPerHour'));
  return (
    <div data-testid="advice">
      {trouble !== null && (
        <p className={classes.trouble} role="alert">
          {trouble}
        </p>
      )}
      {!current && (
        <span className={classes.stale} role="status">
          <IconHistory size={14} aria-hidden="true" />
          Changed since this advice: find it again for the next step
        </span>
      )}
      {designId !== activeDesignId && <p className={classes.trouble}>{`This advice is on “${report.design.name}”.`}</p>}
      <p className={classes.quiet}>
        {report.candidates === 0
          ? 'Nothing was tried: no change fits what the run shows.'
          : `${report.candidates} ${report.candidates === 1 ? 'change was' : 'changes were'} simulated, ${report.settings.replications} replications of each, seed ${report.settings.seed}; ${helping.length === 0 ? 'none helps' : `${helping.length} ${helping.length === 1 ? 'helps' : 'help'}`} beyond chance. ± is half the ${formatShare(report.settings.confidence)} interval of the pairs.${priced ? '' : ' There are no prices: no part runs on a machine of the ladder.'}`}
      </p>
      {(Object.keys(GOALS) as Goal[]).map((goal) => {
        const own = helping.filter((tried) => tried.goal === goal);
        return own.length === 0 ? null : (
          <section key={goal} aria-label={GOALS[goal]}>
            <h4>{GOALS[goal]}</h4>
            <ul className={classes.list}>
              {own.map((tried) => (
                <Advice key={tried.title} tried={tried} current={current} />
              ))}
            </ul>
          </section>
        );
      })}
      {others.length > 0 && (
        <section aria-label="Tried, but no advice">
          <h4>Tried, but no advice</h4>
          <ul className={classes.points}>
            {others.map(({ title, verdict, effects }) => (
              <li
                key={title}
                title={effects
                  .map(
                    (effect) => `${EFFECT_TITLES[effect.metric]}: ${effectValue(effect.metric, effect.before)} → ${effectValue(effect.metric, effect.after)}`,
                  )
                  .join('\n')}
              >
                {`${title}. `}
                <span className={classes.quiet}>{verdict}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

import { Button, Tooltip } from '@mantine/core';
import { IconBook2, IconScissors, IconStack2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { intervalText } from '../../src-shared/analysis/interval-text';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import type { RunResult } from '../../src-shared/run/result';
import { setSetting } from '../document/commands/settings';
import { useDocument } from '../document/document-store';
import { HelpLink } from '../help/help-link';
import { FIRST_REPLICATIONS, suggestionOf, warmUpWord } from './certainty';
import classes from './summary-panel.module.css';
import { unbroken } from './unbroken';

function Line({ name, help, children }: { readonly name: string; readonly help: string; readonly children: ReactNode }) {
  return (
    <div className={classes.row}>
      <Tooltip label={help} position="top-start">
        <dt>{name}</dt>
      </Tooltip>
      <dd className="tl-number">{children}</dd>
    </div>
  );
}

/** Sets the replications of the project, or says that they are set. */
function SetReplications({ total }: { readonly total: number }) {
  const now = useDocument((state) => state.project.settings.replications);
  if (now === total) return <p className={classes.quiet}>{`Set to ${total}: run again.`}</p>;
  return (
    <Button
      size="compact-xs"
      variant="light"
      my={4}
      leftSection={<IconStack2 size={14} aria-hidden="true" />}
      onClick={() => setSetting('replications', total)}
    >{`Set ${total} replications`}</Button>
  );
}

function Replications({ result }: { readonly result: RunResult }) {
  const { replications, settings } = result;
  if (replications < 2)
    return (
      <>
        <p className={classes.quiet}>{unbroken(intervalText(result))}</p>
        <SetReplications total={FIRST_REPLICATIONS} />
      </>
    );
  const found = suggestionOf(result);
  if (found === null) return null;
  return (
    <>
      <p className={classes.quiet}>
        {unbroken(
          `Least sure is ${found.title}, known to ± ${formatShare(Number(found.now.toPrecision(2)))} at ${formatShare(settings.confidence)}. ${formatNumber(found.more)} more replication${found.more === 1 ? '' : 's'} would narrow that to about ± ${formatShare(Number(found.after.toPrecision(2)))}.`,
        )}
      </p>
      <SetReplications total={found.total} />
    </>
  );
}

function WarmUp({ result }: { readonly result: RunResult }) {
  const { text, betterMs } = warmUpWord(result);
  const now = useDocument((state) => state.project.settings.warmUpMs);
  return (
    <>
      <dl>
        <Line name="Warm-up left out" help="The beginning of each replication that no summary number counts.">
          {`${formatDuration(result.warmUpMs)}${result.settings.warmUpMs === 'auto' ? ' (found)' : ''}`}
        </Line>
        <Line
          name="Transient (MSER-5)"
          help="Where MSER-5 sees the end of the transient: in the requests in flight over time, first replication. Charts hatch it. White, Simulation 69, 1997."
        >
          {text}
        </Line>
      </dl>
      {betterMs !== null &&
        (now === betterMs ? (
          <p className={classes.quiet}>{`Set to ${formatDuration(betterMs)}: run again.`}</p>
        ) : (
          <Button
            size="compact-xs"
            variant="light"
            my={4}
            leftSection={<IconScissors size={14} aria-hidden="true" />}
            onClick={() => setSetting('warmUpMs', betterMs)}
          >{`Leave out ${formatDuration(betterMs)}`}</Button>
        ))}
    </>
  );
}

/** How sure the numbers of a run are, and what would make them surer. */
export function CertaintyCard({ result }: { readonly result: RunResult }) {
  const { replications, settings } = result;
  return (
    <section className={classes.card} aria-label="How sure these numbers are">
      <h3 className="tl-heading">How sure these numbers are</h3>
      <dl>
        <Line name="Replications" help="Independent runs of the same model with random numbers of their own.">
          {replications === settings.replications ? replications : `${replications} of ${settings.replications}`}
        </Line>
        {(replications > 1 || result.batches !== undefined) && (
          <Line
            name="Intervals"
            help="Student-t over the replications, or over the batches of a single one: ± is half the width. The largest latency and the longest queue are extremes and have none."
          >
            {formatShare(settings.confidence)}
          </Line>
        )}
      </dl>
      <Replications result={result} />
      <WarmUp result={result} />
      <p className={classes.links}>
        <IconBook2 size={14} aria-hidden="true" />
        <HelpLink page="reading-results">What these numbers mean</HelpLink>
        <HelpLink page="fidelity">How far to trust them</HelpLink>
      </p>
    </section>
  );
}

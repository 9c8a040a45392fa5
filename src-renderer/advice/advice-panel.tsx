import { useMemo } from 'react';
import { useActiveDesign } from '../app/ui-store';
import { useRun } from '../run/run';
import { isActive } from '../run/run-state';
import { useAdvice } from './advice';
import classes from './advice.module.css';
import { FoundAdvice, SearchBar } from './advice-list';
import { useReading } from './reading';
import { BottleneckCard, BoundsCard, DemandCard, PlentyCard, SinglePointsCard } from './reading-cards';

/** What limits the last run, what one crash would stop, and what helps. */
export function AdvicePanel() {
  const { reading: ofRun, result } = useReading();
  const design = useActiveDesign();
  const report = useAdvice((state) => (state.found !== null && state.found.designId === design?.id ? state.found.report : null));
  const active = useRun((state) => isActive(state.phase));
  // Without a run of its own, the page tells what the search for advice has run.
  const reading = useMemo(
    () => ofRun ?? (report === null || active ? null : { ...report, costShares: new Map(Object.entries(report.costShares)) }),
    [ofRun, report, active],
  );
  const ended = useRun((state) => state.result !== null);
  const names = useMemo(() => new Map((result?.components ?? design?.components)?.map(({ id, name }) => [id, name])), [result, design]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section className={classes.panel} aria-label="Bottleneck and advice" tabIndex={0}>
      <div className={classes.reading}>
        {reading === null ? (
          <section className={classes.card} aria-label="Bottleneck">
            <h3 className="tl-heading">Bottleneck</h3>
            <p className={classes.quiet}>
              {ended
                ? 'Nothing was measured: the run ended before its warm-up did.'
                : 'Press Run (Space). When the run ends, its bottleneck is named here with the evidence, and what one crash would stop.'}
            </p>
          </section>
        ) : (
          <>
            <BottleneckCard reading={reading} />
            <DemandCard reading={reading} />
            <SinglePointsCard reading={reading} />
            <BoundsCard reading={reading} />
            <PlentyCard reading={reading} names={names} />
          </>
        )}
      </div>
      <section className={classes.found} aria-label="Advice">
        <h3 className="tl-heading">Advice, simulated before it is given</h3>
        <SearchBar />
        <FoundAdvice />
      </section>
    </section>
  );
}

import { HelpLink } from '../help-link';
import type { HelpPage } from '../help-page';

/** How designs, variants and pinned runs are compared, and what a verdict means. */
export const compare: HelpPage = {
  id: 'compare',
  group: 'Experiments',
  title: 'Comparing designs',
  keywords: 'compare difference variant baseline pin better worse common random numbers paired interval side by side',
  content: (
    <>
      <p>
        Experiments, at the right above the canvas, puts two to four things side by side: designs of the project, variants of a design, and pinned runs. All of
        them run at the same time with the same workload and the same random numbers, so that a difference is one of the designs and not of chance.
      </p>
      <h3>Variants</h3>
      <p>
        A variant is a design with parameters changed, under a name. Add variant, choose a parameter of any part or link, and write its new value with its unit.
        The design itself stays as it is. Variants are saved with the project; on the command line <code>compare FILE --variant NAME</code> runs them.
      </p>
      <h3>Pinned baselines</h3>
      <p>
        After a run, Pin as baseline in its summary keeps what was run and what it found. The summary of every later run then shows the differences to it, with
        intervals from two replications on, as long as both had the same seed, duration and warm-up. Faults injected by hand are part of what is kept. In a
        comparison a pinned run is run again under the present settings. It is kept while the project is open; “Keep as a design” puts it into the project,
        where it is saved.
      </p>
      <h3>Verdicts</h3>
      <p>
        Below each value stands the difference to the baseline, the mean over pairs of replications, with the half-width of its paired Student-t interval (A. M.
        Law, Simulation Modeling and Analysis, 2015, sections 10.2 and 11.2). It is better or worse where the interval leaves out zero, different where neither
        direction is good in itself, and else not distinguishable: more replications may tell. Of many rows, one in twenty is called different by chance alone
        at 95 %. Intervals are explained under <HelpLink page="reading-results">Reading results</HelpLink>.
      </p>
      <p>The small pictures show the health of the parts over the measured window once the comparison has run, in colours and in words.</p>
    </>
  ),
};

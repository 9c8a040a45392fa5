import type { HelpPage } from '../help-page';

/** Sweeps, what they show, and the search for the cheapest setting. */
export const sweeps: HelpPage = {
  id: 'sweeps',
  group: 'Experiments',
  title: 'Sweeps, knees and the cheapest design',
  keywords:
    'sweep parameter range load latency curve knee power scalability usl universal law heat map search cheapest objective price monotone shard merge batch',
  content: (
    <>
      <p>
        A sweep runs a design at every value of one or two parameters, with the same random numbers at each, on all cores. It stands in the project file. Open
        it with <b>Experiments</b> beside the tabs of the designs, on the tab <b>Sweep</b>.
      </p>
      <h3>Making a sweep</h3>
      <p>
        Choose a design and search for a parameter of any part or link; the list says where each stands now. Give a range, in even steps or by equal factors, or
        a list such as <kbd>100, 200, 1k</kbd>. Replications give every point its interval: five are a good beginning. What makes a sweep impossible is said
        before it runs. Points are shown as they come; Cancel keeps those that are there.
      </p>
      <h3>The knee</h3>
      <p>
        Where the parameter raises the load, the knee is marked: the load at which throughput divided by latency, called power, is greatest (Kleinrock 1979).
        Below it more load costs little waiting, above it waiting grows faster than throughput. “Points near the knee” adds points between the best point and
        its neighbours, round after round.
      </p>
      <h3>Scalability</h3>
      <p>
        Where the parameter counts things, such as replicas, throughput is fitted with the Universal Scalability Law (Gunther 2007): contention σ is the share
        of the work that is serial, coherency κ what every pair costs; both have intervals. Points that did all that was asked of them say nothing of capacity
        and are left out, so set a load that saturates the largest size.
      </p>
      <h3>Two parameters</h3>
      <p>
        A map shows one metric for every pair of values, with the number in every cell. Arrow keys move between the cells; a click chooses one, which can be
        applied to the design. Applying is one step, and can be undone.
      </p>
      <h3>The cheapest design</h3>
      <p>
        On the tab <b>Cheapest design</b> say what may be set and which objectives must hold. Every setting is simulated, or, along a parameter of which more is
        never worse, only those that halving needs; what is said to pass was simulated, and so was the step below it. The cheapest has the least price of
        machines, or the fewest servers where not everything has a price. The runner-up is told, and why the nearest cheaper settings fail. “In doubt” means
        that an interval reaches over a limit: raise the replications.
      </p>
      <h3>On many machines</h3>
      <p>
        The same sweeps run on the command line with the same numbers: <code>topolab sweep FILE --sweep NAME</code>,{' '}
        <code>topolab search FILE --search NAME</code>. With <code>--shard i/n</code> and <code>topolab merge</code> GNU parallel, Slurm or Kubernetes spread a
        sweep; the result is the same, byte for byte.
      </p>
    </>
  ),
};

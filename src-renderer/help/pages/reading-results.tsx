import { ENOUGH_BEYOND, samplesNeeded } from '../../../src-shared/base/statistics/percentile-samples';
import { BATCHES } from '../../../src-shared/run/result';
import { HelpLink } from '../help-link';
import type { HelpPage } from '../help-page';

/** What the numbers of a run mean, and how sure they are. */
export const readingResults: HelpPage = {
  id: 'reading-results',
  group: 'Reading a run',
  title: 'Reading results',
  keywords: 'percentile p99 interval confidence warm-up transient MSER replications Little conservation statistics histogram',
  content: (
    <>
      <h3>Percentiles</h3>
      <p>
        p95 is the latency that 95 % of the completed requests stayed below. Percentiles come from a histogram of all requests with an error below 1 %, and are
        never averaged: those of several replications are taken from all of their requests together. In a chart a percentile is that of its interval, so that
        the percentile of the whole run is none of the values in it.
      </p>
      <p>
        The farther out a percentile, the fewer requests decide it. With fewer than {ENOUGH_BEYOND} of them beyond it, it is marked as uncertain: p95 needs{' '}
        {samplesNeeded(0.95)} requests, p99 {samplesNeeded(0.99)}, p99.9 {samplesNeeded(0.999)}. Ten is a convention: the number beyond the true percentile then
        has a standard deviation of about three, a third of itself (binomial; H. A. David and H. N. Nagaraja, Order Statistics, 2003, section 7.1).
      </p>

      <h3>Intervals and replications</h3>
      <p>
        With two or more replications, each a run of the same model with random numbers of its own, ± is half the width of the Student-t interval over their
        values: if all was done again with other seeds, an interval at 95 % would contain the true value in about 19 of 20 cases. The largest latency and the
        longest queue have none: they are the extreme of all replications and not a mean.
      </p>
      <p>
        Requests of one run are not independent, since one that waits makes the next wait. So a single replication is cut into {BATCHES} batches of equal
        length, each is read as if it were a replication, and ± is taken over them (batch means; A. M. Law, Simulation Modeling and Analysis, 2015, section
        9.5.3). Neighbouring batches depend on each other where the run is short or the load high; the summary says so when it sees it, since ± is then too
        narrow. Where the load changes with time, or something fails, batches are not alike, and there is no ±. Several replications have neither problem.
      </p>
      <p>
        The interval shrinks with the square root of the number of replications: four times as many halve it. The summary tells what more would buy (A. M. Law,
        Simulation Modeling and Analysis, 2015, sections 4.5 and 9.4).
      </p>

      <h3>Warm-up</h3>
      <p>
        A run begins empty, which no running system is. The first stretch is therefore left out of all summary numbers, while charts show it. MSER-5 looks for
        the end of this transient in the number of requests in flight: it cuts where the rest has the least standard error (K. P. White, Simulation 69, 1997).
        Charts hatch what it finds beside the shaded warm-up in use. A warm-up that ends too early is told of among the findings when the mean number in flight
        moves by at least 1 %, and warned of from 5 % on. Where the load changes meanwhile, or a fault is under way, the beginning is part of the result and no
        transient: a warm-up would only hide it.
      </p>

      <h3>Little’s law</h3>
      <p>
        Mean number in the system = arrival rate × mean time in it (J. D. C. Little, 1961). It holds for any part, whatever its discipline or its distributions,
        so a simulator that counts both sides by different means can check itself. The largest deviation at any part stands in the summary.
      </p>

      <h3>Self-checks</h3>
      <p>
        Conservation: offered = completed + failed + in flight, for every part, link and operation, at every point of the charts. If one of the checks were ever
        broken, the numbers would be worthless, and the summary says so in red.
      </p>

      <h3>Charts</h3>
      <p>
        Drag over a chart to look at a span more closely in all of them; double-click or press 0 for the whole run. Where there are more points than the screen
        has columns, each column shows the lowest and the highest value in it, so that no peak is lost. Click a point for what can be done there: go to that
        time, or look at a slow request. Coloured bands are times in which a fault was under way. The histogram shows all latencies of the measured window at
        once, with its percentiles; the cumulative view shows which share stayed below a latency.
      </p>
      <p>
        Charts of parts show those with the highest values; select parts on the canvas to see others. Select links to see what goes over them: requests per
        second, network time, messages in transit, and the share of their bandwidth that is used. Where a database has copies, charts show the share of stale
        reads, their age and the replication lag: of all requests, or of the databases that are selected.
      </p>

      <h3>Unstable parts</h3>
      <p>
        A part that is busy all the time while its backlog grows has no mean: the longer the run, the longer the queue. It is called unstable among the
        findings, and its numbers describe the length of the run more than the system.
      </p>
      <p>
        How far the numbers carry over to a real system stands on the page <HelpLink page="fidelity">Fidelity</HelpLink>.
      </p>
    </>
  ),
};

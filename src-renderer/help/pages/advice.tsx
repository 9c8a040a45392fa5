import { MOST_CANDIDATES } from '../../../src-shared/analysis/advice/advise';
import { ADVICE_REPLICATIONS } from '../../../src-shared/analysis/advice/experiment';
import { HelpLink } from '../help-link';
import type { HelpPage } from '../help-page';

/** How the bottleneck is named, and what makes a change advice. */
export const advice: HelpPage = {
  id: 'advice',
  group: 'Reading a run',
  title: 'Bottleneck and advice',
  keywords: 'bottleneck utilisation law demand bounds single point of failure SPOF over-provisioned recommendation what-if apply',
  content: (
    <>
      <p>
        After a run the page Advice in the lower part of the window names what holds the design back, and the part or link is marked on the canvas. A click on
        any name shows it.
      </p>
      <h3>Bottleneck</h3>
      <p>
        Everything that is limited is looked at: servers, cores, connections and threads of parts, the bandwidth of links, rate limiters and bulkheads. The
        demand D is the busy time that one completed request costs. By the utilisation law U = X D / c, the share in use of c servers at X completed requests
        per second, the one with the highest share is used up first: at X / U (P. J. Denning and J. P. Buzen, Computing Surveys 10, 1978). It is the bottleneck
        where it is used up, if only for a twentieth of the run, where its queue grows beyond chance, or where it turns requests away. What is merely held while
        parts behind it work is not blamed as long as one of those is used up. Where nothing is near its limit, that is what is said.
      </p>
      <h3>Bounds</h3>
      <p>
        With these demands no more than 1 / Dmax requests per second can end, and none is faster than its own service and network time. With N users who think
        for Z the throughput is at most N / (D + Z), and the response time at least N Dmax − Z (E. D. Lazowska and others, Quantitative System Performance,
        1984, chapter 5). Where calls run at the same time or requests fail, the bound of the response time is left out, and the page says why.
      </p>
      <h3>Single points of failure</h3>
      <p>
        Each part is thought away, one instance at a time: replicas and how many are required, pairs of balancers, health checks, calls of which some are
        enough, retries and fallbacks decide what share of the requests fails. Links are taken to hold.
      </p>
      <h3>Advice</h3>
      <p>
        Find advice tries at most {MOST_CANDIDATES} changes that fit what was found, each with at least {ADVICE_REPLICATIONS} replications and the same random
        numbers as the design. Changes for safety are simulated with a crash of one instance for a third of the time, before and after. A change is advice only
        if it helps beyond chance, with the level of confidence shared out among all that were tried, and by at least 3 % (0.1 points of errors). What saves
        money is advice if every objective that was met still is; without objectives, if p95 and p99 rise by no more than 10 %. Everything else stands below
        with the reason why it is none.
      </p>
      <p>
        Apply makes the change in the document as one step, which Undo takes back. Run again then shows its effect. After any change the rest of the advice is
        of the design before it: find it again for the next step. Intervals are explained under <HelpLink page="reading-results">Reading results</HelpLink>.
      </p>
    </>
  ),
};

import { HelpLink } from '../help-link';
import type { HelpPage } from '../help-page';

/** How to see what happened to one request. */
export const traces: HelpPage = {
  id: 'traces',
  group: 'Reading a run',
  title: 'Traces: one request',
  keywords: 'trace waterfall span critical path slow request replay sampling retry hedge why latency tail',
  content: (
    <>
      <p>
        A percentile says how many requests were slow, a trace says why one of them was. Open <b>Traces</b> below the canvas after a run, or while it is paused,
        and press <b>Trace this run</b>. The first replication is repeated in the background with the same random numbers and the same faults, those injected by
        hand included, and requests are recorded while it does. So an ordinary run pays nothing for traces, and no number changes.
      </p>

      <h3>Which requests are kept</h3>
      <ul>
        <li>of each operation the 20 slowest that completed in the measured window</li>
        <li>of each reason of failure an even sample of 10</li>
        <li>the 10 with the stalest reads, where a database has copies: the line of the read says by how much and how many versions</li>
        <li>of each interval of the charts the slowest, and the first failure</li>
        <li>the three nearest to each percentile of the summary</li>
        <li>up to 200 drawn by chance, where you give a share</li>
        <li>at the end of the run the 10 of each operation that were longest under way</li>
      </ul>
      <p>
        At most 5000 spans of one request are kept, 1.5 million of all under way at once, and 200,000 requests at once. The list tells how many could not be
        followed.
      </p>

      <h3>From a number to a request</h3>
      <p>
        In the summary the button beside a percentile, the maximum or a reason of failure leads to such a request. A click on a latency chart leads to the
        slowest request of that interval.
      </p>

      <h3>The waterfall</h3>
      <p>
        Each line is a call with the visit that it led to; what it calls stands below it. Bars say what the time was: service, waiting in a queue, network,
        backoff before a retry. Where a line is light, it waits for the lines below. Attempts of a guarded call are marked as retries and hedges, with the
        reason why each failed. A dashed bar is work that went on after its caller had given up: in vain.
      </p>
      <p>
        The shares above the bars are of the critical path: the chain of stretches that the request could not have done without. Of calls in parallel only the
        last counts, of copies only the one that won. Their lengths add up to the latency exactly.
      </p>
      <p>
        Arrow keys walk through the lines, <kbd>Enter</kbd> or a click selects the part on the canvas. What is not on the way of the request is dimmed there.
      </p>

      <h3>Replay</h3>
      <p>
        The replay shows the request on the canvas: messages on their way, and at each part what it does there. Play it, go from one happening to the next, or
        drag over the axis. Where your system asks for little motion, it goes by steps.
      </p>
      <p>
        The same without a window: <code>topolab trace FILE --slowest 3 --failed 2 --near 250</code>. What the simulator leaves out of a request stands on the
        page <HelpLink page="fidelity">Fidelity</HelpLink>.
      </p>
    </>
  ),
};

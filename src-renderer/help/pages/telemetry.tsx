import { HelpLink } from '../help-link';
import type { HelpPage } from '../help-page';

/** How to let parts be observed, and how to read what a collector shows. */
export const telemetry: HelpPage = {
  id: 'telemetry',
  group: 'Reading a run',
  title: 'Telemetry: seen and true',
  keywords: 'observability collector sampling span trace metrics overhead OpenTelemetry Dapper Prometheus monitoring dashboard age',
  content: (
    <>
      <p>
        Everything that Topolab shows of a run is true: it knows each request. Whoever runs a real system knows only what its parts report, and reports are
        sampled, late and not free. A telemetry collector is such an observer inside the model.
      </p>

      <h3>Let parts be observed</h3>
      <p>
        Put a telemetry collector on the canvas, and draw a link to it from each service, database, load balancer or job that shall report. Its parameters say
        what they report and what that costs them; the links to it, drawn dotted, have the latency, bandwidth and loss that reports meet. Requests never go over
        such a link, and none waits for it.
      </p>

      <h3>Read what it sees</h3>
      <ul>
        <li>
          <b>Live panel</b>: select the collector, or a link to it. For each part it shows the latest reports, and the percentiles of the spans of the latest
          interval, beside the truth of the same time; how old the newest report is, and on how many spans the percentiles rest.
        </li>
        <li>
          <b>Summary</b>: the same for the whole measured window, with what was dropped or lost and what telemetry cost the part.
        </li>
        <li>
          <b>Charts</b>: throughput and p99 of a part, seen and true, and the age of what is seen. Select a part, a collector or a link to choose which.
        </li>
        <li>
          <b>Table, CSV, comparisons and sweeps</b>: what is seen stands among the numbers of the link to the collector, under names that begin with “Seen”.
        </li>
      </ul>

      <h3>What to try</h3>
      <p>
        The example “The price of watching” has two designs, one that traces one request in a hundred and one that traces each. Compare them, or sweep the
        sampling: seen percentiles come closer to the truth while utilisation and waiting go up. Make the collector slow, its link narrow or its queue short,
        and look at which spans are missing then. The rules are told on the page of the part:{' '}
        <HelpLink page="part-telemetry-collector">Telemetry collector</HelpLink>.
      </p>
    </>
  ),
};

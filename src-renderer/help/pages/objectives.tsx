import { HelpLink } from '../help-link';
import type { HelpPage } from '../help-page';

/** What objectives are, how they are judged, and when they alert. */
export const objectives: HelpPage = {
  id: 'objectives',
  group: 'Reading a run',
  title: 'Objectives and alerts',
  keywords: 'SLO SLI service level objective error budget burn rate alert RTO RPO recovery time point stale staleness loss availability latency cost check',
  content: (
    <>
      <p>
        An objective says what a design must do. Objectives belong to the project: they are edited under Project at the right (select nothing), from the summary
        of a run, or with “Objectives …” in the command palette. Every run is judged by them; <code>simulate --check</code> ends with code 4 where one is
        missed, so that a design can be tested like code.
      </p>
      <h3>What can be asked for</h3>
      <dl>
        <dt>Latency percentile</dt>
        <dd>p50, p95, p99 or p99.9 of the requests that ended well: end to end, of one operation, or of one part.</dd>
        <dt>Availability and error share</dt>
        <dd>Of requests, the share that ended well or failed. Of a part that serves, availability is the share of the time in which it could.</dd>
        <dt>Recovery time (RTO)</dt>
        <dd>
          From the beginning of a fault to the beginning of the first good window after it. A window is good if at most the given share of the requests that
          ended in it failed and, where that is asked, its p95 was low enough; one in which nothing ended although requests waited is bad. The slowest recovery
          of the first replication decides. Faults of the warm-up are left out.
        </dd>
        <dt>Staleness</dt>
        <dd>
          Where a database has copies: the share of stale reads, or of requests that made one; and of stale reads, how long before the first write that they did
          not show had been acknowledged (p50 or p99). End to end, of one operation, or of a database.
        </dd>
        <dt>Loss of data (RPO)</dt>
        <dd>
          The longest stretch of acknowledged writes that a failover lost, or their number: two objectives, since each has one bound. Over all faults of the
          measured run; the worst replication decides about the stretch, the mean over replications about the number.
        </dd>
        <dt>Cost</dt>
        <dd>Price of the machines per hour, or per million requests that ended well.</dd>
      </dl>
      <h3>Windows</h3>
      <p>
        Over windows, an objective is judged in each window after the warm-up of the first replication, and a share of them must meet it. The percentile of a
        window is taken as the largest of its points, which the true one never exceeds. Stale reads are judged over windows end to end and of databases; windows
        in which none was answered do not count, and those in which none was stale have an age of 0. Without windows it is judged over the whole measured run,
        with the interval that its number has.
      </p>
      <h3>Margin, budget and burn rate</h3>
      <p>
        The margin is the share of the bound that is left. What an availability or error share allows to fail, or a share of stale reads to be stale, is the
        error budget of the run; the burn rate is how fast it goes, 1 being the rate at which it lasts exactly as long as the run. As in The Site Reliability
        Workbook (B. Beyer and others, 2018, chapter 5), two rules alert by two windows each, with the measured run in the place of the 30 days: 5 % of the
        budget in a 120th of the run, or 10 % in a tenth, confirmed by a window of a twelfth of that, after which the alert is soon over. Windows are rounded up
        to whole points of the charts.
      </p>
      <h3>Alerts</h3>
      <p>
        During a run the line at the bottom tells what alerts, and the page Events keeps when each alert began and ended. An objective with windows alerts when
        a window misses it, one with an error budget by its burn rate, a recovery when it takes too long. In the charts the bound is a dashed line, and the
        thick line along the bottom shows when it was missed. Alerts are part of the result and the same in every run with the same seed.
      </p>
      <p>
        What would meet an objective at the least price is found by a search, see <HelpLink page="sweeps">Sweeps and searches</HelpLink>.
      </p>
    </>
  ),
};

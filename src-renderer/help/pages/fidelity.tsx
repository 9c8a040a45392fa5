import { KINDS } from '../../../src-shared/kinds/registry';
import { CASE_COUNTS } from '../../../src-shared/validation/case-counts';
import { HelpLink } from '../help-link';
import type { HelpPage } from '../help-page';

const CASES = CASE_COUNTS.reduce((sum, { cases }) => sum + cases, 0);
const NUMBERS = CASE_COUNTS.reduce((sum, { numbers }) => sum + numbers, 0);

/** What the models leave out, and which way that moves the numbers of a real system. */
const LEFT_OUT: readonly (readonly [what: string, effect: string, part: string, title: string])[] = [
  [
    'Users do not give up in anger, come back later, or send in bursts of one session.',
    'Real load after a failure is higher, real queues are longer.',
    'part-client',
    'Clients',
  ],
  [
    'Service times of one request do not depend on those of the next, and not on the data that it touches.',
    'Where slow requests come together, real tails are longer.',
    'part-service',
    'Service',
  ],
  [
    'Statements never wait for each other’s data: there are no locks, transactions or hot rows.',
    'Real writes under contention are slower.',
    'part-database',
    'Database',
  ],
  [
    'Callers know at once which copy of a database is the primary; messages between copies have no size and are not lost; log and votes take no time on disk.',
    'Real failovers take longer, and so do real writes that wait for copies.',
    'part-database',
    'Database',
  ],
  [
    'A follower applies one write after the other; what is under way when a connection breaks is lost.',
    'Real followers may lag less; real losses are rather fewer.',
    'part-database',
    'Database',
  ],
  [
    'Probes of a balancer do not compete with requests; TLS and replies cost it nothing.',
    'Real balancers have less capacity and eject busy targets too.',
    'part-load-balancer',
    'Load balancer',
  ],
  [
    'Links know messages, not packets: no handshake, slow start or retransmission, and no two links share a wire.',
    'On lossy links failures here are too many and latencies too short; on shared wires real queues are longer.',
    'part-link',
    'Link',
  ],
  [
    'A collector gets one span for each request served, none for each call made, and nobody in the model acts on what it shows.',
    'Real telemetry costs up to twice as much.',
    'part-telemetry-collector',
    'Telemetry collector',
  ],
  [
    'Telemetry is sampled when a request begins, and is not sent again; spans of outgoing calls are not made.',
    'Real tracing makes about twice the spans; exporters that try again lose fewer, and load the collector more.',
    'part-telemetry-collector',
    'Telemetry collector',
  ],
  ['Every worker of a job can do every task equally well, wherever the data lies.', 'Real speed-up is lower.', 'part-job', 'Parallel job'],
  [
    'Nothing happens that is not in the model: no deploys, garbage collection, noisy neighbours or human error, unless you put it on the timeline.',
    'Real availability is lower, real tails are longer.',
    'part-service',
    'Service',
  ],
];

/** How far the numbers can be trusted, and why. */
export const fidelity: HelpPage = {
  id: 'fidelity',
  group: 'Trust',
  title: 'Fidelity: how far to trust the numbers',
  keywords: 'validation accuracy model limits determinism seed random theory default provenance trust',
  content: (
    <>
      <p>
        Topolab answers one question exactly: how would the system behave that you have drawn, if its parts did what their manuals say? How near that is to a
        real system depends on what the models leave out, and on the times and rates that you put in. A result says more about differences between designs than
        about absolute values.
      </p>

      <h3>What the models leave out, and which way that moves the numbers</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Left out</th>
            <th scope="col">So</th>
            <th scope="col">Manual</th>
          </tr>
        </thead>
        <tbody>
          {LEFT_OUT.map(([what, effect, part, title]) => (
            <tr key={what}>
              <td>{what}</td>
              <td>{effect}</td>
              <td>
                <HelpLink page={part}>{title}</HelpLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>Most omissions flatter: expect a real system to be somewhat slower, and its tail longer, than its model.</p>

      <h3>What is checked</h3>
      <p>
        The validation suite runs {CASES} reference cases with {NUMBERS} expected numbers: closed forms, exact numerical solutions, published figures and
        schedules worked out by hand. Each is built from the parts of the palette and measured by an ordinary run. A number passes when it lies within the
        tolerance that its source states, or within four standard errors where chance decides; a second test looks at whether all deviations together lean to
        one side.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Topic</th>
            <th scope="col">Cases</th>
            <th scope="col">Numbers</th>
          </tr>
        </thead>
        <tbody>
          {CASE_COUNTS.map(({ prefix, title, cases, numbers }) => (
            <tr key={prefix}>
              <td>{title}</td>
              <td className="tl-number">{cases}</td>
              <td className="tl-number">{numbers}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <code>npm run validate</code> prints the table: case, source, expected and measured value, interval and verdict. What theory does not cover, such as a
        whole system with retries, breakers and faults at once, is checked for conservation, Little’s law and equal results in random topologies, not against a
        known answer.
      </p>

      <h3>Every run checks itself</h3>
      <p>
        Offered = completed + failed + in flight holds for every part, link and operation at every point of the charts, and Little’s law at every station. Both
        stand in the summary. See <HelpLink page="reading-results">Reading results</HelpLink>.
      </p>

      <h3>The same numbers everywhere</h3>
      <p>
        Equal project, design, seed and version give equal numbers to the last digit, in the desktop program, in a browser and on the command line, whatever the
        computer and however many cores it has. Simulated time is counted in whole nanoseconds; events at the same instant have a fixed order.
      </p>

      <h3>What the random numbers mean</h3>
      <p>
        Arrivals, service times, losses and choices are drawn from distributions, so one run is one of many days that might have been. The seed says which.
        Another seed gives other numbers, and both are right: what they have in common is the result, what differs is chance. Replications draw several such
        days and turn the difference into an interval. Every part has streams of its own, named after it: adding a part leaves the numbers of the others as they
        were, and two designs can be compared on the very same day.
      </p>

      <h3>Where defaults come from</h3>
      <p>
        Each parameter says in its manual what its default is and where that comes from: a measurement, a standard, the default of a well-known program, or
        nothing better than a round number, which it then says. Replace what matters to you by what you have measured.
      </p>
      <ul>
        {KINDS.map((kind) => (
          <li key={kind.id}>
            <HelpLink page={`part-${kind.id}`}>{kind.title}</HelpLink>
          </li>
        ))}
        <li>
          <HelpLink page="part-link">Link</HelpLink>
        </li>
      </ul>
    </>
  ),
};

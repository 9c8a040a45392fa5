import { z } from 'zod';
import { JOURNAL_TYPES } from '../engine/journal';
import type { FailureReason, MetricName } from '../engine/metrics';
import { FAILURE_REASONS, FAILURE_TITLES, METRICS } from '../engine/metrics';
import { settingsSchema } from '../project/project';
import type {
  ComponentSeriesName,
  CopySeriesName,
  LinkSeriesName,
  MetricValues,
  RunResult,
  StalenessSeriesName,
  SystemSeriesName,
  TelemetrySeriesName,
} from '../run/result';
import { ALERT_TYPES, COMPONENT_SERIES, COPY_SERIES, LINK_SERIES, STALENESS_SERIES, SYSTEM_SERIES, TELEMETRY_SERIES, WITHOUT_BATCHES } from '../run/result';

const metricValues = z.strictObject(
  Object.fromEntries(
    Object.entries(METRICS).map(([name, { title, unit, definition }]) => [
      name,
      z
        .number()
        .optional()
        .describe(`${title} [${unit === 'share' ? '0..1' : unit}]. ${definition}`),
    ]),
  ) as Record<MetricName, z.ZodOptional<z.ZodNumber>>,
) satisfies z.ZodType<MetricValues>;

const failures = z.strictObject(
  Object.fromEntries(
    FAILURE_REASONS.map((reason) => [reason, z.number().optional().describe(`Failures with the reason "${FAILURE_TITLES[reason]}".`)]),
  ) as Record<FailureReason, z.ZodOptional<z.ZodNumber>>,
);

const measured = {
  metrics: metricValues.describe('A metric that does not apply or had no sample is absent.'),
  halfWidths: metricValues
    .optional()
    .describe(
      'Half-widths of the Student-t intervals: over replications, or over the batches of the only one. A metric that is no mean, or of which there are too few values, has none.',
    ),
  failures: failures.describe('Failures of the measured window by reason; absent reasons did not occur.'),
  failureHalfWidths: failures.optional().describe('Half-widths of these counts over replications; absent with one replication, and without failures.'),
};

const column = z.array(z.number().nullable());
const columns = <N extends string>(names: readonly N[]) => z.strictObject(Object.fromEntries(names.map((name) => [name, column])) as Record<N, typeof column>);

const objectiveWindow = z.strictObject({ fromMs: z.number(), toMs: z.number(), value: z.number() });

/** The schema of the result of a run: what the command line prints with --json and the application exports. */
export const resultSchema = z.strictObject({
  format: z.literal('topolab-result'),
  formatVersion: z.literal(1),
  engineVersion: z.string().describe('Version of the engine: the same project, seed and engine version give the same numbers.'),
  project: z.strictObject({ name: z.string() }),
  design: z.strictObject({ id: z.string(), name: z.string() }),
  settings: settingsSchema,
  ended: z.enum(['finished', 'stopped', 'limit']).describe('finished: ran its duration. stopped: ended by the user. limit: a limit of the simulator ended it.'),
  simulatedMs: z.number().describe('Simulated time reached, in ms.'),
  warmUpMs: z.number().describe('Warm-up that was really left out, in ms; found, where the settings say auto.'),
  replications: z.number().int().describe('Replications that ran to their end.'),
  batches: z
    .strictObject({
      count: z.number().int(),
      durationMs: z.number().describe('Length of a batch, in ms of simulated time.'),
      lagCorrelation: z
        .number()
        .nullable()
        .describe('Correlation between neighbouring batches in mean latency, -1..1; where it is well above 0, the intervals are too narrow. null: unknown.'),
    })
    .optional()
    .describe('With one replication: the batches of its measured window, over which the intervals are taken (method of batch means).'),
  noBatches: z
    .enum(WITHOUT_BATCHES)
    .optional()
    .describe('Why a single replication has no intervals: its load or size changes with time, something fails in it, or it is too short.'),
  events: z.number().int().describe('Events executed in all replications.'),
  endToEnd: z.strictObject(measured).describe('Requests as the clients see them.'),
  operations: z.array(z.strictObject({ ...measured, clientId: z.string(), operation: z.string() })),
  components: z.array(
    z.strictObject({
      ...measured,
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      instances: z.array(z.strictObject(measured)).describe('Each replica by itself.'),
    }),
  ),
  links: z.array(z.strictObject({ ...measured, id: z.string(), from: z.string(), to: z.string(), mode: z.string() })),
  latencies: z
    .array(
      z.strictObject({
        scope: z.enum(['end-to-end', 'operation', 'component']),
        id: z.string(),
        operation: z.string().nullable(),
        fromMs: z.array(z.number()),
        toMs: z.array(z.number()),
        counts: z.array(z.number()),
      }),
    )
    .describe('Histograms of latency: counts of completed requests from fromMs to below toMs; 16 buckets in each octave, empty ones left out.'),
  checks: z.strictObject({
    conservation: z
      .strictObject({ holds: z.boolean(), checked: z.number().int(), violations: z.array(z.string()) })
      .describe('Offered = completed + failed + in flight, everywhere.'),
    little: z
      .strictObject({ holds: z.boolean(), checked: z.number().int(), worstResidual: z.number(), worstComponentId: z.string().nullable() })
      .describe("Little's law at every station, over the whole run."),
  }),
  expected: z
    .strictObject({
      availability: z.number().describe('End to end: that of the client that has it lowest, 0..1.'),
      downtimePerYearS: z.number().describe('Expected downtime end to end, seconds in a year of 365 days.'),
      clients: z.array(z.strictObject({ id: z.string(), availability: z.number() })),
      components: z.array(z.strictObject({ id: z.string(), availability: z.number() })),
    })
    .describe(
      'Availability to be expected in the long run from the times of random crashes and cuts: MTBF / (MTBF + MTTR), k of n instances, series system; failures independent, retries and fallbacks not counted. A calculation, not a measurement.',
    ),
  findings: z.array(
    z.strictObject({
      severity: z.enum(['error', 'warning', 'info']),
      code: z.enum(['unstable', 'in-flight-limit', 'standstill', 'too-short', 'no-completions', 'warm-up-too-long', 'warm-up-too-short']),
      componentId: z.string().optional(),
      message: z.string(),
      remedy: z.string(),
    }),
  ),
  objectives: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        scope: z.enum(['end-to-end', 'operation', 'component']),
        subject: z.string().describe('Id of the component, or of the client that asks for the operation; empty end to end.'),
        operation: z.string().nullable(),
        measure: z
          .enum([...(Object.keys(METRICS) as MetricName[]), 'recoveryTimeMs'])
          .describe('Metric that is judged, with its unit; availability is of requests end to end and of operations.'),
        demand: z.enum(['at-most', 'at-least']),
        limit: z.number(),
        value: z.number().nullable().describe('Over the whole measured run.'),
        halfWidth: z.number().nullable(),
        verdict: z.enum(['pass', 'fail', 'unknown']).describe('unknown: it could not be judged, see reason; --check counts it as missed.'),
        margin: z
          .number()
          .nullable()
          .describe('Share of the limit that is left (of an availability: of what it allows to be missing); negative where exceeded.'),
        sure: z.boolean().nullable().describe('Whether the interval lies on one side of the limit.'),
        windows: z
          .strictObject({
            lengthMs: z.number(),
            judged: z.number().int(),
            met: z.number().int(),
            demandedShare: z.number(),
            decidingValue: z.number().nullable().describe('Value of the worst window that must still meet the objective.'),
            worst: objectiveWindow.nullable(),
            missed: z.array(objectiveWindow).describe('The first windows that missed it, at most 1000.'),
          })
          .nullable()
          .describe('Windows of the first replication after the warm-up.'),
        budget: z
          .strictObject({
            allowed: z.number(),
            spent: z.number(),
            worstBurn: z.number().nullable(),
            rules: z
              .array(
                z.strictObject({
                  name: z.enum(['fast-burn', 'slow-burn']),
                  longMs: z.number(),
                  shortMs: z.number(),
                  threshold: z.number(),
                  worst: z.number().nullable().describe('Highest burn rate that both windows had at once.'),
                  alerts: z.number().int(),
                }),
              )
              .describe('Alerts by burn rate over two windows each, of the first replication.'),
          })
          .nullable()
          .describe('Error budget: the share that may go wrong, how much of it the run used (1: all), the worst burn rate of a window.'),
        recovery: z
          .strictObject({
            faults: z.number().int(),
            disturbed: z.number().int(),
            notRecovered: z.number().int(),
            worst: z.strictObject({ faultId: z.string(), beginMs: z.number(), recoveredMs: z.number().nullable() }).nullable(),
          })
          .nullable()
          .describe('Faults of the first replication after the warm-up, for an objective about the time to recover.'),
        reason: z.string().describe('Why it could not be judged; else empty.'),
      }),
    )
    .describe('Verdicts on the objectives of the project that concern the design.'),
  series: z
    .strictObject({
      timeMs: z.array(z.number()),
      endToEnd: columns<SystemSeriesName>(SYSTEM_SERIES),
      components: z.array(z.strictObject({ id: z.string(), columns: columns<ComponentSeriesName>(COMPONENT_SERIES) })),
      links: z
        .array(z.strictObject({ id: z.string(), columns: columns<LinkSeriesName>(LINK_SERIES) }))
        .describe(
          'For each link: requests put on it per second, mean network time of the messages put on it, messages in transit at the end of the interval, busy share of its transmitter where it has a bandwidth.',
        ),
      copies: z
        .strictObject({
          endToEnd: columns<StalenessSeriesName>(STALENESS_SERIES),
          components: z.array(z.strictObject({ id: z.string(), columns: columns<CopySeriesName>(COPY_SERIES) })),
        })
        .optional()
        .describe(
          'Where components have copies of their data: end to end, of the requests that ended well in the interval and had read some, their number per second, the share with a stale read and percentiles of the age of their oldest; of each such component the same of its reads, and the lag of the writes that its followers applied.',
        ),
      telemetry: z
        .array(
          z.strictObject({ linkId: z.string(), componentId: z.string(), collectorId: z.string(), columns: columns<TelemetrySeriesName>(TELEMETRY_SERIES) }),
        )
        .optional()
        .describe(
          'For each link to a telemetry collector what it showed of the part at the end of each interval: requests per s, error share and utilisation by the latest reports, percentiles of the spans of the latest interval and their number, age of the newest report, and the true percentiles of that interval.',
        ),
    })
    .describe('Points over simulated time of the first replication; timeMs[i] ends the interval that point i describes; null: no sample.'),
  faults: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        target: z.string(),
        instance: z.number().int().nullable(),
        live: z.boolean().describe('Injected while the run was under way.'),
        windows: z
          .array(z.strictObject({ beginMs: z.number(), endMs: z.number().nullable() }))
          .describe('Times in which it was active, in ms; endMs null: it never ended.'),
      }),
    )
    .describe('Faults of the design, then those injected live, with the windows of the first replication that had them; at most 1000 windows each.'),
  journal: z
    .array(
      z.strictObject({
        atMs: z.number(),
        type: z.enum([...JOURNAL_TYPES, ...ALERT_TYPES]),
        componentId: z.string().nullable(),
        instance: z.number().int().nullable(),
        linkId: z.string().nullable(),
        faultId: z.string().nullable(),
        value: z.union([z.number(), z.string()]).nullable(),
        lostWrites: z.number().optional().describe('Of a promotion: acknowledged writes that were lost by it.'),
        objective: z
          .strictObject({
            id: z.string(),
            name: z.string(),
            rule: z.enum(['window', 'recovery', 'fast-burn', 'slow-burn']),
            value: z.number(),
            limit: z.number(),
            budgetLeft: z.number().nullable().describe('Share of the error budget of the run that was left.'),
          })
          .optional()
          .describe('Of an alert and its end: which objective, by which rule.'),
      }),
    )
    .describe(
      'What happened in the first replication: faults, instances, scaling, breakers, targets, copies of data, alerts of objectives. At most 10,000 entries.',
    ),
  journalDropped: z.number().int().describe('Entries beyond that limit.'),
  requests: z.array(
    z.strictObject({
      clientId: z.string(),
      operation: z.string(),
      arrivalMs: z.number(),
      endMs: z.number(),
      outcome: z.enum(['completed', ...FAILURE_REASONS]),
      waitingMs: z.number(),
      serviceMs: z.number(),
      item: z.number().int().optional().describe('Data item that it touched, from 0 by popularity; only where a part reads items.'),
    }),
  ),
});

type DeepReadonly<T> = T extends readonly (infer U)[] ? readonly DeepReadonly<U>[] : T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** Fails to compile where the schema and the type of a result drift apart. */
const schemaMatchesType: Same<DeepReadonly<z.infer<typeof resultSchema>>, RunResult> = true;

/** The JSON Schema of a result, draft 2020-12. */
export function resultJsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Topolab result',
    description:
      'What a run of a Topolab project found. Numbers are those of the measured window, after the warm-up; the mean over replications where there are several.',
    ...(schemaMatchesType ? z.toJSONSchema(resultSchema, { reused: 'ref' }) : {}),
  };
}

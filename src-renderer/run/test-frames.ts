import { DEFAULT_SETTINGS } from '../../src-shared/project/project';
import { COMPONENT_COLUMNS, type ComponentColumn, type Frame, LINK_COLUMNS, type LinkColumn, type SeriesPoint } from '../../src-shared/run/frame';
import type { Measured, RunResult } from '../../src-shared/run/result';
import { COMPONENT_SERIES, LINK_SERIES, SYSTEM_SERIES } from '../../src-shared/run/result';

/** Rows of columns by name; what is not given is NaN. For tests. */
function rows<Name extends string>(names: readonly Name[], values: readonly Partial<Record<Name, number>>[]): Float64Array {
  return Float64Array.from(values.flatMap((row) => names.map((name) => row[name] ?? Number.NaN)));
}

/** A frame with given rows of components and links. For tests. */
export function frameOf(
  simulatedMs: number,
  components: readonly Partial<Record<ComponentColumn, number>>[] = [],
  links: readonly Partial<Record<LinkColumn, number>>[] = [],
  rest: Partial<Frame> = {},
): Frame {
  return {
    simulatedMs,
    events: simulatedMs * 10,
    replicationEvents: simulatedMs * 10,
    replication: 0,
    progress: simulatedMs / 60_000,
    endToEnd: { offeredPerS: 100, completedPerS: 100, failedPerS: 0, latencyP50Ms: 1, latencyP95Ms: 2, latencyP99Ms: 3, inFlight: 4 },
    components: rows(COMPONENT_COLUMNS, components),
    links: rows(LINK_COLUMNS, links),
    instances: new Float64Array(0),
    instanceStates: new Uint8Array(0),
    journal: [],
    points: [],
    ...rest,
  };
}

/** A point of the series whose columns are all `value`. For tests. */
export function pointOf(timeMs: number, value: number, components = 1, links = 0): SeriesPoint {
  return {
    timeMs,
    system: new Float64Array(SYSTEM_SERIES.length).fill(value),
    components: new Float64Array(components * COMPONENT_SERIES.length).fill(value),
    links: new Float64Array(links * LINK_SERIES.length).fill(value),
  };
}

const NOTHING: Measured = { metrics: {}, failures: {} };

/** A result of a design with one component, `web`, and one link, `l1`. For tests. */
export function resultOf(rest: Partial<RunResult> = {}): RunResult {
  return {
    format: 'topolab-result',
    formatVersion: 1,
    engineVersion: '1',
    project: { name: 'Shop' },
    design: { id: 'design-1', name: 'Design 1' },
    settings: DEFAULT_SETTINGS,
    ended: 'finished',
    simulatedMs: 60_000,
    warmUpMs: 5000,
    replications: 1,
    events: 1000,
    endToEnd: { metrics: { throughput: 99.5, latencyP95Ms: 12.25 }, failures: {} },
    operations: [{ ...NOTHING, clientId: 'clients', operation: 'view' }],
    components: [
      {
        id: 'web',
        name: 'Web',
        kind: 'service',
        metrics: { offered: 100, completed: 94, failed: 6, utilisation: 0.5 },
        failures: { timeout: 6 },
        instances: [],
      },
    ],
    links: [{ id: 'l1', from: 'web', to: 'web', mode: 'call', metrics: { callRate: 10, networkMeanMs: 0.5 }, failures: {} }],
    latencies: [],
    checks: { conservation: { holds: true, checked: 4, violations: [] }, little: { holds: true, checked: 1, worstResidual: 0, worstComponentId: null } },
    findings: [],
    objectives: [],
    series: {
      timeMs: [100, 200],
      endToEnd: {
        offeredPerS: [1, 2],
        completedPerS: [1, 2],
        failedPerS: [0, 0],
        latencyP50Ms: [null, 5],
        latencyP95Ms: [null, 6],
        latencyP99Ms: [null, 7],
        inFlight: [1, 1],
      },
      links: [{ id: 'l1', columns: { callsPerS: [10, 20], networkMeanMs: [0.5, null], inTransit: [0, 1], utilisation: [null, null] } }],
      components: [
        {
          id: 'web',
          columns: {
            utilisation: [0.1, 0.2],
            queue: [0, 1],
            inSystem: [0, 1],
            present: [0, 1],
            completedPerS: [1, 2],
            failedPerS: [0, 0],
            instancesUp: [0, 0],
            servers: [0, 0],
          },
        },
      ],
    },
    expected: { availability: 1, downtimePerYearS: 0, clients: [], components: [] },
    faults: [],
    journal: [],
    journalDropped: 0,
    requests: [],
    ...rest,
  };
}

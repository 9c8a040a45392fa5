import type { SeriesPoint } from '../../src-shared/run/frame';
import {
  COMPONENT_SERIES,
  COPY_SERIES,
  type ComponentSeriesName,
  type CopySeriesName,
  LINK_SERIES,
  type LinkSeriesName,
  type Series,
  STALENESS_SERIES,
  type StalenessSeriesName,
  SYSTEM_SERIES,
  type SystemSeriesName,
  TELEMETRY_SERIES,
  type TelemetryLink,
  type TelemetrySeriesName,
} from '../../src-shared/run/result';

/** A column of a chart: null where an interval had no sample. */
export type Column = readonly (number | null)[];

/** Points over simulated time, from a run under way or from a result. */
export interface SeriesView {
  readonly length: number;
  readonly componentIds: readonly string[];
  readonly linkIds: readonly string[];
  /** Ends of the intervals in s. */
  readonly timesS: () => readonly number[];
  readonly system: (name: SystemSeriesName) => Column;
  readonly component: (id: string, name: ComponentSeriesName) => Column;
  readonly link: (id: string, name: LinkSeriesName) => Column;
  /** Components with copies of their data; staleness of requests end to end, and of one of those its staleness and replication lag. */
  readonly copiedIds: readonly string[];
  readonly staleness: (name: StalenessSeriesName) => Column;
  readonly copies: (id: string, name: CopySeriesName) => Column;
  /**
   * Visits the numbers of a column of all components, from the point `from` on; `place` is that of the component. Nothing is kept for it:
   * what looks at every component of a large design needs no column of each.
   */
  readonly visitComponents: (name: ComponentSeriesName, from: number, visit: (place: number, value: number) => void) => void;
  /** Links to telemetry collectors, and what the collector behind one of them shows of the part before it. */
  readonly telemetryLinks: readonly TelemetryLink[];
  readonly telemetry: (linkId: string, name: TelemetrySeriesName) => Column;
}

/** A series without points. */
export const EMPTY_SERIES: SeriesView = {
  length: 0,
  componentIds: [],
  linkIds: [],
  timesS: () => [],
  system: () => [],
  component: () => [],
  link: () => [],
  copiedIds: [],
  staleness: () => [],
  copies: () => [],
  visitComponents: () => undefined,
  telemetryLinks: [],
  telemetry: () => [],
};

const SYSTEM_INDEX = new Map<string, number>(SYSTEM_SERIES.map((name, index) => [name, index]));
const COMPONENT_INDEX = new Map<string, number>(COMPONENT_SERIES.map((name, index) => [name, index]));

/** Numbers kept for charts while a run is under way: 32 MB. A run with more of them is drawn with every second point. */
const MOST_CELLS = 4_000_000;

/** Collects the points of a run under way. Memory is bounded; the result that comes at the end has all points again. */
export interface SeriesBuffer extends SeriesView {
  readonly add: (points: readonly SeriesPoint[]) => void;
}

/** What the series of a run are of. */
export interface SeriesSubjects {
  readonly componentIds: readonly string[];
  readonly linkIds: readonly string[];
  readonly copiedIds?: readonly string[] | undefined;
  readonly telemetryLinks?: readonly TelemetryLink[] | undefined;
}

/** Makes the buffer of a run; `mostCells`: how many numbers it keeps. */
export function createSeriesBuffer({ componentIds, linkIds, copiedIds = [], telemetryLinks = [] }: SeriesSubjects, mostCells = MOST_CELLS): SeriesBuffer {
  let rows: SeriesPoint[] = [];
  /** Of the points that come, one in this many is kept. */
  let every = 1;
  let seen = 0;
  const position = new Map(componentIds.map((id, index) => [id, index]));
  const linkPosition = new Map(linkIds.map((id, index) => [id, index]));
  const width =
    SYSTEM_SERIES.length +
    componentIds.length * COMPONENT_SERIES.length +
    linkIds.length * LINK_SERIES.length +
    (copiedIds.length === 0 ? 0 : STALENESS_SERIES.length + copiedIds.length * COPY_SERIES.length) +
    telemetryLinks.length * TELEMETRY_SERIES.length;
  const mostRows = Math.max(16, Math.floor(mostCells / width));
  // Columns that were asked for grow with the rows: a chart that is drawn again costs what has come since, not the whole run.
  const columns = new Map<string, (number | null)[]>();
  const column = (key: string, read: (row: SeriesPoint) => number | undefined): Column => {
    let values = columns.get(key);
    if (values === undefined) {
      values = [];
      columns.set(key, values);
    }
    for (let index = values.length; index < rows.length; index++) {
      const value = read(rows[index] as SeriesPoint);
      values.push(value === undefined || Number.isNaN(value) ? null : value);
    }
    return values;
  };
  return {
    get length() {
      return rows.length;
    },
    componentIds,
    linkIds,
    add: (points) => {
      for (const point of points) {
        seen++;
        if (seen % every !== 0) continue;
        rows.push(point);
        if (rows.length > mostRows) {
          rows = rows.filter((_, index) => index % 2 === 1);
          columns.clear();
          every *= 2;
        }
      }
    },
    timesS: () => column('time', (row) => row.timeMs / 1000) as readonly number[],
    system: (name) => {
      const index = SYSTEM_INDEX.get(name) ?? -1;
      return column(name, (row) => row.system[index]);
    },
    component: (id, name) => {
      const start = position.get(id);
      if (start === undefined) return rows.map(() => null);
      const index = start * COMPONENT_SERIES.length + (COMPONENT_INDEX.get(name) ?? -1);
      return column(`${id} ${name}`, (row) => row.components[index]);
    },
    link: (id, name) => {
      const start = linkPosition.get(id);
      if (start === undefined) return rows.map(() => null);
      const index = start * LINK_SERIES.length + LINK_SERIES.indexOf(name);
      return column(`link ${id} ${name}`, (row) => row.links[index]);
    },
    copiedIds,
    staleness: (name) => {
      const index = STALENESS_SERIES.indexOf(name);
      return column(`copies ${name}`, (row) => row.copies?.[index]);
    },
    copies: (id, name) => {
      const start = copiedIds.indexOf(id);
      if (start < 0) return rows.map(() => null);
      const index = STALENESS_SERIES.length + start * COPY_SERIES.length + COPY_SERIES.indexOf(name);
      return column(`copies ${id} ${name}`, (row) => row.copies?.[index]);
    },
    visitComponents: (name, from, visit) => {
      const offset = COMPONENT_INDEX.get(name) ?? -1;
      for (let index = from; index < rows.length; index++) {
        const { components } = rows[index] as SeriesPoint;
        for (let place = 0; place < componentIds.length; place++) {
          const value = components[place * COMPONENT_SERIES.length + offset];
          if (value !== undefined && !Number.isNaN(value)) visit(place, value);
        }
      }
    },
    telemetryLinks,
    telemetry: (linkId, name) => {
      const index = telemetryLinks.findIndex((link) => link.linkId === linkId) * TELEMETRY_SERIES.length + TELEMETRY_SERIES.indexOf(name);
      return column(`${linkId} ${name}`, (row) => row.telemetry?.[index]);
    },
  };
}

/** The points of a result. */
export function seriesOfResult(series: Series): SeriesView {
  const byId = new Map(series.components.map((component) => [component.id, component.columns]));
  const linkById = new Map(series.links.map((link) => [link.id, link.columns]));
  const timesS = series.timeMs.map((ms) => ms / 1000);
  return {
    length: series.timeMs.length,
    componentIds: series.components.map(({ id }) => id),
    linkIds: series.links.map(({ id }) => id),
    timesS: () => timesS,
    system: (name) => series.endToEnd[name],
    component: (id, name) => byId.get(id)?.[name] ?? timesS.map(() => null),
    link: (id, name) => linkById.get(id)?.[name] ?? timesS.map(() => null),
    copiedIds: series.copies?.components.map(({ id }) => id) ?? [],
    staleness: (name) => series.copies?.endToEnd[name] ?? timesS.map(() => null),
    copies: (id, name) => series.copies?.components.find((component) => component.id === id)?.columns[name] ?? timesS.map(() => null),
    visitComponents: (name, from, visit) => {
      for (const [place, { columns }] of series.components.entries()) {
        const column = columns[name];
        for (let index = from; index < column.length; index++) {
          const value = column[index];
          if (value != null) visit(place, value);
        }
      }
    },
    telemetryLinks: series.telemetry ?? [],
    telemetry: (linkId, name) => series.telemetry?.find((link) => link.linkId === linkId)?.columns[name] ?? timesS.map(() => null),
  };
}

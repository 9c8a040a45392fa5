import type { Fault } from '../../project/fault';
import type { Design, Project } from '../../project/project';
import type { RunResult } from '../../run/result';
import type { SystemReading } from '../advice/candidate';

/** What a report is made of. */
export interface ReportInput {
  /** The project as it ran, with the settings of the run. */
  readonly project: Project;
  readonly result: RunResult;
  /** Faults that were injected by hand while it ran. */
  readonly injected?: readonly Fault[];
  /** Changes of parameters that the command line made for this run, of the form `part.parameter=value`; the project has them already. */
  readonly changes?: readonly string[];
  /** What was read of the design and the run: bottleneck, single points of failure; left out of the report where it is absent. */
  readonly reading?: SystemReading;
  /** Date as it shall stand in the report; without one the same run gives the same bytes on every day. */
  readonly date?: string;
  /** Name of the project's file for the command line; absent where it was never saved. */
  readonly fileName?: string;
}

/** The same with the design that ran, and names by ids. */
export interface ReportContext extends ReportInput {
  readonly design: Design;
  /** Name of a component, or of a link by its ends. */
  readonly nameOf: (id: string) => string;
}

import type { Problem } from '../base/problem';
import { planFault } from '../compile/compile-faults';
import type { Engine } from '../engine/engine';
import type { Plan, PlanFault } from '../engine/plan';
import type { Fault } from '../project/fault';
import { problemsOfFault } from '../project/fault-problems';
import type { Design, Project } from '../project/project';
import { topologyOf } from '../project/topology';
import { quote } from '../project/words';

/**
 * Faults that are injected into a run that is under way. Replications that begin later have them at the same instants, so that
 * every replication is one of the same experiment, and the run can be repeated from a file with these faults in it.
 */
export interface LiveFaults {
  /** Lets a fault begin in the next instant of simulated time; a length of 0 means until it is cleared. The reason why not, or null. */
  inject(fault: Fault): Problem | null;
  /** Ends an injected fault in the next instant; one that is not under way is left alone. */
  clear(faultId: string): void;
  /** A replication has begun: makes pending what was injected so far. */
  restart(): void;
}

interface Injected {
  readonly fault: PlanFault;
  readonly at: number;
  /** ns; Infinity: until it is cleared. */
  lasts: number;
}

/** Starts without any. */
export function createLiveFaults(project: Project, design: Design, plan: Plan, engine: Engine): LiveFaults {
  const injected: Injected[] = [];

  const start = ({ fault, at, lasts }: Injected): boolean => engine.faults.inject({ ...fault, timing: { type: 'once', at, lasts } });

  return {
    inject(wanted) {
      const lastsMs = wanted.timing.type === 'once' ? wanted.timing.lastsMs : 0;
      const fault: Fault = { ...wanted, timing: { type: 'once', atMs: 0, lastsMs: Math.max(lastsMs, 1) } };
      const twice = design.faults.some(({ id }) => id === fault.id) || injected.some((other) => other.fault.id === fault.id);
      const problem = problemsOfFault(project, design, topologyOf(project, design), fault, twice).find(({ severity }) => severity === 'error');
      if (problem !== undefined) return { ...problem, designId: design.id };
      const planned = planFault(project, fault, plan);
      // One instant from now: what is still to happen at this one comes first, here as in a run from the file.
      const item = { fault: planned, at: engine.now() + 1, lasts: lastsMs > 0 && planned.timing.type === 'once' ? planned.timing.lasts : Infinity };
      if (!start(item))
        return {
          severity: 'error',
          code: 'too-many-injected-faults',
          designId: design.id,
          recordId: fault.id,
          message: `The run has taken so many faults that ${quote(fault.name)} has no room.`,
          remedy: 'Start a new run; faults of the project have no such limit.',
        };
      injected.push(item);
      return null;
    },
    clear(faultId) {
      const item = injected.find(({ fault }) => fault.id === faultId);
      if (item === undefined || !engine.faults.clear(faultId)) return;
      item.lasts = Math.max(0, engine.now() + 1 - item.at);
    },
    restart() {
      for (const item of injected) start(item);
    },
  };
}

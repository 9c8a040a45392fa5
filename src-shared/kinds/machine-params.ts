import { formatNumber } from '../base/format';
import { contentionFactor, peakCores } from '../engine/scalability';
import type { KindProblem } from './kind';
import type { Machine } from './machine';
import { machine, number, optional, type ParamValues } from './params';

/** Parameters of the machine that one instance runs on; shared by every kind that does work of its own. */
export const machineParams = {
  machine: optional(
    machine({
      title: 'Machine',
      group: 'Machine',
      default: 'vcpu-4',
      help: 'Size of the machine under one instance: its cores are the servers, its speed divides the service times, its price is paid while the instance runs.',
      provenance: 'None, so that the number of servers is what you type.',
    }),
    'none: as many servers as stated',
  ),
  contention: number({
    title: 'Contention',
    unit: 'per core',
    group: 'Machine',
    default: 0,
    min: 0,
    max: 1,
    help: 'Share of the work that only one core can do at a time: locks, shared buses. More cores then gain less and less.',
    provenance: 'None. Measured programs have a few per cent (N. Gunther, Guerrilla Capacity Planning, 2007).',
  }),
  coherency: number({
    title: 'Coherency',
    unit: 'per pair',
    group: 'Machine',
    default: 0,
    min: 0,
    max: 1,
    help: 'Cost for each pair of busy cores of keeping their data the same. From some number of cores on, more of them make everything slower.',
    provenance: 'None. Measured programs have less than a thousandth (N. Gunther, Guerrilla Capacity Planning, 2007).',
  }),
} as const;

type MachineValues = ParamValues<typeof machineParams>;

/** Cores and speed of an instance: those of its machine, or the servers typed in. */
export function capacityOf(values: Pick<MachineValues, 'machine'>, typed: number, found: Machine | null): { readonly cores: number; readonly speed: number } {
  return found === null || values.machine === null ? { cores: typed, speed: 1 } : { cores: found.vcpus, speed: found.speed };
}

/** The machine of an instance on the ladder; null where there is none. */
export function machineOf(values: Pick<MachineValues, 'machine'>, ladder: readonly Machine[]): Machine | null {
  return ladder.find(({ id }) => id === values.machine) ?? null;
}

/** Servers without contention that do as much as all cores of an instance at work. */
export function effectiveServers({ contention, coherency }: MachineValues, cores: number): number {
  return contention === 0 && coherency === 0 ? cores : cores * contentionFactor(cores, contention, coherency);
}

/** What is wrong with a machine: not on the ladder, or more cores than help. */
export function machineProblems(values: MachineValues, ladder: readonly Machine[], typed: number): KindProblem[] {
  const found = machineOf(values, ladder);
  const problems: KindProblem[] = [];
  if (values.machine !== null && found === null)
    problems.push({
      severity: 'error',
      code: 'machine-not-found',
      path: 'machine',
      message: `There is no machine "${values.machine}" on the ladder of the project.`,
      remedy: 'Choose one of the ladder, or add it there.',
    });
  const { cores } = capacityOf(values, typed, found);
  const peak = peakCores(values.contention, values.coherency);
  if (cores > 1 && cores > Math.max(1, peak))
    problems.push({
      severity: 'warning',
      code: 'more-cores-than-help',
      path: 'coherency',
      message: `With this contention and coherency throughput is largest at ${formatNumber(peak)} cores; with ${formatNumber(cores, 6)} it is lower.`,
      remedy: 'Run more and smaller instances, unless this is what you want to see.',
    });
  return problems;
}

import type { MetricName } from '../engine/metrics';
import type { Plan } from '../engine/plan';
import { METRIC_ORDER, type Subject, subjectsOf } from './measure';
import type { ReplicationPart } from './replication';
import type { RunSamples, SampleRow } from './result';

/** Gathers what each replication measured by itself, in the order of their index, for comparisons in pairs. */
export interface Sampler {
  add(part: ReplicationPart): void;
  samples(): RunSamples;
}

/** A sampler of what a plan measures: end to end, operations, components and links; instances are left out. */
export function createSampler(plan: Plan): Sampler {
  const subjects = subjectsOf(plan);
  const chosen = subjects.flatMap((subject, index) => (subject.type === 'instance' ? [] : [{ index, row: labelOf(plan, subject) }]));
  const values = chosen.map((): number[][] => METRIC_ORDER.map(() => []));
  return {
    add(part) {
      for (const [place, { index }] of chosen.entries())
        for (let column = 0; column < METRIC_ORDER.length; column++) values[place]?.[column]?.push(part.rows[index]?.values[column] ?? NaN);
    },
    samples: () => ({
      rows: chosen.map(({ row }, place) => {
        const found: Partial<Record<MetricName, readonly (number | null)[]>> = {};
        for (const [column, name] of METRIC_ORDER.entries()) {
          const list = values[place]?.[column] ?? [];
          if (list.some((value) => !Number.isNaN(value))) found[name] = list.map((value) => (Number.isNaN(value) ? null : value));
        }
        return { ...row, values: found };
      }),
    }),
  };
}

function labelOf(plan: Plan, subject: Subject): Omit<SampleRow, 'values'> {
  const component = (index: number): { id: string; name: string } => plan.components[index] ?? { id: '', name: '' };
  switch (subject.type) {
    case 'operation': {
      const operation = plan.operations[subject.index];
      const client = component(operation?.component ?? 0);
      return { scope: 'operation', id: `${client.id}: ${operation?.name ?? ''}`, name: `${client.name}: ${operation?.name ?? ''}` };
    }
    case 'component': {
      const { id, name } = component(subject.index);
      return { scope: 'component', id, name };
    }
    case 'link': {
      const link = plan.links[subject.index];
      return { scope: 'link', id: link?.id ?? '', name: `${component(link?.from ?? 0).name} → ${component(link?.to ?? 0).name}` };
    }
    default:
      return { scope: 'end-to-end', id: '', name: 'End to end' };
  }
}

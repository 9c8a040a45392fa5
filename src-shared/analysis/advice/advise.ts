import type { Plan } from '../../engine/plan';
import type { Distribution } from '../../kinds/distribution';
import { distributionMeanMs } from '../../kinds/distribution-moments';
import { paramsOf } from '../../project/params-of';
import { designProblems } from '../../project/problems';
import type { Design, Project } from '../../project/project';
import { applyVariant } from '../../project/variant';
import type { RunResult } from '../../run/result';
import { readBottleneck } from '../bottleneck';
import type { Candidate, RuleContext, SystemReading } from './candidate';
import { capacityCandidates } from './capacity-rules';
import { costShares, overProvisioned } from './over-provisioned';
import { protectionCandidates } from './protection-rules';
import { redundancyCandidates } from './redundancy-rules';
import { savingCandidates } from './saving-rules';
import { singlePoints } from './single-points';

/** Candidates that are simulated at most. */
export const MOST_CANDIDATES = 12;
/** Candidates of each sort at most, so that one finding does not take all the places. */
const SHARE = { capacity: 5, protection: 5, redundancy: 3, saving: 3 } as const;

/** Reads a run: what limits it, what one crash stops, and what it has too much of. */
export function readSystem(project: Project, design: Design, plan: Plan, result: RunResult): SystemReading {
  const thinkMs = new Map<string, number>();
  for (const component of design.components) {
    const { thinkTime } = paramsOf(project, component) as { readonly thinkTime?: Distribution };
    const mean = thinkTime === undefined ? null : distributionMeanMs(thinkTime);
    if (mean !== null) thinkMs.set(component.id, mean);
  }
  const bottleneck = readBottleneck(plan, result, thinkMs);
  const points = singlePoints(plan);
  return { bottleneck, singlePoints: points, overProvisioned: overProvisioned(plan, result, bottleneck.resources, points), costShares: costShares(result) };
}

/** Changes that fit what was read, the most promising first, at most {@link MOST_CANDIDATES}; those that the design cannot take are left out. */
export function candidatesFor(context: RuleContext): readonly Candidate[] {
  const groups = [
    capacityCandidates(context).slice(0, SHARE.capacity),
    protectionCandidates(context).slice(0, SHARE.protection),
    redundancyCandidates(context).slice(0, SHARE.redundancy),
    savingCandidates(context).slice(0, SHARE.saving),
  ];
  const seen = new Set<string>();
  return groups
    .flat()
    .filter((candidate) => {
      const key = candidate.changes.join(';');
      if (seen.has(key)) return false;
      seen.add(key);
      return isPossible(context, candidate);
    })
    .slice(0, MOST_CANDIDATES);
}

function isPossible({ project, design }: RuleContext, { changes, title }: Candidate): boolean {
  const changed = applyVariant(project, { label: title, designId: design.id, changes });
  return changed.ok && !designProblems(changed.value, design.id).some(({ severity }) => severity === 'error');
}

import { formatShare } from '../../base/format';
import { type Candidate, kindIdOf, nameOfPart, type RuleContext, valuesOf } from './candidate';
import { HEADROOM } from './over-provisioned';

/** Candidates that cost less: fewer replicas of what is hardly used, or a smaller machine of the ladder. */
export function savingCandidates(context: RuleContext): Candidate[] {
  return [...fewerReplicas(context), ...smallerMachines(context)];
}

function fewerReplicas(context: RuleContext): Candidate[] {
  return context.reading.overProvisioned
    .filter(({ componentId }) => kindIdOf(context, componentId) === 'service')
    .map(({ componentId, name, instances, enough, peak }) => ({
      goal: 'cheaper',
      title: `Lower the replicas of ${name} from ${instances} to ${enough}`,
      why: `They are ${formatShare(peak)} busy when they are busiest.`,
      recordId: componentId,
      changes: [`${componentId}.replicas=${enough}`],
      crash: null,
    }));
}

function smallerMachines(context: RuleContext): Candidate[] {
  const { reading, project } = context;
  return reading.bottleneck.resources.flatMap((resource): Candidate[] => {
    const { recordId, type, peak, utilisation } = resource;
    const values = valuesOf(context, recordId);
    const now = project.machines.find(({ id }) => id === values.machine);
    if (type !== 'servers' || now === undefined) return [];
    const most = Math.max(peak?.utilisation ?? 0, utilisation);
    const needed = (now.vcpus * now.speed * most) / HEADROOM;
    const [wanted] = project.machines
      .filter((machine) => machine.pricePerHour < now.pricePerHour && machine.vcpus * machine.speed >= needed)
      .sort((one, other) => one.pricePerHour - other.pricePerHour);
    if (wanted === undefined) return [];
    return [
      {
        goal: 'cheaper',
        title: `Move ${nameOfPart(context, recordId)} from ${now.name} to ${wanted.name}`,
        why: `Its machines are ${formatShare(most)} busy when they are busiest.`,
        recordId,
        changes: [`${recordId}.machine=${wanted.id}`],
        crash: null,
      },
    ];
  });
}

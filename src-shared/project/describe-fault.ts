import { formatDuration, formatNumber, formatShare } from '../base/format';
import type { Fault, FaultEffectRecord } from './fault';
import type { Design, Project } from './project';

/** What each effect of a fault is called. */
export const EFFECT_TITLES: Readonly<Record<FaultEffectRecord['type'], string>> = {
  crash: 'Crash',
  pause: 'Pause',
  partition: 'Partition',
  slow: 'Slow down',
  errors: 'Errors',
  surge: 'Surge',
  resize: 'Resize',
  latency: 'Latency',
  loss: 'Loss',
  cut: 'Cut off',
};

/** The values of an effect in a few words: `by 5×`, `100 ms`, `50 %`. */
export function describeEffect(effect: FaultEffectRecord, project: Project): string {
  switch (effect.type) {
    case 'crash':
      return [effect.silent ? 'silent' : 'refuses', ...(effect.restartMs > 0 ? [`restart ${formatDuration(effect.restartMs)}`] : [])].join(', ');
    case 'pause':
      return '';
    case 'partition':
      return `${formatShare(effect.callers)} of the callers with it`;
    case 'slow':
    case 'surge':
      return `${formatNumber(effect.factor)}×`;
    case 'errors':
    case 'loss':
      return formatShare(effect.share);
    case 'latency':
      return `+${formatDuration(effect.addedMs)}`;
    case 'cut':
      return effect.direction === 'both' ? 'both ways' : effect.direction;
    case 'resize':
      return `to ${project.machines.find((machineOf) => machineOf.id === effect.machine)?.name ?? effect.machine}`;
  }
}

/** Name of a component or link that a fault can be on: that of a link names its ends. */
export function targetName(design: Design, targetId: string): string {
  const name = (id: string): string | undefined => design.components.find((component) => component.id === id)?.name;
  const link = design.links.find(({ id }) => id === targetId);
  return name(targetId) ?? (link === undefined ? targetId : `${name(link.from) ?? link.from} → ${name(link.to) ?? link.to}`);
}

/** What a fault does to whom, in one line. */
export function describeFault(fault: Fault, design: Design, project: Project): string {
  const what = describeEffect(fault.effect, project);
  const where = `${targetName(design, fault.target)}${fault.instance === undefined ? '' : ` #${fault.instance + 1}`}`;
  return `${EFFECT_TITLES[fault.effect.type]}${what === '' ? '' : ` (${what})`} of ${where}`;
}

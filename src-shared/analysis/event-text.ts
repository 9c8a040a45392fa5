import { formatNumber } from '../base/format';
import type { RunEvent } from '../run/result';
import { alertText } from './objective-text';

/** What events are about; the list can be narrowed to one of them. */
export const EVENT_GROUPS = {
  faults: 'Faults',
  instances: 'Instances',
  scaling: 'Scaling',
  breakers: 'Breakers',
  balancing: 'Balancing',
  copies: 'Copies of data',
  alerts: 'Alerts',
  telemetry: 'Telemetry',
} as const;
export type EventGroup = keyof typeof EVENT_GROUPS;

/** How a type of event reads. `tone` says whether something got worse or better; the words say it too. */
export interface EventLook {
  readonly title: string;
  readonly group: EventGroup;
  readonly tone: 'worse' | 'better' | 'neutral';
}

const EVENT_LOOKS: Readonly<Record<RunEvent['type'], EventLook>> = {
  'fault-begins': { title: 'Fault begins', group: 'faults', tone: 'worse' },
  'fault-ends': { title: 'Fault ends', group: 'faults', tone: 'better' },
  'instance-state': { title: 'Instance', group: 'instances', tone: 'neutral' },
  'scaling-decision': { title: 'Scaling decision', group: 'scaling', tone: 'neutral' },
  resize: { title: 'Resized', group: 'scaling', tone: 'neutral' },
  failover: { title: 'Failover', group: 'balancing', tone: 'worse' },
  'breaker-opened': { title: 'Breaker opened', group: 'breakers', tone: 'worse' },
  'breaker-half-open': { title: 'Breaker half open', group: 'breakers', tone: 'neutral' },
  'breaker-closed': { title: 'Breaker closed', group: 'breakers', tone: 'better' },
  'target-out': { title: 'Target taken out', group: 'balancing', tone: 'worse' },
  'target-back': { title: 'Target back', group: 'balancing', tone: 'better' },
  'telemetry-dropped': { title: 'Telemetry missing', group: 'telemetry', tone: 'worse' },
  suspicion: { title: 'Primary suspected', group: 'copies', tone: 'worse' },
  election: { title: 'Election', group: 'copies', tone: 'neutral' },
  promotion: { title: 'Promotion', group: 'copies', tone: 'better' },
  rejoin: { title: 'Copy rejoined', group: 'copies', tone: 'better' },
  alert: { title: 'Alert', group: 'alerts', tone: 'worse' },
  'alert-over': { title: 'Alert over', group: 'alerts', tone: 'better' },
};

/** How an event reads; the state of an instance says more than its type. */
export function eventLook({ type, value }: RunEvent): EventLook {
  const look = EVENT_LOOKS[type];
  if (type !== 'instance-state' || typeof value !== 'string') return look;
  const tone = value === 'up' ? 'better' : value === 'down' || value === 'paused' ? 'worse' : 'neutral';
  return { ...look, title: `Instance ${value}`, tone };
}

/** What the names of a run's parts, links and faults are. */
export interface EventNames {
  readonly component: (id: string) => string;
  readonly link: (id: string) => string;
  readonly fault: (id: string) => string;
}

/** Where an event happened, in words; empty where it was nowhere in particular. */
export function eventPlace({ componentId, instance, linkId }: RunEvent, names: EventNames): string {
  if (linkId !== null) return names.link(linkId);
  if (componentId === null) return '';
  return `${names.component(componentId)}${instance === null ? '' : ` #${instance + 1}`}`;
}

/** What an event says beside its type and place. */
export function eventDetail({ type, value, faultId, objective, lostWrites = 0 }: RunEvent, names: EventNames): string {
  switch (type) {
    case 'fault-begins':
    case 'fault-ends':
      return faultId === null ? '' : names.fault(faultId);
    case 'scaling-decision':
      return typeof value === 'number' ? `${formatNumber(value, 6)} ${value === 1 ? 'instance' : 'instances'} wanted` : '';
    case 'resize':
      return typeof value === 'number' ? `${formatNumber(value, 6)} ${value === 1 ? 'server' : 'servers'} from now on` : '';
    case 'telemetry-dropped':
      return typeof value === 'number' ? `${formatNumber(value, 6)} ${value === 1 ? 'span' : 'spans'} dropped or lost` : '';
    case 'election':
      return `stands in term ${value}`;
    case 'promotion':
      return `primary of term ${value}; ${formatNumber(lostWrites, 6)} ${lostWrites === 1 ? 'acknowledged write' : 'acknowledged writes'} lost`;
    case 'rejoin':
      if (value === -1) return 'got a full copy: it was too far behind for the log';
      return typeof value === 'number' && value > 0
        ? `gave up ${formatNumber(value, 6)} ${value === 1 ? 'write' : 'writes'} that the primary does not have`
        : '';
    case 'target-out':
    case 'target-back':
      return typeof value === 'string' ? value : '';
    case 'alert':
    case 'alert-over':
      return objective === undefined ? '' : `${objective.name}: ${alertText(objective, type === 'alert-over')}`;
    default:
      return '';
  }
}

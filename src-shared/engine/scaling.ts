import type { Core } from './core';
import { type Instances, serves } from './instances';
import type { Interrupts } from './interrupts';
import * as L from './layout';
import type { PlanComponent, Scaling } from './plan';

/** Instances that come and go: decides how many a component wants, starts those that are missing, drains those that are too many. */
export interface Scalers {
  /** Everything as at time 0, with the first decisions pending. The instances have their states. */
  reset(): void;
}

/** Room for rounding when a quotient that should be whole is rounded up. */
const SLACK = 1e-9;

/** Builds the autoscalers of a plan; components that do not scale cost nothing. */
export function createScaling(core: Core, instances: Instances, interrupts: Interrupts): Scalers {
  const { plan } = core;
  const scalers = plan.components.flatMap((component, index) =>
    component.scaling === undefined ? [] : [createScaler(core, instances, interrupts, component, component.scaling, index)],
  );
  return {
    reset() {
      for (const scaler of scalers) scaler.reset();
    },
  };
}

function createScaler(core: Core, instances: Instances, interrupts: Interrupts, component: PlanComponent, scaling: Scaling, index: number): Scalers {
  const { nodes, stats, records, controls, journal } = core;
  const { draw } = core.variates;
  const { clock } = core.list;
  const { firstNode, nodeCount } = component;
  const { rule } = scaling;
  const members = Array.from({ length: nodeCount }, (_, instance) => firstNode + instance);
  const startUp = core.variates.add(`${component.id}/start-up`, scaling.startUp);
  /** Ends a start, or the time that an instance has for draining: an instance does one of the two at a time. */
  const due = members.map((node) => controls.add(() => (instances.wanted(node) === L.INSTANCE_STARTING ? instances.set(node, L.INSTANCE_UP) : stop(node))));
  /** Runs when a draining instance falls empty. */
  const emptied = members.map((node) => controls.add(() => retire(node)));
  /** Instances wanted, and when that last rose or changed at all. */
  let wanted = scaling.initial;
  let raisedAt = -Infinity;
  let changedAt = -Infinity;

  const state = (node: number): number => instances.state(node);
  /** Those that count as asked for: also those that are down or paused, which nothing replaces. */
  const isAsked = (node: number): boolean => instances.wanted(node) === L.INSTANCE_UP || instances.wanted(node) === L.INSTANCE_STARTING;
  const asked = (): number => members.reduce((sum, node) => sum + (isAsked(node) ? 1 : 0), 0);

  const start = (node: number): void => {
    const takes = draw(startUp);
    instances.set(node, takes === 0 ? L.INSTANCE_UP : L.INSTANCE_STARTING);
    if (takes > 0) controls.at(due[node - firstNode] as number, clock[0] + takes);
  };

  const drain = (node: number): void => {
    instances.set(node, L.INSTANCE_DRAINING);
    nodes[node * L.NODE + L.N_EMPTIED] = 1 + (emptied[node - firstNode] as number);
    controls.at(due[node - firstNode] as number, clock[0] + scaling.drain);
    retire(node);
  };
  /** Switches a draining instance off if it has nothing and nothing is on its way to it. */
  const retire = (node: number): void => {
    if (instances.wanted(node) !== L.INSTANCE_DRAINING || nodes[node * L.NODE + L.N_PRESENT] > 0 || approached(node)) return;
    switchOff(node);
    catchUp(node);
  };
  const approached = (node: number): boolean => {
    for (let frame = 0; frame < core.pool.used; frame += L.RECORD)
      if (records[frame + L.C_STATE] === L.STATE_AWAY && records[frame + L.C_NODE] === node) {
        const word = records[frame + L.R_WORD];
        if (word >= 0 && (word & L.OP_MASK) === L.OP_DELIVER) return true;
      }
    return false;
  };
  /** The time for draining is over: what is still there fails. */
  const stop = (node: number): void => {
    switchOff(node);
    interrupts.failAll(node, L.REASON_DOWN, false);
    catchUp(node);
  };
  const switchOff = (node: number): void => {
    controls.cancel(due[node - firstNode] as number);
    nodes[node * L.NODE + L.N_EMPTIED] = 0;
    instances.set(node, L.INSTANCE_OFF);
  };
  /** Starts an instance that was wanted again while it drained, when no other was off. */
  const catchUp = (node: number): void => {
    if (asked() < wanted && instances.wanted(node) === L.INSTANCE_OFF) start(node);
  };

  /** Which of the instances that are asked for goes first: one that is not up yet, one that has crashed, then any that is up; -1: it is none of them. */
  const dispensability = (node: number): number => {
    if (!isAsked(node)) return -1;
    if (instances.wanted(node) === L.INSTANCE_STARTING) return 0;
    return state(node) === L.INSTANCE_DOWN || state(node) === L.INSTANCE_STARTING ? 1 : 2;
  };

  /** Starts or stops as many instances as the present wish asks for. */
  const pursue = (): void => {
    let missing = wanted - asked();
    for (let i = 0; i < nodeCount && missing > 0; i++)
      if (instances.wanted(members[i] as number) === L.INSTANCE_OFF) {
        start(members[i] as number);
        missing--;
      }
    for (let rank = 0; rank <= 2; rank++)
      for (let i = nodeCount - 1; i >= 0 && missing < 0; i--) {
        const node = members[i] as number;
        if (dispensability(node) !== rank) continue;
        if (rank < 2) switchOff(node);
        else drain(node);
        missing++;
      }
  };

  const want = (number: number): void => {
    const to = Math.min(scaling.maximum, Math.max(scaling.minimum, number));
    if (to === wanted) return;
    const now = clock[0];
    if (to > wanted) raisedAt = now;
    changedAt = now;
    wanted = to;
    journal.note('scaling-decision', { component: index, value: to });
    pursue();
  };

  // By a measurement: taken every interval, used `metricDelay` later.
  const room = rule.type === 'schedule' ? 0 : Math.ceil(scaling.metricDelay / scaling.interval) + 1;
  const measured = new Float64Array(room);
  let taken = 0;
  let used = 0;
  const before = new Float64Array(nodeCount * 3);
  const load = rule.type === 'utilisation' ? L.S_BUSY_AREA : rule.type === 'in-flight' ? L.S_PRESENT_AREA : L.S_QUEUE_AREA;
  const loadNow = rule.type === 'utilisation' ? L.N_BUSY : rule.type === 'in-flight' ? L.N_PRESENT : L.N_QUEUED;

  /** Load over the last interval of the instances that are up: the sum of the busy shares of each, or of the requests at each. NaN: none is up. */
  const measure = (): number => {
    const now = clock[0];
    let loaded = 0;
    let offered = 0;
    let up = 0;
    for (let i = 0; i < nodeCount; i++) {
      const node = members[i] as number;
      const s = node * L.STATS;
      const areas = [
        stats[s + load] + nodes[node * L.NODE + loadNow] * now,
        stats[s + L.S_CAPACITY_AREA] + nodes[node * L.NODE + L.N_SERVERS] * now,
        stats[s + L.S_UP_AREA] + (serves(state(node)) ? now : 0),
      ];
      if (state(node) === L.INSTANCE_UP) {
        loaded += areas[0] - before[3 * i];
        offered += areas[1] - before[3 * i + 1];
        up += areas[2] - before[3 * i + 2];
      }
      before.set(areas, 3 * i);
    }
    if (up === 0) return Number.NaN;
    return (rule.type === 'utilisation' ? (loaded / Math.max(1, offered)) * up : loaded) / scaling.interval;
  };

  const decide = (value: number): void => {
    if (rule.type === 'schedule' || Number.isNaN(value)) return;
    const now = clock[0];
    // Current * measured / target; instances that are asked for and were not up count as idle: what was decided already is not decided again.
    const exact = value / rule.target;
    if (Math.abs(exact / wanted - 1) <= rule.tolerance + SLACK) return;
    const desired = Math.ceil(exact - SLACK);
    if (desired > wanted) {
      if (now - raisedAt >= scaling.coolDownUp) want(Math.min(desired, wanted + scaling.stepUp));
    } else if (desired < wanted && now - changedAt >= scaling.coolDownDown) want(Math.max(desired, wanted - scaling.stepDown));
  };

  const decision = controls.add(() => {
    decide(measured[used++ % room] as number);
    if (used < taken) controls.at(decision, measuredAt(used) + scaling.metricDelay);
  });
  const measuredAt = (number: number): number => (number + 1) * scaling.interval;
  const measurement = controls.add(() => {
    measured[taken % room] = measure();
    taken++;
    if (scaling.metricDelay === 0) decide(measured[used++ % room] as number);
    else if (!controls.pending(decision)) controls.at(decision, clock[0] + scaling.metricDelay);
    controls.at(measurement, measuredAt(taken));
  });

  // By a schedule.
  const steps = rule.type === 'schedule' ? [...rule.steps].sort((a, b) => a.at - b.at) : [];
  let step = 0;
  const appointment = controls.add(() => {
    want((steps[step] as (typeof steps)[number]).instances);
    step++;
    if (step < steps.length) controls.at(appointment, (steps[step] as (typeof steps)[number]).at);
  });

  return {
    reset() {
      wanted = scaling.initial;
      raisedAt = -Infinity;
      changedAt = -Infinity;
      before.fill(0);
      taken = 0;
      used = 0;
      step = 0;
      if (rule.type !== 'schedule') controls.at(measurement, measuredAt(0));
      else if (steps.length > 0) controls.at(appointment, (steps[0] as (typeof steps)[number]).at);
    },
  };
}

import type { Core } from './core';
import { createElections, type Elections } from './elections';
import type { Instances } from './instances';
import type { Items } from './items';
import * as L from './layout';
import { createLogShipping, HELD, type LogShipping } from './log-shipping';
import { createMailbox } from './mailbox';
import type { Plan } from './plan';
import { createReplicaLog, type ReplicaLog } from './replica-log';
import type { Staleness } from './staleness';
import type { Stations } from './stations';

/** What ends the service of a request; `vacates`: 1 where its server must still be freed. */
export type EndOfService = (frame: number, node: number, vacates: number) => void;

/** Components whose instances are copies of the same data. An engine without any has none of this. Rules: SPEC.md, "Copies". */
export interface Replication {
  /** The copy that a request for a component takes: the primary for writes, one that may answer it for reads. For other components, what `its` says. */
  spread(its: (component: number, frame: number) => number): (component: number, frame: number) => number;
  /** Whether the copy that a node is must refuse a request, since it is not the primary. */
  refuses(frame: number, node: number): boolean;
  /** What ends the service of a request to use: one that makes writes wait for copies. */
  served(its: EndOfService): EndOfService;
  /** Says how a request at a node is answered; called once while the engine is built. */
  connect(finish: (frame: number, node: number, reason: number) => void): void;
  /** The copy that a node is is parted from the others from now on, with this share of the callers on its side; or not any more. */
  part(node: number, isParted: boolean, callers: number): void;
  /** The copy of a component that leads, as callers know it; -1: there is none, null: the component has no copies. */
  leader(component: number): number | null;
  start(): void;
}

/** Controls that the copies of a plan need. */
export function replicationControls(plan: Plan): number {
  return plan.components.reduce((sum, { replication, nodeCount }) => sum + (replication === undefined ? 0 : 2 * nodeCount + 1), 0);
}

/** Random streams that they need, with those of items. */
export function replicationStreams(plan: Plan): number {
  return plan.components.reduce((sum, { replication, nodeCount }) => sum + (replication === undefined ? 0 : 3 * nodeCount + 2), 0) + plan.nodes.length;
}

interface Group {
  readonly component: number;
  readonly elections: Elections;
  readonly shipping: LogShipping;
  readonly log: ReplicaLog;
  /** Copies that are parted from all others, and the share of the callers on the side of each copy. */
  readonly parted: number[];
  readonly callers: Float64Array;
  start(): void;
}

/** What replication acts upon. */
export interface ReplicationTargets {
  readonly stations: Stations;
  readonly instances: Instances;
  readonly items: Items;
  readonly staleness: Staleness;
  /** Whether the request log wants the service times of requests. */
  readonly logging: boolean;
}

/** Builds the copies of a plan. */
export function createReplication(core: Core, { stations, instances, items, staleness, logging }: ReplicationTargets): Replication {
  const { plan, records, times, nodes, controls } = core;
  const { clock } = core.list;
  const { add, draw } = core.variates;
  const groups: (Group | null)[] = plan.components.map((_, component) => groupOf(component));
  const groupAt: (Group | null)[] = plan.nodes.map(({ component }) => groups[component]);
  const choice = plan.components.map(({ id, replication }) => (replication === undefined ? -1 : add(`${id}/copy`, { type: 'unit' })));
  const side = plan.components.map(({ id, replication }) => (replication === undefined ? -1 : add(`${id}/side`, { type: 'unit' })));
  const readFrom = plan.components.map(({ replication }) => replication?.readFrom ?? 'primary');
  const failureShare = plan.components.map(({ replication }) => replication?.failureShare ?? 0);
  const failureStream = plan.nodes.map(({ component, role }, node) =>
    role === 'station' && failureShare[component] > 0
      ? add(`${plan.components[component].id}#${node - plan.components[component].firstNode}/failure`, { type: 'unit' })
      : -1,
  );
  const writes = plan.operations.map(({ write }) => write);
  let finish: (frame: number, node: number, reason: number) => void = () => {};

  /** Frees the server of a request that is over at a copy and answers it. */
  const answer = (frame: number, node: number, reason: number, vacates: boolean): void => {
    if (vacates || (nodes[node * L.NODE + L.N_FLAGS] & L.FLAG_HOLDS) !== 0) stations.vacate(node, frame);
    finish(frame, node, reason);
  };

  function groupOf(component: number): Group | null {
    const { id, nodeCount, replication: spec } = plan.components[component];
    if (spec === undefined) return null;
    const log = createReplicaLog(nodeCount, items.count);
    const mail = createMailbox();
    const parted: number[] = [];
    const callers = new Float64Array(nodeCount);
    const delays = Array.from({ length: nodeCount }, (_, copy) => add(`${id}#${copy}/copy-delay`, spec.delay));
    /** When the latest message of the log from one copy to another arrives: they do not overtake each other. */
    const lastOnWay = new Float64Array(nodeCount * nodeCount);
    const delivery = controls.add(() => {
      const message = mail.take();
      if (elections.receive(message)) shipping.receive(message);
      controls.at(delivery, mail.nextAt());
    });
    const post = (kind: number, from: number, to: number, term: number, value: number, more: number, ordered: boolean): void => {
      if (elections.isParted(from) || elections.isParted(to)) return;
      const way = from * nodeCount + to;
      let at = clock[0] + draw(delays[from]);
      if (ordered) {
        at = Math.max(at, lastOnWay[way]);
        lastOnWay[way] = at;
      }
      mail.post(at, kind, from, to, term, value, more, elections.epoch(from));
      controls.at(delivery, mail.nextAt());
    };
    const elections: Elections = createElections(core, component, spec, log, {
      post: (kind, from, to, term, value, more) => post(kind, from, to, term, value, more, false),
      followed: (copy, primary, epoch) => shipping.followed(copy, primary, epoch),
      confirmed: (copy, from, length) => shipping.confirmed(copy, from, length),
      elected: (copy) => shipping.elected(copy),
      deposed: (copy) => shipping.deposed(copy),
      ticked: (copy) => shipping.ticked(copy),
    });
    const shipping: LogShipping = createLogShipping(core, component, spec, log, {
      elections,
      stations,
      post,
      answer: (frame, node, reason) => answer(frame, node, reason, true),
    });
    return {
      component,
      elections,
      shipping,
      log,
      parted,
      callers,
      start() {
        parted.length = 0;
        callers.fill(0);
        log.reset();
        mail.reset();
        lastOnWay.fill(0);
        shipping.start();
        elections.start();
      },
    };
  }

  instances.listen((node, from, to) => {
    const group = groupAt[node];
    if (group === null) return;
    const copy = node - plan.components[group.component].firstNode;
    group.shipping.changed(copy, from, to);
    group.elections.changed(copy, from, to);
  });

  core.checks.push((conserve) => {
    const applying = new Float64Array(plan.components.length);
    for (let frame = 0; frame < core.pool.used; frame += L.RECORD)
      if (records[frame + L.C_STATE] === L.STATE_APPLYING) applying[nodes[records[frame + L.C_NODE] * L.NODE + L.N_COMPONENT]]++;
    for (const group of groups)
      if (group !== null)
        conserve(() => `writes being applied at ${plan.components[group.component].id}`, applying[group.component], 0, 0, group.shipping.applying());
  });

  const isUp = (node: number): boolean => nodes[node * L.NODE + L.N_STATE] === L.INSTANCE_UP;
  /** Whether nobody can know yet that an instance is gone: it is up, stands still, or is down and silent. */
  const seemsThere = (node: number): boolean =>
    isUp(node) || nodes[node * L.NODE + L.N_STATE] === L.INSTANCE_PAUSED || nodes[node * L.NODE + L.N_ROLE] === L.ROLE_SILENT;

  /** A copy that seems to be there, of those that are not parted from the others and not `except`, each with the same chance; -1: there is none. */
  const anyCopy = ({ component, elections }: Group, except: number): number => {
    const { firstNode, nodeCount } = plan.components[component];
    const fits = (node: number): boolean => node !== except && seemsThere(node) && !elections.isParted(node - firstNode);
    let found = 0;
    for (let node = firstNode; node < firstNode + nodeCount; node++) if (fits(node)) found++;
    if (found === 0) return -1;
    let which = Math.floor(draw(choice[component]) * found);
    for (let node = firstNode; ; node++) if (fits(node) && which-- === 0) return node;
  };

  /** The node of the primary as callers know it; where there is none, some copy, which will say so. */
  const primaryNode = (group: Group): number => {
    const { component, elections } = group;
    const { firstNode } = plan.components[component];
    const leader = elections.leaderTogether();
    if (leader >= 0) return firstNode + leader;
    const last = firstNode + elections.lastLeader();
    if (nodes[last * L.NODE + L.N_ROLE] === L.ROLE_SILENT && !elections.isParted(elections.lastLeader())) return last;
    const other = anyCopy(group, -1);
    return other >= 0 ? other : last;
  };

  /** The parted copy on whose side a request comes; -1: it comes from where the others are. */
  const sideOf = ({ component, parted, callers }: Group): number => {
    if (parted.length === 0) return -1;
    let elsewhere = parted.length === plan.components[component].nodeCount ? 0 : 1;
    for (const copy of parted) elsewhere *= 1 - callers[copy];
    const place = (draw(side[component]) - elsewhere) / (1 - elsewhere);
    return place < 0 || elsewhere === 1 ? -1 : parted[Math.min(parted.length - 1, Math.floor(place * parted.length))];
  };

  const copyFor = (group: Group, frame: number): number => {
    const { component } = group;
    const alone = sideOf(group);
    if (alone >= 0) return plan.components[component].firstNode + alone;
    const from = writes[records[frame + L.C_OPERATION]] ? 'primary' : readFrom[component];
    if (from === 'primary') return primaryNode(group);
    const leader = group.elections.leaderTogether();
    const node = anyCopy(group, from === 'followers' && leader >= 0 ? plan.components[component].firstNode + leader : -1);
    return node >= 0 ? node : primaryNode(group);
  };

  return {
    spread: (its) => (component, frame) => {
      const group = groups[component];
      return group === null ? its(component, frame) : copyFor(group, frame);
    },
    refuses(frame, node) {
      const group = groupAt[node];
      if (group === null) return false;
      const { component } = group;
      if (!writes[records[frame + L.C_OPERATION]] && readFrom[component] !== 'primary') return false;
      return !group.elections.leads(node - plan.components[component].firstNode);
    },
    served: (its) => (frame, node, vacates) => {
      const group = groupAt[node];
      if (group === null) {
        its(frame, node, vacates);
        return;
      }
      const { component, shipping, log, elections } = group;
      const copy = node - plan.components[component].firstNode;
      if (records[frame + L.C_STATE] === L.STATE_APPLYING) {
        shipping.applied(frame, copy, vacates === 1);
        return;
      }
      const t = frame >> 1;
      if (logging) times[t + L.T_ROOT_SERVICE] += times[t + L.T_DEMAND];
      let reason = L.REASON_OK;
      if (failureShare[component] > 0 && draw(failureStream[node]) < failureShare[component]) reason = L.REASON_ERROR;
      else if (writes[records[frame + L.C_OPERATION]]) {
        const outcome = shipping.write(frame, copy, core.items[frame / L.RECORD]);
        if (outcome === HELD) {
          records[frame + L.C_STATE] = L.STATE_CALLING;
          records[frame + L.R_WORD] = L.WORD_COMMITTING;
          return;
        }
        reason = outcome;
      } else if (readFrom[component] === 'primary' && !elections.leads(copy)) reason = L.REASON_NO_PRIMARY;
      else if (log.isStale(copy, core.items[frame / L.RECORD], times[t + L.T_SENT]))
        staleness.read(frame, component, clock[0] - log.found.since, log.found.behind);
      else staleness.read(frame, component, -1, 0);
      answer(frame, node, reason, vacates === 1);
    },
    connect(its) {
      finish = its;
    },
    part(node, isParted, callers) {
      const group = groupAt[node];
      if (group === null) return;
      const copy = node - plan.components[group.component].firstNode;
      group.callers[copy] = callers;
      if (group.elections.isParted(copy) === isParted) return;
      if (isParted) group.parted.push(copy);
      else group.parted.splice(group.parted.indexOf(copy), 1);
      group.elections.part(copy, isParted);
      if (isParted) group.shipping.parted(copy);
    },
    leader: (component) => groups[component]?.elections.leader() ?? null,
    start() {
      for (const group of groups) group?.start();
    },
  };
}

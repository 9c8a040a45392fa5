import type { Problem } from '../base/problem';
import { err, invariant, ok, type Result } from '../base/result';
import type { Plan, PlanComponent, PlanLink, PlanNode, PlanOperation, RouterNode, Telemetry } from '../engine/plan';
import type { linkParams } from '../kinds/link/link';
import { policyOf } from '../kinds/link/link-policy';
import { type LoweringContext, NS_PER_MS, samplerOf } from '../kinds/lowering';
import type { ParamValues } from '../kinds/params';
import { kindOf } from '../kinds/registry';
import { linkParamsOf, paramsOf } from '../project/params-of';
import { designProblems } from '../project/problems';
import type { Component, Design, Link, Project } from '../project/project';
import { planFaults } from './compile-faults';

/** Calls in flight at once before a run is ended as overloaded: about 100 MB of frames. */
const MAX_IN_FLIGHT = 500_000;

type LinkValues = ParamValues<typeof linkParams>;

/** Turns one design of a project into a plan; the errors of the design where it has any. */
export function compile(project: Project, designId: string): Result<Plan, readonly Problem[]> {
  const errors = designProblems(project, designId).filter((problem) => problem.severity === 'error');
  if (errors.length > 0) return err(errors);
  const design = project.designs.find((candidate) => candidate.id === designId);
  invariant(design !== undefined, 'the checks have found the design');
  return ok(planOf(project, design));
}

function planOf(project: Project, design: Design): Plan {
  const indexOf = new Map(design.components.map((component, index) => [component.id, index]));
  const at = (id: string): number => {
    const index = indexOf.get(id);
    invariant(index !== undefined, `the checks have found component ${id}`);
    return index;
  };
  const linkValues = design.links.map((link) => linkParamsOf(link) as LinkValues);
  const operations: PlanOperation[] = [];
  const nodes: PlanNode[] = [];
  const components: PlanComponent[] = [];
  /** What is reported to each collector. */
  const collectors = new Map<string, Telemetry>();
  /** Routers know their targets once every component has its instances. */
  const routers: { node: number; links: readonly number[] }[] = [];

  const lower = (component: Component, index: number): void => {
    const kind = kindOf(component.kind);
    invariant(kind !== undefined, `the checks know kind ${component.kind}`);
    const firstNode = nodes.length;
    let spread: PlanComponent['spread'] = 'round-robin';
    const collects = (id: string): boolean => kindOf(design.components[at(id)]?.kind ?? '')?.telemetry === 'collects';
    let about: Parameters<LoweringContext['describe']>[0] = {};
    const outgoing = design.links.flatMap((link, number) =>
      link.from === component.id && !collects(link.to) ? [{ link: number, values: linkValues[number] as LinkValues }] : [],
    );
    const context: LoweringContext = {
      component: index,
      outgoing,
      operations,
      addOperation: (operation) => operations.push({ ...operation, component: index }) - 1,
      addSource: (source) => nodes.push({ ...source, role: 'source', component: index }),
      addStation: (station) => nodes.push({ ...station, role: 'station', component: index }),
      addRouter(router) {
        routers.push({ node: nodes.length, links: outgoing.map(({ link }) => link) });
        nodes.push({ ...router, role: 'router', component: index, targets: [] });
      },
      setSpread(value) {
        spread = value;
      },
      describe(more) {
        about = { ...about, ...more };
      },
      collect: (telemetry) => collectors.set(component.id, telemetry),
      machine: (id) => project.machines.find((machine) => machine.id === id) ?? null,
    };
    kind.lower(paramsOf(project, component) as never, context);
    components[index] = { id: component.id, name: component.name, kind: component.kind, firstNode, nodeCount: nodes.length - firstNode, spread, ...about };
  };

  // Clients first: stations treat operations by name, so that all operations must be known.
  const inOrder = design.components.map((component, index) => ({ component, index, early: kindOf(component.kind)?.stored === 'workload' }));
  for (const { component, index, early } of inOrder) if (early) lower(component, index);
  for (const { component, index, early } of inOrder) if (!early) lower(component, index);

  const links = design.links.map((link, number) => planLink(link, linkValues[number] as LinkValues, at(link.from), at(link.to), collectors.get(link.to)));
  for (const { node, links: over } of routers) {
    const targets = over.flatMap((link) => {
      const target = components[(links[link] as PlanLink).to] as PlanComponent;
      return Array.from({ length: target.nodeCount }, (_, instance) => ({
        link,
        node: target.firstNode + instance,
        weight: (linkValues[link] as LinkValues).weight,
      }));
    });
    nodes[node] = { ...(nodes[node] as RouterNode), targets };
  }
  return {
    components,
    nodes,
    links,
    operations,
    faults: planFaults(project, design, { components, links }),
    duration: Math.floor(project.settings.durationMs * NS_PER_MS + 0.5),
    seriesPoints: project.settings.seriesPoints,
    requestLog: project.settings.requestLog,
    maxInFlight: MAX_IN_FLIGHT,
  };
}

function planLink(link: Link, values: LinkValues, from: number, to: number, telemetry: Telemetry | undefined): PlanLink {
  const ns = (ms: number): number => Math.floor(ms * NS_PER_MS + 0.5);
  return {
    id: link.id,
    from,
    to,
    mode: telemetry === undefined ? values.mode : 'telemetry',
    latency: samplerOf(values.latency),
    replyLatency: values.replyLatency === null ? null : samplerOf(values.replyLatency),
    jitter: ns(values.jitterMs),
    // 1 Mbit/s is 1/8000 of a byte per ns.
    nsPerByte: values.bandwidthMbps === null ? 0 : 8000 / values.bandwidthMbps,
    bufferBytes: values.bufferBytes ?? Infinity,
    loss: values.loss,
    lossDetection: ns(values.lossDetectionMs),
    // Who reports waits for nothing but the acknowledgement, which has no size.
    ...(telemetry === undefined
      ? {
          timeout: values.timeoutMs === null ? Infinity : Math.max(1, ns(values.timeoutMs)),
          requestBytes: values.requestBytes,
          responseBytes: values.responseBytes,
          ...guarding(values),
        }
      : { timeout: Infinity, requestBytes: null, responseBytes: 0, telemetry }),
  };
}

/** What the callers on a link do about calls that fail or are slow: fields that are absent where nothing is done. */
function guarding(values: LinkValues): Pick<PlanLink, 'policy' | 'propagatesDeadline' | 'cancels'> {
  if (values.mode !== 'call') return {};
  const policy = policyOf(values);
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(values.propagateDeadline ? { propagatesDeadline: true } : {}),
    ...(values.cancelAbandoned ? { cancels: true } : {}),
  };
}

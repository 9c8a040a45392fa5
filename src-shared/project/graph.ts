/** A directed graph over strings: for each node the nodes that its edges lead to. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Every node that can be reached from some of the given ones, these included. */
export function reachable(graph: Graph, from: Iterable<string>): Set<string> {
  const seen = new Set(from);
  const open = [...seen];
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const next of graph.get(node) ?? [])
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
  return seen;
}

/** One cycle for each strongly connected part of the graph that has any: a shortest one through the part's first node on a cycle. */
export function findCycles(graph: Graph): string[][] {
  const partOf = new Map<string, Set<string>>();
  for (const part of stronglyConnected(graph)) {
    const members = new Set(part);
    for (const node of part) partOf.set(node, members);
  }
  const cycles: string[][] = [];
  const done = new Set<ReadonlySet<string>>();
  // In the order of the graph, so that the same model names the same cycles whatever the search did.
  for (const node of graph.keys()) {
    const members = partOf.get(node);
    if (members === undefined || done.has(members)) continue;
    // Every node of a part with a cycle is on one, so that one look at each part is enough.
    done.add(members);
    const cycle = shortestCycle(graph, node, members);
    if (cycle !== null) cycles.push(cycle);
  }
  return cycles;
}

function shortestCycle(graph: Graph, start: string, members: ReadonlySet<string>): string[] | null {
  const cameFrom = new Map<string, string>();
  const open = [start];
  for (let index = 0; index < open.length; index++) {
    const node = open[index] as string;
    for (const next of graph.get(node) ?? []) {
      if (next === start) {
        const cycle = [node];
        for (let before = cameFrom.get(node); before !== undefined; before = cameFrom.get(before)) cycle.unshift(before);
        return cycle;
      }
      if (!members.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      open.push(next);
    }
  }
  return null;
}

/** Strongly connected parts by Tarjan's algorithm (1972), with a stack of its own: a chain of 5000 parts must not exhaust the program's. */
function stronglyConnected(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const parts: string[][] = [];
  const enter = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    stack.push(node);
    onStack.add(node);
  };
  for (const root of graph.keys()) {
    if (index.has(root)) continue;
    enter(root);
    const work = [{ node: root, edge: 0 }];
    for (let frame = work[work.length - 1]; frame !== undefined; frame = work[work.length - 1]) {
      const { node } = frame;
      const next = graph.get(node)?.[frame.edge];
      if (next !== undefined) {
        frame.edge++;
        if (!index.has(next)) {
          enter(next);
          work.push({ node: next, edge: 0 });
        } else if (onStack.has(next)) low.set(node, Math.min(low.get(node) ?? 0, index.get(next) ?? 0));
        continue;
      }
      work.pop();
      const parent = work[work.length - 1]?.node;
      if (parent !== undefined) low.set(parent, Math.min(low.get(parent) ?? 0, low.get(node) ?? 0));
      if (low.get(node) !== index.get(node)) continue;
      const part: string[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack.delete(member);
        part.push(member);
        if (member === node) break;
      }
      parts.push(part);
    }
  }
  return parts;
}

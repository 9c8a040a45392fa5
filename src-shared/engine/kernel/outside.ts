/**
 * What the kernel asks the rest of the engine for. Functions of a part that a plan does not have are never asked for; whoever builds
 * the part puts them in.
 */
export interface Outside {
  /** Lays the event list out anew, with this bucket width in ns; 0: a width that suits what is pending. */
  rebuild(width: number): void;
  /** Draws the next values of a random stream. */
  refill(stream: number): void;
  /** e to the x. */
  exponential(x: number): number;
  /** The next departure of an elastic station is due: returns the request that departs. */
  depart(node: number): number;
  /** A caller gives up. */
  timeOut(frame: number): void;
  /** A guarded call retries or hedges, or a request that calls by stages goes on. */
  guardDue(id: number): void;
  /** A request that a gate has held may go on. */
  goOn(frame: number, node: number): void;
  /** A request may have waited too long. */
  impatient(frame: number): void;
  control(control: number): void;
  openWindow(): void;
  sample(): void;
  /** Puts the instant of the next arrival of a source into the record of its event. */
  nextArrival(node: number): void;
  /** Session of a request that a source sends. */
  session(node: number, user: number): number;
  /** Puts into the record of a request what it carries for the parts that look at it. */
  carry(frame: number, node: number, operation: number): void;
  /** Puts the service demand of a request into its record. */
  demand(node: number, frame: number): void;
  /** A request comes to a station that interrupts or shares: what became of it, as in stations.ts. */
  admitOther(node: number, frame: number): number;
  vacateOther(node: number, frame: number): void;
  /** Puts a request into the line of a station that is not first in, first out; takes the next one from it. */
  push(node: number, frame: number): void;
  pop(node: number): number;
  /** A request enters an instance where something stands before the station. */
  pass(frame: number, node: number, role: number): void;
  /** Target that a router takes which does more than its algorithm. */
  chooseAmong(node: number, frame: number): number;
  /** A router that learns from answers is told of one. */
  learn(node: number, target: number, reason: number, since: number): void;
  /** Instance of a component whose instances are not simply taken in turn. */
  spread(component: number, frame: number): number;
  /** A call is about to be put on a link with a policy. */
  guardStart(frame: number, link: number): void;
  guardSettled(guard: number, reason: number, tag: number, sent: number): void;
  stageBegin(frame: number, node: number): void;
  stageAnswered(frame: number, node: number, reason: number): void;
  /** The calls that a frame has under way are not waited for any more. */
  letGo(frame: number): void;
  /** What an instance has reported has come to its end. */
  reportEnded(frame: number, reason: number): void;
  /** The last request has left an instance that drains. */
  emptied(node: number): void;
  /** A request has ended: for the log of requests. */
  log(frame: number, operation: number, reason: number): void;
  // Steps that can be taken over: see STEP_* of memory-map.ts.
  insert(id: number, word: number): void;
  remove(id: number): void;
  release(frame: number): void;
  admit(node: number, frame: number): number;
  choose(node: number, frame: number): number;
  root(node: number, user: number, operation: number, link: number): number;
  prepare(parent: number, link: number, target: number, tag: number): number;
  leave(frame: number, node: number, reason: number): void;
  endRequest(frame: number, reason: number): void;
  dispatch(frame: number, link: number): void;
  /** `vacates`: 1 where the server of the request must still be freed. */
  served(frame: number, node: number, vacates: number): void;
}

/** What went wrong when the kernel calls `broken`, by number. */
const BROKEN: readonly string[] = [
  '',
  'the call pool overflowed its reserve within one event',
  'more calls were prepared within one event than there is room for',
  'a request was to take a step that there is not',
];

function missing(): never {
  throw new Error('Invariant broken: the kernel asked for a part that the engine does not have');
}

/** The functions, to be put in, and the imports of the kernel that lead to them: a kernel exists before the parts that it asks. */
export function createOutside(): { readonly functions: Outside; readonly imports: object } {
  const functions: Outside = {
    rebuild: missing,
    refill: missing,
    exponential: missing,
    depart: missing,
    timeOut: missing,
    guardDue: missing,
    goOn: missing,
    impatient: missing,
    control: missing,
    openWindow: missing,
    sample: missing,
    nextArrival: missing,
    session: missing,
    carry: missing,
    demand: missing,
    admitOther: missing,
    vacateOther: missing,
    push: missing,
    pop: missing,
    pass: missing,
    chooseAmong: missing,
    learn: missing,
    spread: missing,
    guardStart: missing,
    guardSettled: missing,
    stageBegin: missing,
    stageAnswered: missing,
    letGo: missing,
    reportEnded: missing,
    emptied: missing,
    log: missing,
    insert: missing,
    remove: missing,
    release: missing,
    admit: missing,
    choose: missing,
    root: missing,
    prepare: missing,
    leave: missing,
    endRequest: missing,
    dispatch: missing,
    served: missing,
  };
  // One by one rather than in a loop, so that each way out is a call that the compiler of the host can see through.
  const imports: Outside & { broken(what: number): void } = {
    broken(what) {
      throw new Error(`Invariant broken: ${BROKEN[what]}`);
    },
    rebuild: (width) => functions.rebuild(width),
    refill: (stream) => functions.refill(stream),
    exponential: (x) => functions.exponential(x),
    depart: (node) => functions.depart(node),
    timeOut: (frame) => functions.timeOut(frame),
    guardDue: (id) => functions.guardDue(id),
    goOn: (frame, node) => functions.goOn(frame, node),
    impatient: (frame) => functions.impatient(frame),
    control: (control) => functions.control(control),
    openWindow: () => functions.openWindow(),
    sample: () => functions.sample(),
    nextArrival: (node) => functions.nextArrival(node),
    session: (node, user) => functions.session(node, user),
    carry: (frame, node, operation) => functions.carry(frame, node, operation),
    demand: (node, frame) => functions.demand(node, frame),
    admitOther: (node, frame) => functions.admitOther(node, frame),
    vacateOther: (node, frame) => functions.vacateOther(node, frame),
    push: (node, frame) => functions.push(node, frame),
    pop: (node) => functions.pop(node),
    pass: (frame, node, role) => functions.pass(frame, node, role),
    chooseAmong: (node, frame) => functions.chooseAmong(node, frame),
    learn: (node, target, reason, since) => functions.learn(node, target, reason, since),
    spread: (component, frame) => functions.spread(component, frame),
    guardStart: (frame, link) => functions.guardStart(frame, link),
    guardSettled: (guard, reason, tag, sent) => functions.guardSettled(guard, reason, tag, sent),
    stageBegin: (frame, node) => functions.stageBegin(frame, node),
    stageAnswered: (frame, node, reason) => functions.stageAnswered(frame, node, reason),
    letGo: (frame) => functions.letGo(frame),
    reportEnded: (frame, reason) => functions.reportEnded(frame, reason),
    emptied: (node) => functions.emptied(node),
    log: (frame, operation, reason) => functions.log(frame, operation, reason),
    insert: (id, word) => functions.insert(id, word),
    remove: (id) => functions.remove(id),
    release: (frame) => functions.release(frame),
    admit: (node, frame) => functions.admit(node, frame),
    choose: (node, frame) => functions.choose(node, frame),
    root: (node, user, operation, link) => functions.root(node, user, operation, link),
    prepare: (parent, link, target, tag) => functions.prepare(parent, link, target, tag),
    leave: (frame, node, reason) => functions.leave(frame, node, reason),
    endRequest: (frame, reason) => functions.endRequest(frame, reason),
    dispatch: (frame, link) => functions.dispatch(frame, link),
    served: (frame, node, vacates) => functions.served(frame, node, vacates),
  };
  return { functions, imports };
}

/** What the rest of the engine may ask of the kernel: steps in the life of a request, each described where it stands in assembly/. */
export interface KernelCalls {
  run(budget: number): void;
  insertEvent(id: number, word: number): void;
  removeEvent(id: number): void;
  take(): number;
  draw(stream: number): number;
  allocate(): number;
  releaseFrame(frame: number): void;
  adopt(parent: number, frame: number): void;
  disown(parent: number, frame: number): void;
  makeRoot(node: number, user: number, operation: number, link: number): number;
  prepareCall(parent: number, link: number, target: number, tag: number): number;
  send(frame: number, link: number): void;
  put(frame: number, link: number): void;
  endService(frame: number, node: number, vacates: number): void;
  complete(frame: number, node: number, reason: number): void;
  finish(frame: number, node: number, reason: number): void;
  resume(frame: number, reason: number, tag: number, sent: number): void;
  admitRequest(node: number, frame: number): number;
  vacate(node: number, frame: number): void;
  countSlowdown(node: number, frame: number): void;
  chooseTarget(node: number, frame: number): number;
  answered(node: number, target: number, reason: number, since: number): void;
  countLeave(frame: number, node: number, reason: number): void;
  countRequest(frame: number, reason: number): void;
  countCall(link: number, reason: number): void;
}

/** The steps of a kernel that is linked when the first one is called; `ready` links it. */
export function createCalls(ready: () => KernelCalls): KernelCalls {
  // One by one, so that each is a call that the compiler of the host can see through.
  return {
    run: (budget) => ready().run(budget),
    insertEvent: (id, word) => ready().insertEvent(id, word),
    removeEvent: (id) => ready().removeEvent(id),
    take: () => ready().take(),
    draw: (stream) => ready().draw(stream),
    allocate: () => ready().allocate(),
    releaseFrame: (frame) => ready().releaseFrame(frame),
    adopt: (parent, frame) => ready().adopt(parent, frame),
    disown: (parent, frame) => ready().disown(parent, frame),
    makeRoot: (node, user, operation, link) => ready().makeRoot(node, user, operation, link),
    prepareCall: (parent, link, target, tag) => ready().prepareCall(parent, link, target, tag),
    send: (frame, link) => ready().send(frame, link),
    put: (frame, link) => ready().put(frame, link),
    endService: (frame, node, vacates) => ready().endService(frame, node, vacates),
    complete: (frame, node, reason) => ready().complete(frame, node, reason),
    finish: (frame, node, reason) => ready().finish(frame, node, reason),
    resume: (frame, reason, tag, sent) => ready().resume(frame, reason, tag, sent),
    admitRequest: (node, frame) => ready().admitRequest(node, frame),
    vacate: (node, frame) => ready().vacate(node, frame),
    countSlowdown: (node, frame) => ready().countSlowdown(node, frame),
    chooseTarget: (node, frame) => ready().chooseTarget(node, frame),
    answered: (node, target, reason, since) => ready().answered(node, target, reason, since),
    countLeave: (frame, node, reason) => ready().countLeave(frame, node, reason),
    countRequest: (frame, reason) => ready().countRequest(frame, reason),
    countCall: (link, reason) => ready().countCall(link, reason),
  };
}

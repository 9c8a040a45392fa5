import { type FromEngine, type Speed, type StepUnit, type ToEngine, toEngineSchema } from '../protocol/messages';
import { createSession, type Session } from './session';

/** What a process or thread must offer to host the engine. */
export interface DriverHost {
  /** Wall clock in ms, from any origin. */
  now(): number;
  /** Calls back soon, after messages that wait have been received. */
  later(callback: () => void): void;
  /** Calls back after this many ms of wall time. */
  delay(ms: number, callback: () => void): void;
  send(message: FromEngine): void;
}

/** Wall ms between frames (15 per second), and how many may be under way before the engine stops making new ones. */
const FRAME_MS = 1000 / 15;
const FRAMES_UNDER_WAY = 2;
/** Longest slice: between two slices the engine can pause, stop and report. */
const SLICE_MS = 20;
const EVENTS_PER_LOOK = 2048;
/** At a real-time speed the engine runs ahead of the wall clock by at most this much, so that sleeping is worth while. */
const REAL_TIME_STEP_MS = 20;

/** Runs sessions by messages: host-neutral, one at a time. */
export interface Driver {
  /** Takes a message from outside. A start that cannot be read is refused; anything else that is no message is dropped. */
  receive(message: unknown): void;
}

interface Run {
  readonly id: number;
  readonly session: Session;
  speed: Speed;
  paused: boolean;
  /** Until a step is done the session runs although it is paused. */
  stepping: StepUnit | null;
  sequence: number;
  acknowledged: number;
  lastFrameAt: number;
  /** Wall time and simulated time (over all replications) where the real-time pace began. */
  paceWall: number;
  paceSimulated: number;
  paceReplication: number;
}

export function createDriver(host: DriverHost): Driver {
  let run: Run | null = null;
  let scheduled = false;

  const schedule = (): void => {
    if (scheduled || run === null) return;
    scheduled = true;
    host.later(slice);
  };
  const scheduleIn = (ms: number): void => {
    if (scheduled || run === null) return;
    scheduled = true;
    host.delay(ms, slice);
  };

  const sendFrame = (current: Run): void => {
    current.lastFrameAt = host.now();
    current.sequence++;
    host.send({ type: 'frame', runId: current.id, sequence: current.sequence, frame: current.session.frame() });
  };

  const setPace = (current: Run): void => {
    current.paceWall = host.now();
    current.paceSimulated = current.session.simulatedMs();
    current.paceReplication = current.session.replication();
  };

  const finish = (current: Run): void => {
    sendFrame(current);
    run = null;
    host.send({ type: 'finished', runId: current.id, result: current.session.result(), samples: current.session.samples() });
  };

  /** Runs for at most a slice of wall time. */
  const slice = (): void => {
    scheduled = false;
    const current = run;
    if (current === null || (current.paused && current.stepping === null)) return;
    try {
      if (current.stepping !== null) step(current, current.stepping);
      else advance(current);
    } catch (error) {
      run = null;
      host.send({
        type: 'bug',
        runId: current.id,
        message: error instanceof Error ? error.message : String(error),
        seed: current.session.seed,
        simulatedMs: current.session.simulatedMs(),
        componentId: current.session.lastComponentId(),
      });
    }
  };

  const advance = (current: Run): void => {
    const { session } = current;
    const started = host.now();
    let wait = 0;
    if (current.speed !== 'max') {
      if (session.replication() !== current.paceReplication || session.simulatedMs() < current.paceSimulated) setPace(current);
      const target = current.paceSimulated + (started - current.paceWall + REAL_TIME_STEP_MS) * current.speed;
      session.breakAt(target);
      wait = REAL_TIME_STEP_MS;
    }
    for (;;) {
      const status = session.advance(EVENTS_PER_LOOK);
      if (status === 'finished') {
        finish(current);
        return;
      }
      if (status === 'break') break;
      if (host.now() - started >= SLICE_MS) {
        wait = 0;
        break;
      }
    }
    if (host.now() - current.lastFrameAt >= FRAME_MS && current.sequence - current.acknowledged < FRAMES_UNDER_WAY) sendFrame(current);
    if (wait > 0) scheduleIn(wait);
    else schedule();
  };

  const step = (current: Run, unit: StepUnit): void => {
    const { session } = current;
    let status: ReturnType<Session['advance']>;
    if (unit === 'event') status = session.advance(1);
    else {
      if (unit === 'request') session.breakAtRequest();
      status = 'running';
      const started = host.now();
      while (status === 'running' && host.now() - started < SLICE_MS) {
        status = session.advance(EVENTS_PER_LOOK);
        // A slice may end between the looks: ask again for what has not happened yet.
        if (status === 'running' && unit === 'request') session.breakAtRequest();
      }
      if (status === 'running') {
        schedule();
        return;
      }
    }
    current.stepping = null;
    if (status === 'finished') finish(current);
    else {
      sendFrame(current);
      host.send({ type: 'paused', runId: current.id });
    }
  };

  const start = (message: Extract<ToEngine, { type: 'start' }>): void => {
    const session = createSession(message.project, message.designId);
    if (!session.ok) {
      host.send({ type: 'refused', runId: message.runId, problems: session.error });
      return;
    }
    const { componentIds, linkIds, instanceCounts, copiedIds, telemetryLinks } = session.value;
    run = {
      id: message.runId,
      session: session.value,
      speed: message.speed,
      paused: message.paused,
      stepping: null,
      sequence: 0,
      acknowledged: 0,
      lastFrameAt: host.now(),
      paceWall: 0,
      paceSimulated: 0,
      paceReplication: 0,
    };
    setPace(run);
    host.send({ type: 'started', runId: message.runId, componentIds, linkIds, instanceCounts, copiedIds, telemetryLinks });
    if (message.paused) host.send({ type: 'paused', runId: message.runId });
    schedule();
  };

  const control = (current: Run, message: ToEngine): void => {
    switch (message.type) {
      case 'start':
        return;
      case 'pause':
        current.paused = true;
        current.stepping = null;
        sendFrame(current);
        host.send({ type: 'paused', runId: current.id });
        return;
      case 'resume':
        current.paused = false;
        current.stepping = null;
        setPace(current);
        host.send({ type: 'resumed', runId: current.id });
        schedule();
        return;
      case 'step':
        current.paused = true;
        current.stepping = message.unit;
        // An interval is the time between two points of the charts.
        if (message.unit === 'interval') current.session.breakAt(current.session.simulatedMs() + current.session.intervalMs);
        schedule();
        return;
      case 'stop':
        finish(current);
        return;
      case 'speed':
        current.speed = message.speed;
        setPace(current);
        schedule();
        return;
      case 'inject': {
        const problem = current.session.inject(message.fault);
        const about = { runId: current.id, faultId: message.fault.id };
        host.send(problem === null ? { type: 'injected', ...about } : { type: 'injection-refused', ...about, problem });
        return;
      }
      case 'clear':
        current.session.clear(message.faultId);
        return;
      case 'ack':
        current.acknowledged = Math.max(current.acknowledged, message.sequence);
        return;
    }
  };

  /** A start that cannot be read is answered, since somebody waits for it; there is nobody to answer to for anything else. */
  const refuseMalformed = (raw: unknown, issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): void => {
    const { type, runId } = (typeof raw === 'object' && raw !== null ? raw : {}) as { type?: unknown; runId?: unknown };
    if (type !== 'start' || typeof runId !== 'number') return;
    const [first] = issues;
    host.send({
      type: 'refused',
      runId,
      problems: [
        {
          severity: 'error',
          code: 'unreadable-start',
          path: first?.path.map(String).join('.') ?? '',
          message: `The engine cannot read this project: ${first?.message ?? 'it has another form than expected'}.`,
          remedy: 'Undo the latest change, or save the project and open it again.',
        },
      ],
    });
  };

  return {
    receive(raw) {
      const parsed = toEngineSchema.safeParse(raw);
      if (!parsed.success) {
        refuseMalformed(raw, parsed.error.issues);
        return;
      }
      const message = parsed.data;
      if (message.type === 'start') start(message);
      else if (run !== null && run.id === message.runId) control(run, message);
    },
  };
}

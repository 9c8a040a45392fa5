import type { Core } from './core';
import * as L from './layout';
import type { Programs } from './programs';

/**
 * Calls by stages, as a job makes them: each stage sends copies of its calls, at most so many under way at once and one after the
 * other where sending takes time, waits for replies, pauses, and is gone through a number of rounds.
 */
export interface Stages {
  /** The service of a request is over: its first stage begins. */
  begin(frame: number, node: number): void;
  /** A call of the present round is settled. */
  answered(frame: number, node: number, reason: number): void;
  /** The request's own event: the sender is free again, or a pause is over. */
  due(frame: number): void;
  reset(): void;
}

/** What stages need of the life of requests. */
export interface StageSteps {
  prepare(parent: number, link: number, target: number, tag: number): number;
  send(frame: number, link: number): void;
  /** The calls that a frame has under way are not waited for any more. */
  letGo(frame: number): void;
  /** All stages are over, or one has failed. */
  done(frame: number, node: number, reason: number): void;
}

/** C_NEED of a request whose round is over and that pauses. */
const PAUSING = -1;

/** Builds the stages of all stations. A request's own record is its timer: while it calls, nothing else is pending for it. */
export function createStages(core: Core, programs: Programs, { prepare, send, letGo, done }: StageSteps): Stages {
  const { records, times, stats } = core;
  const { draw } = core.variates;
  const { clock, insert, remove } = core.list;
  const { callLinks, callWork, stageBase, orderBase, order, stageWaitFor, stageAtOnce, stageDispatch, stagePause, stageRounds } = programs;
  const picked: number[] = [];

  const wait = (frame: number, ns: number): void => {
    times[(frame >> 1) + L.T_TIME] = clock[0] + ns;
    insert(frame, L.OP_GUARD);
  };

  const begin = (frame: number, node: number): void => {
    times[(frame >> 1) + L.T_BEGUN] = clock[0] - times[(frame >> 1) + L.T_DEMAND];
    records[frame + L.C_STAGE] = stageBase[node];
    records[frame + L.C_ROUND] = 0;
    records[frame + L.C_STATE] = L.STATE_CALLING;
    records[frame + L.R_WORD] = L.WORD_CALLING;
    enter(frame, node);
  };

  /** A round begins, or the job is over. */
  const enter = (frame: number, node: number): void => {
    const stage = records[frame + L.C_STAGE];
    if (stage === stageBase[node + 1]) {
      end(frame, node, L.REASON_OK);
      return;
    }
    const count = orderBase[stage + 1] - orderBase[stage];
    records[frame + L.C_STEP] = 0;
    records[frame + L.C_PENDING] = 0;
    records[frame + L.C_NEED] = Math.min(stageWaitFor[stage], count);
    if (count > 0) dispatch(frame, stage);
    else pause(frame, node, stage);
  };

  /** Sends as many calls as may be sent now. */
  const dispatch = (frame: number, stage: number): void => {
    const first = orderBase[stage];
    const count = orderBase[stage + 1] - first;
    const step = records[frame + L.C_STEP];
    const pending = records[frame + L.C_PENDING];
    let number = Math.min(count - step, stageAtOnce[stage] - pending);
    if (stageDispatch[stage] > 0 && number > 1) number = 1;
    if (number <= 0) return;
    records[frame + L.C_STEP] = step + number;
    records[frame + L.C_PENDING] = pending + number;
    if (stageDispatch[stage] > 0 && step + number < count) wait(frame, stageDispatch[stage]);
    // All frames are prepared before the first one leaves, since replies may come back, and end the round, within this loop.
    // The list is a stack: a call may come back and pick for another frame before the loop ends.
    const from = picked.length;
    for (let i = 0; i < number; i++) {
      const call = order[first + step + i];
      const copy = prepare(frame, callLinks[call], -1, call);
      if (callWork[call] >= 0) times[(copy >> 1) + L.T_WORK] = draw(callWork[call]);
      picked.push(copy);
    }
    for (let i = from; i < from + number; i++) send(picked[i], records[picked[i] + L.C_LINK]);
    picked.length = from;
  };

  const answered = (frame: number, node: number, reason: number): void => {
    const stage = records[frame + L.C_STAGE];
    const pending = --records[frame + L.C_PENDING];
    if (reason === L.REASON_OK) records[frame + L.C_NEED]--;
    const need = records[frame + L.C_NEED];
    const unsent = orderBase[stage + 1] - orderBase[stage] - records[frame + L.C_STEP];
    if (need > 0 && pending + unsent >= need) {
      if (unsent > 0 && records[frame + L.R_WORD] < 0) dispatch(frame, stage);
      return;
    }
    // Decided: replies still on their way find a frame of another age, and what was not sent never will be.
    letGo(frame);
    records[frame + L.C_AGE]++;
    quiet(frame);
    if (need > 0) {
      end(frame, node, reason);
      return;
    }
    pause(frame, node, stage);
  };

  /** A round is over. */
  const pause = (frame: number, node: number, stage: number): void => {
    const ns = stagePause[stage] < 0 ? 0 : draw(stagePause[stage]);
    if (ns > 0) {
      records[frame + L.C_NEED] = PAUSING;
      wait(frame, ns);
    } else next(frame, node, stage);
  };

  const next = (frame: number, node: number, stage: number): void => {
    if (++records[frame + L.C_ROUND] === stageRounds[stage]) {
      records[frame + L.C_ROUND] = 0;
      records[frame + L.C_STAGE] = stage + 1;
    }
    enter(frame, node);
  };

  /** Drops the request's own event where one is pending. */
  const quiet = (frame: number): void => {
    if (records[frame + L.R_WORD] < 0) return;
    remove(frame);
    records[frame + L.R_WORD] = L.WORD_CALLING;
  };

  const end = (frame: number, node: number, reason: number): void => {
    if (reason === L.REASON_OK) {
      stats[node * L.STATS + L.S_JOB_WORK] += times[(frame >> 1) + L.T_ROOT_SERVICE];
      stats[node * L.STATS + L.S_JOB_TIME] += clock[0] - times[(frame >> 1) + L.T_BEGUN];
    }
    done(frame, node, reason);
  };

  return {
    begin,
    answered,
    due(frame) {
      records[frame + L.R_WORD] = L.WORD_CALLING;
      const stage = records[frame + L.C_STAGE];
      if (records[frame + L.C_NEED] === PAUSING) next(frame, records[frame + L.C_NODE], stage);
      else dispatch(frame, stage);
    },
    reset() {
      picked.length = 0;
    },
  };
}

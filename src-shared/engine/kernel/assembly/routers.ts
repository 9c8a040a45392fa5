import * as M from '../memory-map';
import { N_CURSOR, N_PRESENT, NODE } from './fields';
import { word } from './memory';
import * as outside from './outside';
import { draw } from './variates';

// Routers of ../../routers.ts that only choose by an algorithm among targets that are all there. The others are asked for outside.

const RANDOM: i32 = 0;
const ROUND_ROBIN: i32 = 1;
const LEAST_CONNECTIONS: i32 = 2;
const FULL: i32 = 4;

/** Distinct targets drawn by power of d, in ascending order: at most as many as a router may be asked to draw. */
const MOST_DRAWN: i32 = 64;
const drawn: usize = M.DRAWN;

function nodeRow(node: i32): usize {
  return load<usize>(M.P_NODES) + <usize>node * NODE;
}

function loadOf(node: i32, target: i32): i32 {
  const at = word(M.P_TARGET_BASE, node) + target;
  return word(M.P_TARGET_LIVE, node) === 1 ? load<i32>(nodeRow(word(M.P_TARGET_NODE, at)), N_PRESENT) : word(M.P_TARGET_UNDER_WAY, at);
}

function leastConnections(node: i32, size: i32): i32 {
  let least = loadOf(node, 0);
  let ties = 1;
  let first = 0;
  for (let target = 1; target < size; target++) {
    const its = loadOf(node, target);
    if (its < least) {
      least = its;
      ties = 1;
      first = target;
    } else if (its === least) ties++;
  }
  if (ties === 1) return first;
  let which = <i32>floor<f64>(draw(word(M.P_TARGET_STREAM, node)) * <f64>ties);
  for (let target = first; target < size; target++) {
    if (loadOf(node, target) !== least) continue;
    if (which === 0) return target;
    which--;
  }
  return first;
}

function powerOfTwo(node: i32, size: i32): i32 {
  // One uniform gives two distinct targets: its integer part the first, its fraction the second.
  const u = draw(word(M.P_TARGET_STREAM, node)) * <f64>size;
  const first = <i32>u;
  let second = <i32>((u - <f64>first) * <f64>(size - 1));
  if (second >= first) second++;
  return loadOf(node, second) < loadOf(node, first) ? second : first;
}

function powerOfMany(node: i32, size: i32, wanted: i32): i32 {
  let best = -1;
  let least = 0;
  for (let k = 0; k < wanted; k++) {
    // Distinct targets: draw the rank among those not drawn yet (those drawn are kept sorted).
    let target = <i32>floor<f64>(draw(word(M.P_TARGET_STREAM, node)) * <f64>(size - k));
    let place = 0;
    while (place < k && load<i32>(drawn + ((<usize>place) << 2)) <= target) {
      target++;
      place++;
    }
    for (let i = k; i > place; i--) store<i32>(drawn + ((<usize>i) << 2), load<i32>(drawn + ((<usize>(i - 1)) << 2)));
    store<i32>(drawn + ((<usize>place) << 2), target);
    const its = loadOf(node, target);
    if (best < 0 || its < least) {
      best = target;
      least = its;
    }
  }
  return best;
}

/** Number of the target that a router takes for a request now; negative: it must fail. */
export function chooseTarget(node: i32, frame: i32): i32 {
  const size = word(M.P_TARGET_SIZE, node);
  if (size === 1) return 0;
  const algorithm = word(M.P_TARGET_ALGORITHM, node);
  if (algorithm === ROUND_ROBIN) {
    const n = nodeRow(node);
    const target = load<i32>(n, N_CURSOR);
    store<i32>(n, target + 1 === size ? 0 : target + 1, N_CURSOR);
    return target;
  }
  if (algorithm === RANDOM) return <i32>floor<f64>(draw(word(M.P_TARGET_STREAM, node)) * <f64>size);
  if (algorithm === LEAST_CONNECTIONS) return leastConnections(node, size);
  if (algorithm === FULL) return outside.chooseAmong(node, frame);
  const choices = word(M.P_TARGET_CHOICES, node);
  return choices === 2 ? powerOfTwo(node, size) : powerOfMany(node, size, min<i32>(choices, MOST_DRAWN));
}

/** {@link chooseTarget}, unless another part of the engine has taken that step over. */
export function choose(node: i32, frame: i32): i32 {
  return (load<i32>(M.TAKEN_OVER) & M.STEP_CHOOSE) !== 0 ? outside.choose(node, frame) : chooseTarget(node, frame);
}

/** A request goes to a target. */
export function sent(node: i32, target: i32): void {
  const cell = load<usize>(M.P_TARGET_UNDER_WAY) + ((<usize>(word(M.P_TARGET_BASE, node) + target)) << 2);
  store<i32>(cell, load<i32>(cell) + 1);
}

/** A target has answered, or failed with a reason, a request that was sent to it at `since` ns. */
export function answered(node: i32, target: i32, reason: i32, since: f64): void {
  const cell = load<usize>(M.P_TARGET_UNDER_WAY) + ((<usize>(word(M.P_TARGET_BASE, node) + target)) << 2);
  store<i32>(cell, load<i32>(cell) - 1);
  if (word(M.P_TARGET_LEARNS, node) === 1) outside.learn(node, target, reason, since);
}

/** Instance of a component with several that a request takes by itself; see ../../spread.ts. */
export function spread(component: i32, frame: i32): i32 {
  const cell = load<usize>(M.P_SPREAD_CURSOR) + ((<usize>component) << 2);
  const at = load<i32>(cell);
  if (at < 0) return outside.spread(component, frame);
  store<i32>(cell, at + 1 === word(M.P_SPREAD_COUNT, component) ? 0 : at + 1);
  return word(M.P_SPREAD_FIRST, component) + at;
}

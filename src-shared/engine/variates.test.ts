import { expect, test } from 'vitest';
import { nextExponential, nextNormal, nextUniform, seedStream } from '../base/random';
import { exp } from '../base/transcendental';
import { createKernel } from './kernel/kernel';
import { createVariates, STREAM_BYTES } from './variates';

const DRAWS = 100_000;

/** [R1] [R3] The kernel has the common distributions written out in loops of its own: bit by bit they are those of base/, tails included. */
test('[R3] what the kernel draws is what the generator and the functions of base/ give', () => {
  const variates = createVariates(createKernel(1, 3 * STREAM_BYTES + 65_536), 3);
  const unit = variates.add('unit', { type: 'unit' });
  const exponential = variates.add('exponential', { type: 'exponential', mean: 1e9 });
  const lognormal = variates.add('lognormal', { type: 'lognormal', mu: 14, sigma: 2 });
  variates.reset(7, 3);
  const state = new Int32Array(12);
  for (const [index, name] of ['unit', 'exponential', 'lognormal'].entries()) seedStream(state, 4 * index, 7, 3, name);
  let different = 0;
  for (let i = 0; i < DRAWS; i++) {
    if (variates.draw(unit) !== nextUniform(state, 0)) different++;
    if (variates.draw(exponential) !== Math.floor(nextExponential(state, 4) * 1e9 + 0.5)) different++;
    if (variates.draw(lognormal) !== Math.floor(exp(14 + 2 * nextNormal(state, 8)) + 0.5)) different++;
  }
  expect(different).toBe(0);
});

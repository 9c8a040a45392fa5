import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { countLookups } from '../../src-shared/engine/kernel/linking';
import { FACTS, FACTS_END } from '../../src-shared/engine/kernel/memory-map';
import { compileKernel } from './kernel-plugin';

test('linking finds, by their bytes, all places at which the kernel looks up a fact of a plan, and nothing else', async () => {
  const { default: binaryen } = await import('assemblyscript/binaryen');
  const code = await compileKernel(resolve(import.meta.dirname, '..', '..'));
  const text = binaryen.readBinary(code).emitText();
  const addresses = [...text.matchAll(/\(i32\.load\s+\(i32\.const (\d+)\)/g)].map(([, address]) => Number(address));
  const meant = addresses.filter((address) => address >= FACTS && address < FACTS_END).length;
  expect(meant).toBeGreaterThan(200);
  expect(countLookups(code)).toBe(meant);
});

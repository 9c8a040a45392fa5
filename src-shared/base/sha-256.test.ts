import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from './sha-256';

describe('sha256', () => {
  // FIPS 180-4's examples, as published with the standard.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  ])('of %j is that of the standard', (text, hash) => {
    expect(sha256(text)).toBe(hash);
  });

  it('agrees with another implementation at every length around a block, and on text beyond ASCII', () => {
    for (let length = 0; length < 140; length++) {
      const text = [...'ä€😀x'.repeat(length)].slice(0, length).join('');
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
    }
  });
});

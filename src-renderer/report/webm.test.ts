import { describe, expect, it } from 'vitest';
import { type EncodedPicture, writeWebm } from './webm';

interface Element {
  readonly id: number;
  readonly at: number;
  readonly body: Uint8Array;
  readonly children: readonly Element[];
}
const CONTAINERS = new Set([0x1a45dfa3, 0x18538067, 0x1549a966, 0x1654ae6b, 0xae, 0xe0, 0x1f43b675, 0x1c53bb6b, 0xbb, 0xb7]);

/** Reads EBML as RFC 8794 says, independently of what writes it. */
function read(bytes: Uint8Array, from = 0): Element[] {
  const found: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const begin = at;
    const idLength = Math.clz32(bytes[at] ?? 0) - 23;
    let id = 0;
    for (let index = 0; index < idLength; index++) id = id * 256 + (bytes[at + index] ?? 0);
    at += idLength;
    const sizeLength = Math.clz32(bytes[at] ?? 0) - 23;
    let size = (bytes[at] ?? 0) & (0xff >> sizeLength);
    for (let index = 1; index < sizeLength; index++) size = size * 256 + (bytes[at + index] ?? 0);
    at += sizeLength;
    const body = bytes.subarray(at, at + size);
    found.push({ id, at: from + begin, body, children: CONTAINERS.has(id) ? read(body, from + at) : [] });
    at += size;
  }
  expect(at).toBe(bytes.length);
  return found;
}
const all = (elements: readonly Element[], id: number): Element[] => elements.flatMap((each) => [...(each.id === id ? [each] : []), ...all(each.children, id)]);
const unsigned = (element: Element | undefined): number => [...(element?.body ?? [])].reduce((sum, byte) => sum * 256 + byte, 0);

const pictures: readonly EncodedPicture[] = Array.from({ length: 60 }, (_, index) => ({
  atMs: index * 67,
  key: index % 30 === 0,
  data: Uint8Array.from({ length: 300 + index }, () => index),
}));

describe('WebM files', () => {
  const file = writeWebm({ codec: 'V_VP9', width: 1280, height: 720, durationMs: 4020, pictures });
  const elements = read(file);

  it('have a header, a length, one track of pictures with its size and codec', () => {
    expect(elements.map(({ id }) => id)).toEqual([0x1a45dfa3, 0x18538067]);
    expect(new TextDecoder().decode(all(elements, 0x4282)[0]?.body)).toBe('webm');
    const length = all(elements, 0x4489)[0]?.body ?? new Uint8Array(8);
    expect(new DataView(length.buffer, length.byteOffset).getFloat64(0)).toBe(4020);
    expect(new TextDecoder().decode(all(elements, 0x86)[0]?.body)).toBe('V_VP9');
    expect([unsigned(all(elements, 0xb0)[0]), unsigned(all(elements, 0xba)[0])]).toEqual([1280, 720]);
  });

  it('hold every picture at its time, keys marked', () => {
    const told = all(elements, 0x1f43b675).flatMap((cluster) => {
      const clusterMs = unsigned(all(cluster.children, 0xe7)[0]);
      return all(cluster.children, 0xa3).map(({ body }) => ({
        atMs: clusterMs + new DataView(body.buffer, body.byteOffset).getInt16(1),
        key: body[3] === 0x80,
        data: body.slice(4),
      }));
    });
    expect(told).toEqual(pictures);
  });

  it('have an index that points to the keys', () => {
    const segment = elements[1];
    const begin = (segment?.children[0]?.at ?? 0) - 0;
    const clusters = all(elements, 0x1f43b675).map(({ at }) => at - begin);
    expect(all(elements, 0xf1).map(unsigned)).toEqual(clusters);
    expect(all(elements, 0xb3).map(unsigned)).toEqual([0, 30 * 67]);
  });

  it('begin another cluster before its times run out of bits', () => {
    const long = writeWebm({
      codec: 'V_VP8',
      width: 2,
      height: 2,
      durationMs: 90_000,
      pictures: [0, 40_000, 80_000].map((atMs) => ({ atMs, key: atMs === 0, data: new Uint8Array(1) })),
    });
    expect(all(read(long), 0xe7).map(unsigned)).toEqual([0, 40_000, 80_000]);
  });

  it('are not made of nothing', () => {
    expect(() => writeWebm({ codec: 'V_VP8', width: 2, height: 2, durationMs: 1, pictures: [] })).toThrow('at least one picture');
  });
});

/** One encoded picture of a film. */
export interface EncodedPicture {
  /** Begin of its display in whole ms. */
  readonly atMs: number;
  /** Whether it can be shown without the pictures before it. */
  readonly key: boolean;
  readonly data: Uint8Array;
}

/** A film of pictures in the order of their times; the first one is a key. */
export interface EncodedFilm {
  readonly codec: 'V_VP8' | 'V_VP9';
  readonly width: number;
  readonly height: number;
  /** Length of the whole film in ms. */
  readonly durationMs: number;
  readonly pictures: readonly EncodedPicture[];
}

type Part = Uint8Array | readonly Part[];

function flatten(part: Part, into: Uint8Array[]): void {
  if (part instanceof Uint8Array) into.push(part);
  else for (const each of part) flatten(each, into);
}

function sizeOf(part: Part): number {
  return part instanceof Uint8Array ? part.length : part.reduce((sum, each) => sum + sizeOf(each), 0);
}

/** Bytes of a number, the most significant first, as few as it takes. */
function unsigned(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.unshift(rest % 256);
    rest = Math.floor(rest / 256);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}

/** An EBML size of eight bytes: its first byte is a mark, the others the number (RFC 8794, section 4). */
function sizeBytes(size: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(size / 2 ** 32));
  view.setUint32(4, size % 2 ** 32);
  bytes[0] = 1;
  return bytes;
}

function element(id: number, content: Part): Part {
  return [unsigned(id), sizeBytes(sizeOf(content)), content];
}

const number = (id: number, value: number): Part => element(id, unsigned(value));
const text = (id: number, value: string): Part =>
  element(
    id,
    Uint8Array.from([...value], (character) => character.charCodeAt(0)),
  );

function double(id: number, value: number): Part {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return element(id, bytes);
}

/** A block of one picture: the number of its track, its time after that of its cluster, whether it is a key, its data. */
function block(picture: EncodedPicture, clusterMs: number): Part {
  const head = new Uint8Array(4);
  const view = new DataView(head.buffer);
  view.setUint8(0, 0x81);
  view.setInt16(1, picture.atMs - clusterMs);
  view.setUint8(3, picture.key ? 0x80 : 0);
  return element(0xa3, [head, picture.data]);
}

/** Pictures of one cluster: its times are 16 bits of ms. */
const LONGEST_CLUSTER_MS = 30_000;

/**
 * A film as a WebM file: what the browser's encoder gives, in the container that players know (WebM, a profile of Matroska, RFC 9559).
 * Its length and an index of its keys stand in the file, so that players can seek in it. Throws where there is no picture.
 */
export function writeWebm(film: EncodedFilm): Uint8Array<ArrayBuffer> {
  const clusters: EncodedPicture[][] = [];
  for (const picture of film.pictures) {
    const current = clusters.at(-1);
    const begin = current?.[0]?.atMs ?? 0;
    if (current === undefined || picture.key || picture.atMs - begin > LONGEST_CLUSTER_MS) clusters.push([picture]);
    else current.push(picture);
  }
  if (clusters.length === 0) throw new Error('A film has at least one picture.');
  const header = element(0x1a45dfa3, [
    number(0x4286, 1),
    number(0x42f7, 1),
    number(0x42f2, 4),
    number(0x42f3, 8),
    text(0x4282, 'webm'),
    number(0x4287, 4),
    number(0x4285, 2),
  ]);
  const info = element(0x1549a966, [number(0x2ad7b1, 1_000_000), double(0x4489, film.durationMs), text(0x4d80, 'Topolab'), text(0x5741, 'Topolab')]);
  const video = element(0xe0, [number(0xb0, film.width), number(0xba, film.height)]);
  const tracks = element(0x1654ae6b, element(0xae, [number(0xd7, 1), number(0x73c5, 1), number(0x9c, 0), text(0x86, film.codec), number(0x83, 1), video]));
  let position = sizeOf(info) + sizeOf(tracks);
  const cues: Part[] = [];
  const bodies = clusters.map((pictures) => {
    const atMs = pictures[0]?.atMs ?? 0;
    const cluster = element(0x1f43b675, [number(0xe7, atMs), ...pictures.map((picture) => block(picture, atMs))]);
    cues.push(element(0xbb, [number(0xb3, atMs), element(0xb7, [number(0xf7, 1), number(0xf1, position)])]));
    position += sizeOf(cluster);
    return cluster;
  });
  const parts: Uint8Array[] = [];
  flatten([header, element(0x18538067, [info, tracks, ...bodies, element(0x1c53bb6b, cues)])], parts);
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    file.set(part, offset);
    offset += part.length;
  }
  return file;
}

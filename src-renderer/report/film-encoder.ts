import type { FilmEncoder, FilmWishes } from './film';
import { drawPicture } from './raster';
import { type EncodedPicture, writeWebm } from './webm';

/** What the encoder is asked for, best first: VP9 keeps text sharper, VP8 is everywhere. */
const CODECS = [
  { codec: 'vp09.00.31.08', name: 'V_VP9' },
  { codec: 'vp8', name: 'V_VP8' },
] as const;
/** A picture that can be shown by itself comes this often, so that players can seek. */
const KEY_EVERY_MS = 2000;
/** Pictures that the encoder may be behind. */
const MOST_BEHIND = 4;

/** Whether this host can make films at all. */
export function canFilm(): boolean {
  return typeof VideoEncoder === 'function';
}

/** An encoder of the browser's own; nothing is loaded for it. Rejects, with the reason in words, where there is none for this size. */
export async function createFilmEncoder({ width, height, framesPerS }: FilmWishes): Promise<FilmEncoder> {
  if (!canFilm()) throw new Error('This browser cannot encode films.');
  const bitrate = Math.round(width * height * framesPerS * 0.12);
  const configs = CODECS.map(({ codec, name }) => ({
    name,
    config: { codec, width, height, bitrate, framerate: framesPerS, latencyMode: 'realtime' } satisfies VideoEncoderConfig,
  }));
  let chosen: (typeof configs)[number] | undefined;
  for (const candidate of configs) {
    if ((await VideoEncoder.isConfigSupported(candidate.config)).supported !== true) continue;
    chosen = candidate;
    break;
  }
  if (chosen === undefined) throw new Error('This browser has no encoder for films of this size.');
  const { name, config } = chosen;
  const pictures: EncodedPicture[] = [];
  let failure: Error | null = null;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      pictures.push({ atMs: Math.round(chunk.timestamp / 1000), key: chunk.type === 'key', data });
    },
    error: (error) => {
      failure = error;
    },
  });
  encoder.configure(config);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  let lastKeyMs = Number.NEGATIVE_INFINITY;
  const behind = async (most: number): Promise<void> => {
    while (encoder.encodeQueueSize > most && failure === null) await new Promise((done) => encoder.addEventListener('dequeue', done, { once: true }));
    if (failure !== null) throw failure;
  };
  return {
    add: async (svg, atMs) => {
      await drawPicture(canvas, svg, 1);
      const frame = new VideoFrame(canvas, { timestamp: atMs * 1000 });
      const keyFrame = atMs - lastKeyMs >= KEY_EVERY_MS;
      if (keyFrame) lastKeyMs = atMs;
      encoder.encode(frame, { keyFrame });
      frame.close();
      await behind(MOST_BEHIND);
    },
    finish: async (durationMs) => {
      await encoder.flush();
      if (failure !== null) throw failure;
      return writeWebm({ codec: name, width, height, durationMs, pictures });
    },
    close: () => {
      if (encoder.state !== 'closed') encoder.close();
    },
  };
}

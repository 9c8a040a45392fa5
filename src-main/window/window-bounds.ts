import { z } from 'zod';

/** Where the window was when it was closed. */
export const boundsSchema = z.strictObject({
  version: z.literal(1),
  x: z.number().int().nullable(),
  y: z.number().int().nullable(),
  width: z.number().int().min(200).max(20_000),
  height: z.number().int().min(200).max(20_000),
  maximised: z.boolean(),
});
export type StoredBounds = z.infer<typeof boundsSchema>;
export const DEFAULT_BOUNDS: StoredBounds = { version: 1, x: null, y: null, width: 1440, height: 900, maximised: false };

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The stored place, made to fit: a window whose screen has been unplugged comes back in the middle of the one that is left. */
export function fitBounds(stored: StoredBounds, screens: readonly Area[], primary: Area): { x?: number; y?: number; width: number; height: number } {
  const screen = screens.find(
    (area) =>
      stored.x !== null &&
      stored.y !== null &&
      stored.x < area.x + area.width - 100 &&
      stored.x + stored.width > area.x + 100 &&
      stored.y >= area.y - 10 &&
      stored.y < area.y + area.height - 50,
  );
  const room = screen ?? primary;
  const size = { width: Math.min(stored.width, room.width), height: Math.min(stored.height, room.height) };
  return screen !== undefined && stored.x !== null && stored.y !== null ? { x: stored.x, y: stored.y, ...size } : size;
}

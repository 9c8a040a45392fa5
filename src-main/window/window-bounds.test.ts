import { describe, expect, it } from 'vitest';
import { DEFAULT_BOUNDS, fitBounds } from './window-bounds';

const primary = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };

describe('place of the window', () => {
  it('comes back where it was', () => {
    expect(fitBounds({ ...DEFAULT_BOUNDS, x: 2000, y: 50, width: 1000, height: 700 }, [primary, second], primary)).toEqual({
      x: 2000,
      y: 50,
      width: 1000,
      height: 700,
    });
  });

  it('comes back in the middle of the screen that is left', () => {
    expect(fitBounds({ ...DEFAULT_BOUNDS, x: 2000, y: 50, width: 1000, height: 700 }, [primary], primary)).toEqual({ width: 1000, height: 700 });
  });

  it('is never larger than the screen', () => {
    expect(fitBounds({ ...DEFAULT_BOUNDS, width: 4000, height: 3000 }, [primary], primary)).toEqual({ width: 1920, height: 1080 });
  });
});

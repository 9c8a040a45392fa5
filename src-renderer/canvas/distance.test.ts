import { describe, expect, it } from 'vitest';
import { distanceAt } from './distance';

describe('the distance of the canvas', () => {
  it('is by the zoom at which names, and what stands below them, can be read', () => {
    expect([1, 0.36, 0.35, 0.2, 0.19, 0.05].map(distanceAt)).toEqual(['near', 'near', 'far', 'far', 'map', 'map']);
  });
});

import { expect, it } from 'vitest';
import { movedTo, spanWithin, zoomed } from './span';

it('a span stays within the run; what is nearly all of it is all of it', () => {
  expect(spanWithin({ fromS: -5, toS: 5 }, 100)).toEqual({ fromS: 0, toS: 10 });
  expect(spanWithin({ fromS: 95, toS: 105 }, 100)).toEqual({ fromS: 90, toS: 100 });
  expect(spanWithin({ fromS: 0, toS: 99.99 }, 100)).toBeNull();
  expect(spanWithin({ fromS: 50, toS: 50 }, 100)).toEqual({ fromS: 50, toS: 50.01 });
});

it('zooming leaves the instant where it is on the screen', () => {
  expect(zoomed({ fromS: 0, toS: 100 }, 25, 0.5, 100)).toEqual({ fromS: 12.5, toS: 62.5 });
  expect(zoomed({ fromS: 12.5, toS: 62.5 }, 25, 2, 100)).toBeNull();
});

it('a span follows an instant that leaves it', () => {
  const span = { fromS: 20, toS: 30 };
  expect(movedTo(span, 25, 100)).toBe(span);
  expect(movedTo(span, 31, 100)).toEqual({ fromS: 22, toS: 32 });
  expect(movedTo(span, 19, 100)).toEqual({ fromS: 18, toS: 28 });
});

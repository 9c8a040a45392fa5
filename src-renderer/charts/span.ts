/** Part of simulated time that a chart shows, in s. */
export interface Span {
  readonly fromS: number;
  readonly toS: number;
}

/** Zooming goes on down to this share of the whole. */
const LEAST_SHARE = 1e-4;

/** A span within 0..endS of at least the least length; null where it is as good as the whole. */
export function spanWithin(span: Span, endS: number): Span | null {
  const length = Math.max(span.toS - span.fromS, endS * LEAST_SHARE);
  if (length >= endS * 0.999) return null;
  const fromS = Math.max(0, Math.min(span.fromS, endS - length));
  return { fromS, toS: fromS + length };
}

/** The span around an instant whose length is `factor` of what it was; the instant keeps its place on the screen. */
export function zoomed({ fromS, toS }: Span, aroundS: number, factor: number, endS: number): Span | null {
  return spanWithin({ fromS: aroundS - (aroundS - fromS) * factor, toS: aroundS + (toS - aroundS) * factor }, endS);
}

/** The span moved so that an instant lies in it, with some room around it. */
export function movedTo(span: Span, instantS: number, endS: number): Span | null {
  const length = span.toS - span.fromS;
  if (instantS >= span.fromS && instantS <= span.toS) return span;
  const fromS = instantS < span.fromS ? instantS - length * 0.1 : instantS - length * 0.9;
  return spanWithin({ fromS, toS: fromS + length }, endS);
}

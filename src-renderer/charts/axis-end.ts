/**
 * End of the time axis in s: the duration, halved as long as the run still fits. So a short beginning of a long run is readable and
 * the axis does not creep.
 */
export function axisEnd(durationS: number, reachedS: number, over: boolean): number {
  if (over) return Math.max(reachedS, 1e-3);
  let end = durationS;
  while (end / 2 > reachedS * 1.05 && end > durationS / 1024) end /= 2;
  return end;
}

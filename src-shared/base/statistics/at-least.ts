/** Chance that at least `count` of independent events happen, each with a chance of its own: the distribution of their number, one event after the other. */
export function atLeast(count: number, chances: readonly number[]): number {
  let numbers = [1];
  for (const chance of chances) {
    const next = new Array<number>(numbers.length + 1).fill(0);
    for (const [number, probability] of numbers.entries()) {
      next[number] = (next[number] ?? 0) + probability * (1 - chance);
      next[number + 1] = (next[number + 1] ?? 0) + probability * chance;
    }
    numbers = next;
  }
  // More than there are: all of them.
  return numbers.slice(Math.min(count, chances.length)).reduce((sum, probability) => sum + probability, 0);
}

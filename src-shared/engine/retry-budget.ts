import type { Plan } from './plan';

/** Token buckets that bound the retries of links to a share of their calls (M. Eriksen, "Your Server as a Function", 2013, and Finagle's retry budgets). */
export interface RetryBudgets {
  /** A call begins: it earns its share of a retry. */
  earn(link: number): void;
  /** Takes the token for a retry; false where none is left. Links without a budget always have one. */
  spend(link: number): boolean;
  reset(): void;
}

/** Builds the budgets of a plan. They start full. */
export function createRetryBudgets(plan: Plan): RetryBudgets {
  const ratio = Float64Array.from(plan.links, (link) => link.policy?.budget?.ratio ?? 0);
  const burst = Float64Array.from(plan.links, (link) => link.policy?.budget?.burst ?? Infinity);
  const tokens = new Float64Array(plan.links.length);
  return {
    earn(link) {
      tokens[link] = Math.min(burst[link], tokens[link] + ratio[link]);
    },
    spend(link) {
      // Sums of shares such as 0.1 may end a little below a whole token.
      if (tokens[link] < 1 - 1e-9) return false;
      tokens[link] = tokens[link] - 1;
      return true;
    },
    reset() {
      tokens.set(burst);
    },
  };
}

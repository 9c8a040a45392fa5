/**
 * Something wrong with the user's model, drawn on the part it belongs to. `error` prevents a run, `warning` does not.
 * `code` is stable (kebab-case) for tests and documentation; `message` names the trouble, `remedy` what to do about it.
 */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** Id of the design it belongs to, where it belongs to one. */
  readonly designId?: string;
  /** Id of the component, link or workload record it belongs to, where it belongs to one. */
  readonly recordId?: string;
  /** Path below the record, such as `params.replicas` or `params.operations[1].weight`. */
  readonly path?: string;
  readonly message: string;
  readonly remedy: string;
}

/** One line for the command line and logs: `error  web · params.replicas: message. Remedy.` */
export function describeProblem(problem: Problem): string {
  const place = [problem.recordId, problem.path].filter(Boolean).join(' · ');
  return `${problem.severity}${place === '' ? '' : `  ${place}`}: ${problem.message} ${problem.remedy}`;
}

/** What every refusal of a file says: where, what is wrong, what to do. */
interface Said {
  /** Where in the file: line and column, or the path in words with the record's name. */
  readonly place: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Why a text is not opened as a project. Nothing else is changed by it: what is open stays open. */
export type ParseFailure =
  | (Said & { readonly kind: 'too-large'; readonly bytes: number })
  | (Said & { readonly kind: 'not-json'; readonly line: number; readonly column: number })
  | (Said & { readonly kind: 'truncated'; readonly line: number; readonly column: number })
  | (Said & { readonly kind: 'too-deep' })
  | (Said & { readonly kind: 'not-a-project' })
  | (Said & { readonly kind: 'newer-version'; readonly found: number; readonly known: number })
  | (Said & { readonly kind: 'unknown-kind'; readonly kinds: readonly string[] })
  | (Said & { readonly kind: 'invalid'; readonly path: string });

export type ParseFailureKind = ParseFailure['kind'];

/** A refusal in one line, for the command line and for messages: `line 3, column 7: … Remedy.` */
export function describeParseFailure(failure: ParseFailure): string {
  return `${failure.place}: ${failure.problem} ${failure.remedy}`;
}

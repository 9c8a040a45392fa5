/** How the command line ends; documented in the README and stable. */
export const EXIT = {
  done: 0,
  /** The model has errors, a check failed, or a case of the validation suite did. */
  model: 1,
  usage: 2,
  /** A file cannot be read, is no project, or cannot be written. */
  io: 3,
  /** The run is fine, but an objective of the project was missed or could not be judged (with --check). */
  objective: 4,
  /** Ended by Ctrl+C: 128 and the number of the signal, as shells count. */
  cancelled: 130,
  /** The program itself is wrong (EX_SOFTWARE of sysexits.h), never the model. */
  bug: 70,
} as const;

/** An end of a command that is not success: its text goes to stderr, its code to the shell. */
export class CommandFailure extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
    this.name = 'CommandFailure';
  }
}

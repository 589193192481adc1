/** How a command ends. The codes are a promise to scripts. */
export const EXIT = {
  ok: 0,
  /** It was tried and failed, or a check found something wrong. */
  failed: 1,
  /** The command line or what was given with it is not right; nothing was done. */
  usage: 2,
  /** There is no such thing. */
  notFound: 3,
  /** No key, a wrong key, or one that may not. */
  refused: 4,
  /** The server cannot be reached, or asks to come back later. */
  unavailable: 5,
  /** What is stored stands against it: the limit is reached, another one was faster. */
  conflict: 6,
  /** Ended by Ctrl-C, as shells count it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure in words for a person: what is wrong, and what to do about it. It is printed without a stack. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.failed,
    /** What mends it, one sentence or command a line. */
    readonly hint: string = '',
    /** More of it for `--json`. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

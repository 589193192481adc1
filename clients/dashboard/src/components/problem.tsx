/** An error: what went wrong, and what to do about it. */
import { FleetbeatError } from '@fleetbeat/client';

interface ErrorExplanation {
  readonly title: string;
  readonly detail: string;
  readonly advice: string;
}

const ADVICE: Readonly<Record<string, string>> = {
  forbidden: 'Sign in with a key of a higher role, or ask whoever runs this server for one.',
  'too-many-requests': 'Wait a moment, then try again.',
  unavailable: 'The server will be back soon. Try again in a moment.',
  'internal-error': 'Try again. If it happens again, report the request below to whoever runs the server.',
  'version-mismatch': 'Somebody wrote in the meantime. Look at what is there now, then repeat your change.',
};

/** Formats any thrown value for people. */
export function explainError(error: unknown): ErrorExplanation {
  if (error instanceof FleetbeatError) {
    const advice = ADVICE[error.kind] ?? '';
    return { title: error.problem.title, detail: error.problem.detail, advice };
  }
  return {
    title: 'The server cannot be reached',
    detail: 'The request got no answer.',
    advice: 'Check that the server runs and that this device is online, then try again.',
  };
}

interface ProblemProps {
  readonly error: unknown;
  readonly retry?: (() => void) | undefined;
}

export function Problem({ error, retry }: ProblemProps) {
  const { title, detail, advice } = explainError(error);
  const request = error instanceof FleetbeatError && error.status >= 500 ? error.problem.instance : '';
  return (
    <div class="problem" role="alert">
      <p class="problem-title">{title}</p>
      <p>
        {detail} {advice}
      </p>
      {request && (
        <p class="faint">
          Request <code>{request}</code>
        </p>
      )}
      {retry && (
        <button type="button" class="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** The server's message about one field of a form, or null. */
export function getFieldError(error: unknown, field: string): string | null {
  if (!(error instanceof FleetbeatError)) return null;
  const faults = (error.problem as { errors?: readonly { pointer: string; message: string }[] }).errors ?? [];
  return faults.find(({ pointer }) => pointer.replace(/^#?\//, '') === field)?.message ?? null;
}

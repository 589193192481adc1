/** Anything that went wrong, as a person or a script is told of it. */
import { FleetbeatError, FleetbeatUnreachable } from '@fleetbeat/client';
import { EXIT, type ExitCode, Failure } from './exit.ts';
import { oneLine } from './text.ts';

/** Whatever was thrown as a `Failure`: what happened, what to do, and with which code the process ends. */
export function toFailure(error: unknown, url: string): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof FleetbeatError) return problemToFailure(error, url);
  const reason = unreachableReason(error);
  if (reason) {
    const hint = `fleetbeat serve starts one here; --url or FLEETBEAT_URL name another; fleetbeat doctor looks closer`;
    return new Failure(`No server answers at ${url}: ${reason}`, EXIT.unavailable, hint, { kind: 'away' });
  }
  return new Failure(error instanceof Error ? error.message : String(error));
}

function problemToFailure({ problem, status, kind, retryAfter }: FleetbeatError, url: string): Failure {
  const fields = (problem.errors ?? []).map(({ pointer, message }) =>
    oneLine(`${pointer.replace(/^#\//, '')}: ${message}`),
  );
  // The detail of invalid input lists the same fields in one line. What to send in HTTP is no help to who types a command.
  const message =
    status === 401
      ? `The server at ${url} refuses the key: it is mistyped, expired or revoked`
      : fields.length > 1
        ? [oneLine(problem.title), ...fields].join('\n  ')
        : oneLine(problem.detail).replace(/ \([a-z]+[A-Z]\w*\)(?=\.)/g, '');
  return new Failure(message, exitCodeFor(status), hintFor(kind, status, retryAfter, url), { kind, problem });
}

/** Which code a refused request ends with. */
export function exitCodeFor(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.refused;
  if (status === 404) return EXIT.notFound;
  if (status === 409 || status === 412) return EXIT.conflict;
  if (status === 429 || status === 502 || status === 503 || status === 504) return EXIT.unavailable;
  return status >= 400 && status < 500 ? EXIT.usage : EXIT.failed;
}

/** The command that helps, by the kind of problem. */
const HINTS: Readonly<Record<string, string>> = {
  'session-not-found': 'fleetbeat sessions list --archived lists them; fleetbeat sessions create makes one',
  'session-required': '--session <sessionId> names it; fleetbeat sessions lists them',
  'program-not-found': 'fleetbeat programs lists them; fleetbeat keys create <program> makes one',
  'key-not-found': 'fleetbeat keys lists them',
  'task-not-found': 'fleetbeat tasks list --state all lists them',
  'question-not-found': 'fleetbeat questions --state all lists them',
  'question-answered': 'fleetbeat questions --state answered shows the answer',
  'message-not-found': 'fleetbeat inbox --read lists them',
  'account-not-found': 'fleetbeat accounts lists them',
  'state-version-not-found': 'fleetbeat state history lists the versions that are kept',
  'session-limit-reached': 'fleetbeat sessions complete <sessionId> frees a slot',
  'version-mismatch': 'fleetbeat state show tells how it is now',
  'task-not-claimed': 'fleetbeat tasks claim <taskId> claims it',
  'claim-lapsed': 'fleetbeat tasks claim <taskId> claims it again',
};

function hintFor(kind: string, status: number, retryAfter: number | null, url: string): string {
  if (HINTS[kind]) return HINTS[kind];
  if (status === 401) return 'fleetbeat login keeps another key; fleetbeat doctor tells which one is used';
  if (status === 403) return 'fleetbeat status tells what the key is; an admin makes others with fleetbeat keys create';
  if (kind === 'about:blank') return `Is there a Fleetbeat server at ${url}? fleetbeat doctor looks closer`;
  return retryAfter === null ? '' : `Try again in ${retryAfter} seconds`;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to that address',
  ENETUNREACH: 'there is no way to that network',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks no TLS; use http://',
};

/** Why no answer came, when it is the network; null for any other error. */
export function unreachableReason(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof FleetbeatUnreachable) return unreachableReason(error.cause) ?? 'it gives no answer';
  if (error.name === 'TimeoutError') return 'it does not answer in time';
  // fetch says "fetch failed" and keeps what happened in its cause, several attempts in the errors of that.
  const cause = error.cause as { code?: string; message?: string; errors?: { code?: string }[] } | undefined;
  const code = (error as NodeJS.ErrnoException).code ?? cause?.code ?? cause?.errors?.[0]?.code ?? '';
  if (REASONS[code]) return REASONS[code];
  return error.message === 'fetch failed' ? (cause?.message ?? error.message) : null;
}

/** What is written to standard error. */
export function formatFailure({ message, hint, exitCode, details }: Failure, json: boolean): string {
  if (json) return JSON.stringify({ error: { message, ...(hint && { hint }), exitCode, ...details } });
  return [
    `fleetbeat: ${message}`,
    ...hint
      .split('\n')
      .filter(Boolean)
      .map((line) => `  ${line}`),
  ].join('\n');
}

/** What a person has sent, for the seconds in which it can still be taken back, and what could not be sent. */
import { FleetbeatError } from '@fleetbeat/client';
import { signal } from '@preact/signals';
import { signOutOnUnauthorized } from '../auth.ts';

export interface Sending {
  /** Of the question or session that it answers. */
  readonly id: string;
  readonly sessionId: string;
  /** What it answers, in words. */
  readonly about: string;
  /** What is sent, in words. */
  readonly text: string;
}
interface FailedSend extends Sending {
  readonly error: unknown;
}

export const UNDO_MS = 5_000;

/** Sends that can still be taken back, the oldest first. */
export const pendingSends = signal<readonly Sending[]>([]);
export const failedSends = signal<readonly FailedSend[]>([]);
/** What was sent last by this page, by id. */
export const sent = signal<ReadonlyMap<string, Sending>>(new Map());
const cancels = new Map<string, () => void>();

/** Whether somebody else was first, or the question was closed otherwise. */
export const isTooLate = (error: unknown): error is FleetbeatError =>
  error instanceof FleetbeatError && (error.kind === 'question-answered' || error.kind === 'question-closed');

/**
 * Sends after `UNDO_MS`, or at once when the page is hidden: nobody could take it back there, and a closed page sends
 * nothing. An answer cannot be taken back later, because the agent has gone on with it.
 */
export function sendSoon(sending: Sending, send: () => Promise<unknown>): void {
  if (cancels.has(sending.id)) return;
  const finish = () => {
    undoSend(sending.id);
    sent.value = new Map(sent.peek()).set(sending.id, sending);
    send().catch((error: unknown) => {
      signOutOnUnauthorized(error);
      const others = new Map(sent.peek());
      others.delete(sending.id);
      sent.value = others;
      failedSends.value = [...failedSends.peek(), { ...sending, error }];
    });
  };
  const onHide = () => {
    if (document.hidden) finish();
  };
  const timer = setTimeout(finish, UNDO_MS);
  document.addEventListener('visibilitychange', onHide);
  cancels.set(sending.id, () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onHide);
  });
  pendingSends.value = [...pendingSends.peek(), sending];
}

/** Takes it back. */
export function undoSend(id: string): void {
  cancels.get(id)?.();
  cancels.delete(id);
  pendingSends.value = pendingSends.peek().filter((each) => each.id !== id);
}

export function dismissFailure(failure: FailedSend): void {
  failedSends.value = failedSends.peek().filter((each) => each !== failure);
}

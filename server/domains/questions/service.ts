/**
 * Asks, answers and closes questions, each in one transaction. Locks the session before the question, so that questions change
 * their session one at a time and the second of two concurrent answers sees the first.
 * Lock order: account (if sessions are limited), session, question, event counter.
 */
import { v7 as timeOrderedId } from 'uuid';
import type { Clock } from '../../platform/clock.ts';
import { formatInstant, SECOND } from '../../platform/clock.ts';
import type { CredentialWatch } from '../../platform/credentials/credential-watch.ts';
import type { PageRequest } from '../../platform/database/paginate.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import type { AccountCaps } from '../../platform/limits/account-caps.ts';
import { isAdmin, type Principal } from '../../platform/principal.ts';
import { recordAuditEntry } from '../audit/index.ts';
import {
  CURRENT_SESSION_ALIAS,
  lockSession,
  type SessionRow,
  type SessionService,
  setSessionStatus,
} from '../sessions/index.ts';
import { Question, type QuestionRow } from './entity.ts';
import {
  findDueQuestions,
  findNewestOpen,
  findQuestion,
  listQuestions,
  lockQuestion,
  type QuestionKey,
} from './queries.ts';
import {
  applyAnswer,
  type ClosedState,
  closeQuestion,
  effectiveState,
  newQuestion,
  type QuestionAnswer,
  type QuestionAsk,
  requireOpen,
  sessionAfterClosing,
} from './rules.ts';
import type { QuestionWaiters } from './waiters.ts';

const CLOSING_PAGE_SIZE = 200;

interface QuestionServiceDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly sessions: SessionService;
  readonly waiters: QuestionWaiters;
  readonly credentials: CredentialWatch;
  readonly caps: AccountCaps;
}

export class QuestionService {
  constructor(private readonly deps: QuestionServiceDeps) {}

  /**
   * Opens a question and blocks its session, with the title as status. Throws `session-not-found`, `forbidden`,
   * `session-superseded`, `session-not-live`, `session-limit-reached`, `account-limit-reached`, `invalid-request`.
   */
  ask(principal: Principal, ask: QuestionAsk): Promise<QuestionRow> {
    const questionId = timeOrderedId();
    const { sessionId = CURRENT_SESSION_ALIAS } = ask;
    return this.deps.store.write(async (transaction) => {
      const { before, after } = await this.deps.sessions.block(transaction, principal, sessionId, ask.title);
      const { accountId, programId } = after;
      const earlier = await findNewestOpen(transaction.manager, accountId, after.sessionId);
      // The session is already blocked if another question is open, so the state to restore is taken from that question.
      const previous = earlier ?? { previousState: before.state, previousStatus: before.status };
      const owner = { accountId, questionId, sessionId: after.sessionId, programId };
      const { previousState, previousStatus } = previous;
      const now = this.deps.clock.now();
      await this.deps.caps.require(transaction.manager, 'openQuestions', accountId, now);
      const question = newQuestion(owner, ask, { previousState, previousStatus }, now);
      await transaction.manager.insert(Question, question);
      appendQuestionEvent(transaction, 'question.asked', question, question.createdAt);
      return question;
    });
  }

  /**
   * Returns one question as soon as it is closed, or after `waitSeconds`. Throws `question-not-found`, and `unauthenticated`
   * within two seconds when the caller's credential ends meanwhile.
   */
  async get(principal: Principal, questionId: string, waitSeconds: number): Promise<QuestionRow> {
    const question = await this.#find(principal, questionId);
    if (question.state !== 'open' || waitSeconds === 0) return question;
    const waitMs = Math.min(waitSeconds * SECOND, question.expiresAt - this.deps.clock.now());
    return this.deps.credentials.run(principal, async (ended) => {
      await this.deps.waiters.wait(question, waitMs, ended);
      return this.#find(principal, questionId);
    });
  }

  /** A page of the questions visible to the caller, newest first. */
  list(
    principal: Principal,
    { state, programId, ...page }: PageRequest & { state: QuestionRow['state'] | 'all'; programId: string | undefined },
  ) {
    const { accountId } = principal;
    const ownProgramId = principal.role === 'program' ? (principal.programId ?? '') : undefined;
    if (ownProgramId !== undefined && programId !== undefined && programId !== ownProgramId)
      return Promise.resolve({ questions: [], nextCursor: null });
    const filter = { accountId, state, programId: ownProgramId ?? programId, now: this.deps.clock.now(), ...page };
    return this.deps.store.read((manager) => listQuestions(manager, filter));
  }

  /** Stores the first answer; later ones are refused. Throws `question-not-found`, `question-answered`, `question-closed`, `invalid-request`. */
  answer(principal: Principal, questionId: string, answer: QuestionAnswer): Promise<QuestionRow> {
    return this.#close(principal, questionId, async (transaction, question, now) => {
      requireOpen(question, formatInstant);
      const answered = applyAnswer(question, answer, principal.label ?? principal.keyId, now);
      const detail = answered.answerOption === null ? 'in free text' : `option ${answered.answerOption}`;
      await recordAuditEntry(
        transaction.manager,
        principal,
        { action: 'answerQuestion', subject: questionId, detail },
        now,
      );
      return answered;
    });
  }

  /** Withdraws a question. Idempotent. Throws `question-not-found`, `question-answered`, `question-closed`. */
  withdraw(principal: Principal, questionId: string): Promise<QuestionRow> {
    return this.#close(principal, questionId, async (transaction, question, now) => {
      if (question.state === 'withdrawn') return question;
      requireOpen(question, formatInstant);
      if (principal.programId !== question.programId)
        await recordAuditEntry(
          transaction.manager,
          principal,
          { action: 'withdrawQuestion', subject: questionId },
          now,
        );
      return closeQuestion(question, 'withdrawn', now);
    });
  }

  /** Closes expired questions and those whose session has ended, page by page. Stops early when `renew` resolves to false. */
  async closeDue(renew: () => Promise<boolean>): Promise<void> {
    for (;;) {
      const now = this.deps.clock.now();
      const due = await this.deps.store.read((manager) => findDueQuestions(manager, now, CLOSING_PAGE_SIZE));
      for (const key of due) await this.deps.store.write((transaction) => this.#closeLocked(transaction, key, null));
      if (due.length < CLOSING_PAGE_SIZE || !(await renew())) return;
    }
  }

  async #find(principal: Principal, questionId: string): Promise<QuestionRow> {
    const key = { accountId: principal.accountId, questionId };
    const question = await this.deps.store.read((manager) => findQuestion(manager, key, this.deps.clock.now()));
    return requireVisible(principal, questionId, question);
  }

  async #close(
    principal: Principal,
    questionId: string,
    decide: (transaction: Transaction, question: QuestionRow, now: number) => Promise<QuestionRow>,
  ): Promise<QuestionRow> {
    const key = { accountId: principal.accountId, questionId };
    return this.deps.store.write(async (transaction) => {
      const found = await transaction.manager.findOneBy(Question, key);
      requireVisible(principal, questionId, found);
      return (await this.#closeLocked(transaction, key, decide)) ?? requireVisible(principal, questionId, null);
    });
  }

  /** Locks session and question, and stores the result of `decide`. With null it only stores the effective state. */
  async #closeLocked(
    transaction: Transaction,
    key: QuestionKey,
    decide: ((transaction: Transaction, question: QuestionRow, now: number) => Promise<QuestionRow>) | null,
  ): Promise<QuestionRow | null> {
    const found = await transaction.manager.findOneBy(Question, { ...key });
    if (!found) return null;
    const session = await lockSession(transaction, key.accountId, found.sessionId);
    const stored = await lockQuestion(transaction, key);
    if (!stored) return null;
    const now = this.deps.clock.now();
    const state = effectiveState(stored, session, now);
    const current =
      state === stored.state || state === 'open' ? stored : closeQuestion(stored, toClosedState(state), now);
    const after = decide ? await decide(transaction, current, now) : current;
    if (after === stored || stored.state !== 'open') return after;
    const { accountId: _account, questionId: _question, ...fields } = after;
    await transaction.manager.update(Question, { ...key }, fields);
    appendQuestionEvent(transaction, `question.${after.state as ClosedState}`, after, now);
    if (session) await this.#restoreSession(transaction, session, after, now);
    return after;
  }

  /** Restores the session's earlier state, or shows its newest open question. An ended session is not changed. */
  async #restoreSession(
    transaction: Transaction,
    session: SessionRow,
    closed: QuestionRow,
    now: number,
  ): Promise<void> {
    if (session.state === 'complete' || session.archived || session.successor !== null) return;
    const newestOpen = await findNewestOpen(transaction.manager, session.accountId, session.sessionId);
    const change = sessionAfterClosing(session, closed, newestOpen);
    if (change) await setSessionStatus(transaction, session, change, now);
  }
}

const toClosedState = (state: QuestionRow['state']): 'withdrawn' | 'expired' =>
  state === 'expired' ? 'expired' : 'withdrawn';

/** Returns the question if it is visible to the caller: programs see only their own. Throws `question-not-found`. */
function requireVisible(principal: Principal, questionId: string, question: QuestionRow | null): QuestionRow {
  const seesAll = isAdmin(principal) || principal.role === 'auditor';
  if (question && (seesAll || question.programId === principal.programId)) return question;
  throw new Fault('question-not-found', `No question '${questionId}' of this program.`);
}

function appendQuestionEvent(
  transaction: Transaction,
  type: 'question.asked' | `question.${ClosedState}`,
  { accountId, questionId, sessionId, programId, kind, title, answerOption, answeredBy }: QuestionRow,
  now: number,
): void {
  const answer = type === 'question.answered' ? { option: answerOption, answeredBy } : {};
  const data = { questionId, kind, title, ...answer };
  appendEvents(transaction, accountId, now, [{ type, programId, sessionId, data }]);
}

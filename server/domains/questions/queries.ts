/** Queries for questions: one, a page, those due to be closed. */
import { type EntityManager, In } from 'typeorm';
import { type PageRequest, paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { Session } from '../sessions/index.ts';
import { Question, type QuestionRow } from './entity.ts';
import { effectiveQuestion } from './rules.ts';

export interface QuestionKey {
  readonly accountId: string;
  readonly questionId: string;
}

/** The question with its effective state; null when it does not exist. */
export async function findQuestion(manager: EntityManager, key: QuestionKey, now: number): Promise<QuestionRow | null> {
  const question = await manager.findOneBy(Question, key);
  if (question?.state !== 'open') return question;
  const { accountId, sessionId } = question;
  return effectiveQuestion(question, await manager.findOneBy(Session, { accountId, sessionId }), now);
}

/** The stored row, locked until the transaction ends. Lock its session first to avoid deadlocks. */
export const lockQuestion = ({ manager, forUpdate }: Transaction, { accountId, questionId }: QuestionKey) =>
  forUpdate(
    manager
      .createQueryBuilder(Question, 'question')
      .where('question.accountId = :accountId AND question.questionId = :questionId', { accountId, questionId }),
  ).getOne();

/** The most recent open question of a session. */
export const findNewestOpen = (manager: EntityManager, accountId: string, sessionId: string) =>
  manager.findOne(Question, {
    where: { accountId, sessionId, state: 'open' },
    order: { createdAt: 'DESC', questionId: 'DESC' },
  });

export interface QuestionFilter extends PageRequest {
  readonly accountId: string;
  readonly state: QuestionRow['state'] | 'all';
  readonly programId: string | undefined;
  readonly now: number;
}

/**
 * One page, newest first, filtered by effective state. Rows whose stored state differs are dropped after the query, so a page
 * may be shorter than its limit even if more follow.
 */
export async function listQuestions(manager: EntityManager, filter: QuestionFilter) {
  const { accountId, state, programId, now } = filter;
  const query = manager
    .createQueryBuilder(Question, 'question')
    .where('question.accountId = :accountId', { accountId });
  // Withdrawn and expired questions are stored as open until the closing job runs.
  const storedStates = state === 'withdrawn' || state === 'expired' ? [state, 'open'] : [state];
  if (state !== 'all') query.andWhere('question.state IN (:...storedStates)', { storedStates });
  if (programId !== undefined) query.andWhere('question.programId = :programId', { programId });
  const { page, nextCursor } = await paginateNewestFirst(query, ['createdAt', 'questionId'], filter);
  const sessionIds = [...new Set(page.filter((row) => row.state === 'open').map((row) => row.sessionId))];
  const sessions = sessionIds.length > 0 ? await manager.findBy(Session, { accountId, sessionId: In(sessionIds) }) : [];
  const sessionById = new Map(sessions.map((session) => [session.sessionId, session]));
  const questions = page
    .map((row) => effectiveQuestion(row, sessionById.get(row.sessionId) ?? null, now))
    .filter((row) => state === 'all' || row.state === state);
  return { questions, nextCursor };
}

/** Up to `limit` open questions that have expired or whose session has ended. */
export async function findDueQuestions(manager: EntityManager, now: number, limit: number): Promise<QuestionKey[]> {
  return manager.query<QuestionKey[]>(
    `SELECT q.accountId AS accountId, q.questionId AS questionId FROM questions q
     LEFT JOIN sessions s ON s.accountId = q.accountId AND s.sessionId = q.sessionId
     WHERE q.state = 'open' AND
       (q.expiresAt <= ? OR s.sessionId IS NULL OR s.archived = 1 OR s.state = 'complete' OR s.successor IS NOT NULL)
     ORDER BY q.expiresAt LIMIT ${limit}`,
    [now],
  );
}

/** The ids of the given questions that are no longer stored as open. */
export async function findClosedQuestions(
  manager: EntityManager,
  accountId: string,
  questionIds: readonly string[],
): Promise<string[]> {
  const rows = await manager
    .createQueryBuilder(Question, 'question')
    .select('question.questionId', 'questionId')
    .where('question.accountId = :accountId AND question.questionId IN (:...questionIds)', { accountId, questionIds })
    .andWhere("question.state <> 'open'")
    .getRawMany<{ questionId: string }>();
  return rows.map((row) => row.questionId);
}

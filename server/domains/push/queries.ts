/** Queries of push subscriptions. */
import { type EntityManager, In } from 'typeorm';
import { Event, EventCounter, type EventRow } from '../../platform/events/entity.ts';
import { Question } from '../questions/index.ts';
import { PushSubscription, type PushSubscriptionRow } from './entity.ts';
import { type AskedQuestion, MAX_AHEAD_MS, PUSH_TYPES } from './rules.ts';

const MAX_DUE = 1_000;
/** The newest events of a burst: they become one notification, which names their sessions. */
const MAX_EVENTS = 200;

/** Subscriptions that may be sent something, with events behind the last one that was considered. */
export const findDue = (manager: EntityManager, now: number): Promise<PushSubscriptionRow[]> =>
  manager
    .createQueryBuilder(PushSubscription, 'subscription')
    .innerJoin(EventCounter.options.name, 'counter', 'counter.accountId = subscription.accountId')
    .where('counter.seq > subscription.seenSeq')
    .andWhere('(subscription.nextAt <= :now OR subscription.nextAt > :ahead)', { now, ahead: now + MAX_AHEAD_MS })
    .orderBy('subscription.nextAt', 'ASC')
    .limit(MAX_DUE)
    .getMany();

export interface NewEvents {
  /** Every event up to this number was looked at. */
  readonly latest: number;
  /** In their order. */
  readonly events: readonly EventRow[];
}

export async function findNewEvents(manager: EntityManager, accountId: string, seenSeq: number): Promise<NewEvents> {
  // Read first: every event up to this number is visible below.
  const latest = (await manager.findOneBy(EventCounter, { accountId }))?.seq ?? 0;
  const events = await manager
    .createQueryBuilder(Event, 'event')
    .where('event.accountId = :accountId AND event.seq > :seenSeq AND event.seq <= :latest', {
      accountId,
      seenSeq,
      latest,
    })
    .andWhere('event.type IN (:...types)', { types: PUSH_TYPES })
    .orderBy('event.seq', 'DESC')
    .limit(MAX_EVENTS)
    .getMany();
  return { latest, events: events.toReversed() };
}

/** Those of the asked questions that are still open. */
export async function findOpenQuestions(
  manager: EntityManager,
  accountId: string,
  events: readonly EventRow[],
  now: number,
): Promise<ReadonlyMap<string, AskedQuestion>> {
  const questionIds = events.flatMap(({ type, data }) =>
    type === 'question.asked' && 'questionId' in data ? [String(data.questionId)] : [],
  );
  if (questionIds.length === 0) return new Map();
  const rows = await manager.findBy(Question, { accountId, questionId: In(questionIds), state: 'open' });
  return new Map(rows.filter(({ expiresAt }) => expiresAt > now).map((row) => [row.questionId, row]));
}

/** Every table's entity. */

import { Account } from './accounts/entity.ts';
import { Audit } from './audit/entity.ts';
import { Event, EventCounter } from './platform/events/entity.ts';
import { KeptAnswer } from './platform/idempotency/entity.ts';
import { Lease } from './platform/jobs/lease.ts';
import { Key } from './keys/entity.ts';
import { Delivery, Message } from './messages/entity.ts';
import { Program } from './programs/entity.ts';
import { Session } from './sessions/entity.ts';
import { MassSilence } from './sessions/mass-silence.ts';
import { SessionChange } from './sessions/timeline.ts';
import { WebSession } from './sign-in/entity.ts';
import { Pattern, State } from './state/entity.ts';
import { PatternUndo, StateVersion } from './state/history.ts';
import { Task } from './tasks/entity.ts';
import { Webhook, WebhookDelivery } from './webhooks/entity.ts';

export const entities = [
  Account,
  Program,
  Key,
  WebSession,
  Session,
  SessionChange,
  MassSilence,
  State,
  Pattern,
  StateVersion,
  PatternUndo,
  Task,
  Message,
  Delivery,
  Event,
  EventCounter,
  Audit,
  KeptAnswer,
  Webhook,
  WebhookDelivery,
  Lease,
];

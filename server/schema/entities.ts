/** Every table's entity. */

import { Account } from '../domains/accounts/entity.ts';
import { Audit } from '../domains/audit/entity.ts';
import { Key } from '../domains/keys/entity.ts';
import { Delivery, Message } from '../domains/messages/entity.ts';
import { Program } from '../domains/programs/entity.ts';
import { Session } from '../domains/sessions/entity.ts';
import { MassSilence } from '../domains/sessions/mass-silence.ts';
import { SessionChange } from '../domains/sessions/timeline.ts';
import { WebSession } from '../domains/sign-in/entity.ts';
import { Pattern, State } from '../domains/state/entity.ts';
import { PatternUndo, StateVersion } from '../domains/state/history.ts';
import { Task } from '../domains/tasks/entity.ts';
import { Webhook, WebhookDelivery } from '../domains/webhooks/entity.ts';
import { Event, EventCounter } from '../platform/events/entity.ts';
import { StoredResponse } from '../platform/idempotency/entity.ts';
import { Lease } from '../platform/jobs/lease.ts';

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
  StoredResponse,
  Webhook,
  WebhookDelivery,
  Lease,
];

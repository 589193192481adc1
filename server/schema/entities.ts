/** The entities of all tables. */
import { Account } from '../domains/accounts/index.ts';
import { Audit } from '../domains/audit/index.ts';
import { ObservedDay, ProgramActivity } from '../domains/fleet/index.ts';
import { Invitation } from '../domains/invitations/index.ts';
import { Connection, Key } from '../domains/keys/index.ts';
import { Delivery, Message } from '../domains/messages/index.ts';
import { OAuthRecord } from '../domains/oauth/index.ts';
import { Program } from '../domains/programs/index.ts';
import { PushKeys, PushSubscription } from '../domains/push/index.ts';
import { Question } from '../domains/questions/index.ts';
import { MassSilence, Session, SessionChange, SessionHandover } from '../domains/sessions/index.ts';
import { WebSession } from '../domains/sign-in/index.ts';
import { Pattern, PatternUndo, State, StateVersion } from '../domains/state/index.ts';
import { Task } from '../domains/tasks/index.ts';
import { Webhook, WebhookDelivery } from '../domains/webhooks/index.ts';
import { Event, EventCounter } from '../platform/events/entity.ts';
import { StoredResponse } from '../platform/idempotency/entity.ts';
import { Lease } from '../platform/jobs/lease.ts';
import { Uptime } from '../platform/uptime/entity.ts';

export const entities = [
  Account,
  Program,
  Key,
  Connection,
  OAuthRecord,
  WebSession,
  Invitation,
  Session,
  SessionChange,
  SessionHandover,
  MassSilence,
  ProgramActivity,
  ObservedDay,
  State,
  Pattern,
  StateVersion,
  PatternUndo,
  Task,
  Question,
  Message,
  Delivery,
  Event,
  EventCounter,
  Audit,
  StoredResponse,
  Webhook,
  WebhookDelivery,
  PushSubscription,
  PushKeys,
  Lease,
  Uptime,
];

/** The composition root: creates every part with its dependencies, and disposes of them in reverse. */
import type { Express } from 'express';
import { type AdminKey, bootstrap } from './bootstrap.ts';
import type { Config } from './config.ts';
import { CUT_STREAMS, createRateLimits, FAILED_AUTHENTICATIONS } from './counters.ts';
import { errorPage, findGuidePage, PAGE_ASSETS } from './domains/about/index.ts';
import { AccountService } from './domains/accounts/index.ts';
import { AuditService } from './domains/audit/index.ts';
import { FleetHistoryService, FleetService } from './domains/fleet/index.ts';
import { InvitationService, RedemptionService, withdrawOfBrowsers } from './domains/invitations/index.ts';
import { Authenticator, findActiveRoles, KeyCache, KeyService } from './domains/keys/index.ts';
import { MessageService } from './domains/messages/index.ts';
import { Connections, ConsentService, OAuthRecords } from './domains/oauth/index.ts';
import { ProgramService } from './domains/programs/index.ts';
import { openVapidKeys, PushDispatcher, PushService, toContact } from './domains/push/index.ts';
import { QuestionService, QuestionWaiters } from './domains/questions/index.ts';
import { describeCaps } from './domains/retention/index.ts';
import { findLastHeartbeats, readPulsesAfter, SessionService } from './domains/sessions/index.ts';
import { SignInService, WebSessionCache } from './domains/sign-in/index.ts';
import { PatternService, StateHistoryService, StateService, StateTransferService } from './domains/state/index.ts';
import { TaskService } from './domains/tasks/index.ts';
import {
  createDeliverySlots,
  createGuardedFetch,
  createSendOptions,
  Dispatcher,
  WebhookService,
} from './domains/webhooks/index.ts';
import { registerGauges } from './gauges.ts';
import { handlers, preparations } from './handlers.ts';
import type { ExtendDefinition } from './interfaces/mcp/create-server.ts';
import { createLazyEndpoint } from './interfaces/mcp/lazy-endpoint.ts';
import { createOAuthEndpoint } from './interfaces/oauth/endpoint.ts';
import { createJobs } from './jobs.ts';
import { composeOrganisation } from './organisation.ts';
import { type SystemClock, systemClock } from './platform/clock.ts';
import { contract } from './platform/contract.ts';
import { CredentialWatch } from './platform/credentials/credential-watch.ts';
import { openStore } from './platform/database/open.ts';
import { enableNetworkGuard } from './platform/database/transaction.ts';
import { EventService } from './platform/events/service.ts';
import { createApp } from './platform/http/app.ts';
import { startJobs } from './platform/jobs/job-runner.ts';
import { Leases } from './platform/jobs/lease.ts';
import { AccountCaps } from './platform/limits/account-caps.ts';
import { isLoopback } from './platform/limits/address.ts';
import { Limiter } from './platform/limits/limiter.ts';
import { connectRedis } from './platform/limits/redis.ts';
import type { Log } from './platform/log.ts';
import { createBatchObserver, Metrics } from './platform/metrics/metrics.ts';
import { ServiceClock } from './platform/uptime/service-clock.ts';
import { schema } from './schema/index.ts';

export interface AppContext {
  readonly app: Express;
  readonly adminKey: AdminKey;
  /** The code of an invitation that signs a browser in as the operator; null unless the server listens on loopback. */
  createOperatorInvitation(): Promise<string | null>;
  /** Starts the background jobs, until `close`. Call it after listening: no request waits for a job. */
  startJobs(): void;
  /** Ends streaming responses and refuses new ones: the first step of a shutdown. */
  stopStreams(): void;
  close(): Promise<void>;
}

/** The version of the server and of its contract. */
export const version = (contract['info'] as { version: string }).version;

/** Resolves when the database is migrated and the first key exists. `extend` is for the conformance suite. */
export async function createAppContext(
  config: Config,
  log: Log,
  system: SystemClock = systemClock,
  extend?: ExtendDefinition,
): Promise<AppContext> {
  if (config.validateResponses) enableNetworkGuard();
  const store = await openStore(config.databaseUrl, schema, (words) => log.warn(`database: ${words}`));
  let redis: Awaited<ReturnType<typeof connectRedis>> | null = null;
  try {
    const clock = await ServiceClock.open(store, system, config);
    const adminKey = await bootstrap(store, clock, config);
    const vapid = await openVapidKeys(store, clock);
    const keyCache = new KeyCache(store, clock);
    const metrics = new Metrics(log);
    redis = config.redisUrl === '' ? null : await connectRedis(config.redisUrl, log);
    const limits = createRateLimits(new Limiter(redis), config, metrics);
    const webSessions = new WebSessionCache(store, clock, config, keyCache);
    const failures = metrics.counter(FAILED_AUTHENTICATIONS);
    const authenticator = new Authenticator({ keyCache, webSessions, limits, failures, log, freshness: clock });
    const credentials = new CredentialWatch({ keyCache, webSessions });
    const send = createSendOptions({
      clock,
      version,
      allowPrivate: config.allowPrivateWebhooks,
      ports: config.webhookPorts,
      publicUrl: config.publicUrl,
    });
    const slots = createDeliverySlots();
    const dispatcher = new Dispatcher({ store: store.forJobs(), send, slots, log });
    const pushDispatcher = new PushDispatcher({
      store: store.forJobs(),
      send,
      slots: createDeliverySlots(),
      credentials: { keyCache, webSessions },
      vapid,
      contact: toContact(config.publicUrl),
      log,
    });
    const caps = new AccountCaps(describeCaps(config));
    const keys = new KeyService(store, clock, keyCache, caps);
    const access = { store, clock, settings: config, limits, authenticator, keys, keyCache, caps };
    const signIn = new SignInService({ ...access, webSessions, withdrawInvitations: withdrawOfBrowsers });
    const organisation = composeOrganisation(config, { ...access, signIn, log });
    const invitations = new InvitationService(access);
    const sessions = new SessionService(store, clock, config, caps, createBatchObserver(metrics));
    const waiters = new QuestionWaiters(store, log);
    const questions = new QuestionService({ store, clock, sessions, waiters, credentials, caps });
    const connections = new Connections(store, clock, keyCache, caps);
    const records = new OAuthRecords(store, clock, connections);
    const consents = new ConsentService(records, connections);
    const services = {
      consents,
      clock,
      settings: config,
      version,
      organisationSignIn: organisation.path,
      store,
      keyCache,
      accounts: new AccountService(store, clock, keys),
      programs: new ProgramService(store, clock, { findActiveRoles, findLastHeartbeats }, keys),
      keys,
      signIn,
      invitations,
      redemption: new RedemptionService({ ...access, signIn }),
      sessions,
      questions,
      state: new StateService(store, clock),
      tasks: new TaskService(store, clock, config, caps),
      messages: new MessageService(store, clock, caps),
      patterns: new PatternService(store, clock),
      stateHistory: new StateHistoryService(store, clock),
      stateTransfer: new StateTransferService(store, clock),
      fleet: new FleetService(store, clock, config),
      fleetHistory: new FleetHistoryService(store, clock),
      events: new EventService({
        store,
        clock,
        keyCache,
        webSessions,
        readPulsesAfter,
        log,
        slowReaders: metrics.counter(CUT_STREAMS),
      }),
      webhooks: new WebhookService(store, send, slots, credentials),
      push: new PushService(store, send, vapid.publicKey),
      leases: new Leases(store.forJobs(), clock),
      audit: new AuditService(store, clock),
      metrics,
    };
    clock.onDoubt(() => keyCache.clear());
    clock.onDoubt(() => webSessions.clear());
    registerGauges(metrics, services);
    const oauth = createOAuthEndpoint({
      config,
      limits,
      records,
      consents,
      connections,
      log,
      registration: config.clientRegistration,
      fetchDocument: createGuardedFetch(version),
    });
    const allowedHosts =
      config.publicUrl === '' ? config.allowedHosts : [...config.allowedHosts, new URL(config.publicUrl).hostname];
    const mcp = createLazyEndpoint({
      config: { host: config.host, allowedHosts },
      authenticator,
      limits,
      events: services.events,
      log,
      version,
      extend,
      challenge: oauth.challenge,
    });
    const app = createApp({
      ...config,
      handlers,
      preparations,
      services,
      store,
      clock,
      metrics,
      audit: services.audit,
      assets: PAGE_ASSETS,
      findPage: findGuidePage,
      renderProblem: errorPage,
      onCut: services.events.countSlowReader,
      authenticator,
      limits,
      log,
      mcp: mcp.mount,
      oauth: oauth.handle,
      organisationSignIn: organisation.handle,
      allowedHosts,
    });
    let jobs: { stop(): Promise<void> } | undefined;
    return {
      app,
      adminKey,
      createOperatorInvitation: async () => (isLoopback(config.host) ? invitations.createForOperator() : null),
      startJobs() {
        clock.start();
        jobs ??= startJobs(
          createJobs({
            store: store.forJobs(),
            clock,
            settings: config,
            keyCache,
            dispatcher,
            pushDispatcher,
            questions,
          }),
          services.leases,
          log,
        );
      },
      stopStreams() {
        services.events.stop();
        waiters.stop();
      },
      async close() {
        services.events.close();
        waiters.stop();
        await jobs?.stop();
        clock.stop();
        await Promise.all([dispatcher.stop(), pushDispatcher.stop()]);
        // The database may be unavailable; that must not fail the shutdown.
        await keyCache.flushLastUses().catch((error) => log.warn({ err: error }, 'last uses of keys were not stored'));
        await mcp.close();
        redis?.disconnect();
        metrics.close();
        await store.close();
      },
    };
  } catch (error) {
    redis?.disconnect();
    await store.close();
    throw error;
  }
}

/** What the client can do, domain by domain. */
import type { Client, ClientOptions } from 'openapi-fetch';
import type { EventOptions, FleetEvent } from './events.js';
import type { components, operations, paths } from './generated/types.js';

type Schemas = components['schemas'];
type Query<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;

export interface FleetbeatOptions {
  /** Where the server is, for example `http://127.0.0.1:8787`. */
  readonly baseUrl: string;
  /** `fb_<keyId>_<secret>`. A page of the server that has signed in leaves it away: its cookie goes with each request. */
  readonly key?: string;
  /** Without a key: the csrfToken that `signIn` and `me` tell, or a function that has the newest one. */
  readonly csrfToken?: string | (() => string | null);
  /** Another fetch, for example one that retries. */
  readonly fetch?: ClientOptions['fetch'];
}

export interface WriteOptions {
  /** Write only if this is still the version of the state. */
  readonly version?: number;
}

/** Every method resolves with the answer's body, or rejects with a `FleetbeatError` that carries the problem document. */
export interface Fleetbeat {
  readonly sessions: {
    /** Registers a session, or updates the one with its sessionId. */
    create(session: Schemas['SessionCreate']): Promise<Schemas['SessionReport']>;
    /** `current` stands for the program's most recently updated live session. */
    update(sessionId: string, update: Schemas['SessionUpdate']): Promise<Schemas['SessionReport']>;
    get(sessionId: string): Promise<Schemas['Session']>;
    list(query?: Query<'listSessions'>): Promise<Schemas['SessionPage']>;
    /** How a session changed, the newest change first. */
    timeline(sessionId: string, query?: Query<'getSessionTimeline'>): Promise<Schemas['Timeline']>;
  };
  /** Starts a run of a program and gets everything that the last one left behind. */
  boot(programId: string, run: Schemas['BootRequest']): Promise<Schemas['Boot']>;
  readonly fleet: {
    health(): Promise<Schemas['FleetHealth']>;
    /** Lets sessions be archived again after a mass silence. */
    endMassSilence(): Promise<void>;
  };
  readonly state: {
    /** As it is now, or as it was at an instant. */
    read(programId: string, query?: Query<'getProgramState'>): Promise<Schemas['ProgramState']>;
    /** Merges into what is stored; with `version` only when that is still the stored version. */
    update(
      programId: string,
      update: Schemas['ProgramStateUpdate'],
      options?: WriteOptions,
    ): Promise<Schemas['WrittenState']>;
    /** What each write has changed, the newest first. */
    versions(programId: string, query?: Query<'listStateVersions'>): Promise<Schemas['StateVersionPage']>;
    readVersion(programId: string, version: number): Promise<Schemas['ProgramState']>;
    diff(programId: string, from: number, to: number): Promise<Schemas['StateDifference']>;
    /** Makes a new version that is like an earlier one. */
    restore(programId: string, to: Schemas['Restoration'], options?: WriteOptions): Promise<Schemas['WrittenState']>;
    /** The whole state as one document, for `import`. */
    export(programId: string): Promise<Schemas['StateDocument']>;
    import(programId: string, body: Schemas['StateImport'], options?: WriteOptions): Promise<Schemas['WrittenState']>;
  };
  readonly patterns: {
    list(programId: string, query?: Query<'listPatterns'>): Promise<Schemas['PatternPage']>;
    remove(programId: string, patternId: string, options?: WriteOptions & { sessionId?: string }): Promise<void>;
    reinforce(
      programId: string,
      patternId: string,
      how?: Schemas['Reinforcement'],
      options?: WriteOptions,
    ): Promise<Schemas['WrittenPattern']>;
    promote(
      programId: string,
      patternId: string,
      how?: Schemas['Promotion'],
      options?: WriteOptions,
    ): Promise<Schemas['WrittenPattern']>;
    setStatus(
      programId: string,
      patternId: string,
      status: Schemas['PatternStatusChange'],
      options?: WriteOptions,
    ): Promise<Schemas['WrittenPattern']>;
  };
  readonly tasks: {
    /** Gives work to a program, or with the target `*` to whichever claims it first. */
    create(task: Schemas['TaskCreate']): Promise<Schemas['Task']>;
    /** The most urgent first, then the oldest; pending ones unless the query says otherwise. */
    list(query?: Query<'listTasks'>): Promise<Schemas['TaskPage']>;
    get(taskId: string): Promise<Schemas['Task']>;
    /** Takes a task for a session, by default the program's current one. */
    claim(taskId: string, sessionId?: string): Promise<Schemas['Task']>;
    /** Gives a claimed task back unfinished; with `sessionId` only if that session has it. */
    release(taskId: string, sessionId?: string): Promise<Schemas['Task']>;
    complete(taskId: string, completion: Schemas['TaskCompletion']): Promise<Schemas['Task']>;
  };
  readonly messages: {
    /** Sends a message to a program, or with `to` `*` to every other one. */
    send(message: Schemas['MessageSend']): Promise<Schemas['SentMessage']>;
    /** The inbox, the oldest message first; unread ones unless the query says otherwise. Reading does not consume. */
    list(query?: Query<'listMessages'>): Promise<Schemas['MessagePage']>;
    /** What the program has sent, the newest first. */
    sent(query?: Query<'listSentMessages'>): Promise<Schemas['SentMessagePage']>;
    /** Marks a message of the inbox as dealt with. */
    acknowledge(messageId: string, query?: Query<'acknowledgeMessage'>): Promise<Schemas['Message']>;
  };
  readonly keys: {
    create(key: Schemas['KeyCreate']): Promise<Schemas['NewKey']>;
    list(query?: Query<'listKeys'>): Promise<Schemas['KeyPage']>;
    revoke(keyId: string): Promise<void>;
    /** Replaces a key; the old one lives for 30 more seconds. */
    rotate(keyId: string): Promise<Schemas['NewKey']>;
  };
  readonly programs: {
    list(query?: Query<'listPrograms'>): Promise<Schemas['ProgramPage']>;
    update(programId: string, update: Schemas['ProgramUpdate']): Promise<Schemas['Program']>;
  };
  readonly accounts: {
    create(account: Schemas['AccountCreate']): Promise<Schemas['NewAccount']>;
    list(query?: Query<'listAccounts'>): Promise<Schemas['AccountPage']>;
    update(accountId: string, update: Schemas['AccountUpdate']): Promise<Schemas['Account']>;
  };
  /**
   * What happens in the account, each event once and in order. It reconnects by itself and goes on where it was; it ends
   * with its `signal`, or when the loop over it is left.
   */
  events(options?: EventOptions): AsyncGenerator<FleetEvent, void, undefined>;
  readonly webhooks: {
    /** The secret is in this answer and nowhere else. */
    create(webhook: Schemas['WebhookCreate']): Promise<Schemas['NewWebhook']>;
    list(query?: Query<'listWebhooks'>): Promise<Schemas['WebhookPage']>;
    get(webhookId: string): Promise<Schemas['Webhook']>;
    update(webhookId: string, update: Schemas['WebhookUpdate']): Promise<Schemas['Webhook']>;
    remove(webhookId: string): Promise<void>;
    /** Replaces the secret; the old one signs too for 24 hours. */
    rotate(webhookId: string): Promise<Schemas['NewWebhook']>;
    /** Sends a delivery now and tells what became of it. */
    test(webhookId: string): Promise<Schemas['WebhookDelivery']>;
    deliveries(webhookId: string, query?: Query<'listWebhookDeliveries'>): Promise<Schemas['WebhookDeliveryPage']>;
  };
  readonly audit: { list(query?: Query<'listAudit'>): Promise<Schemas['AuditPage']> };
  /** Who the key is. */
  me(): Promise<Schemas['Me']>;
  /** Trades a key or a one-time link for a cookie, in a page of the server. */
  signIn(by: { readonly key: string } | { readonly link: string }): Promise<Schemas['SignedIn']>;
  /** Ends the web session of this page's cookie. */
  signOut(): Promise<void>;
  /** Ends all web sessions of the key, or of the account; tells how many. */
  signOutEverywhere(scope?: 'key' | 'account'): Promise<Schemas['SignedOut']>;
  /** Every path of the contract, typed; problems are returned and not thrown (openapi-fetch). */
  readonly api: Client<paths>;
}

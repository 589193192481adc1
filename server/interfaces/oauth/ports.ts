/** What the OAuth endpoints need of the rest of the server: implemented by the domain oauth. */
export type Payload = Readonly<Record<string, unknown>>;

export interface Records {
  /** `expiresIn` in seconds. An `AccessToken` becomes a key. Throws a Fault when its connection has ended. */
  upsert(model: string, id: string, payload: Payload, expiresIn: number | undefined): Promise<void>;
  find(model: string, id: string): Promise<Payload | undefined>;
  /** False when it was used already; then the whole connection was ended. */
  consume(model: string, id: string): Promise<boolean>;
  destroy(model: string, id: string): Promise<void>;
  revokeGrant(grantId: string, cause: string): Promise<void>;
}

export interface Consents {
  /** What a person has consented to, once; null for a ticket that is not this request's and client's. */
  redeem(requestId: string, clientId: string, ticket: string): Promise<{ subject: string; role: string } | null>;
}

export interface Subjects {
  /** The connection of a subject while it lasts, and until when, in milliseconds; null afterwards. */
  find(subject: string): Promise<{ readonly expiresAt: number } | null>;
}

export interface ProviderOptions {
  readonly records: Records;
  readonly consents: Consents;
  readonly connections: Subjects;
  /** Reads the metadata document of a client, guarded against addresses that are not public. */
  readonly fetchDocument: (url: string | URL) => Promise<Response>;
  /** Whether clients may register themselves (RFC 7591). */
  readonly registration: boolean;
  readonly log: {
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

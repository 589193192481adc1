/** The consent of a person: who asks to be let in, and as what it is. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, SECOND } from '../../platform/clock.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { generateKey, hashSecret } from '../../platform/secret.ts';
import type { ConnectionRow } from '../keys/index.ts';
import { type Connections, formatSubject } from './connections.ts';
import type { OAuthRecords, Payload } from './records.ts';
import { type Approval, listOfferedRoles, requireOffered } from './rules.ts';

/** What the protocol remembers of a request that waits for consent, as far as it is read here. */
interface WaitingRequest {
  readonly exp: number;
  readonly params: { readonly client_id: string; readonly redirect_uri: string; readonly scope?: string };
  readonly prompt: { readonly details: { readonly clientName?: string | null } };
}

export class ConsentService {
  constructor(
    private readonly records: OAuthRecords,
    private readonly connections: Connections,
  ) {}

  /** Throws `authorization-request-not-found`, `forbidden`. */
  async get(principal: Principal, requestId: string): Promise<components['schemas']['AuthorizationRequest']> {
    const { exp, params, prompt } = await this.#find(principal, requestId);
    return {
      clientId: params.client_id,
      clientName: prompt.details.clientName ?? null,
      clientHost: params.client_id.startsWith('https://') ? new URL(params.client_id).host : null,
      redirectHost: describeRedirect(params.redirect_uri),
      roles: listOfferedRoles(principal, params.scope ?? ''),
      programId: principal.role === 'program' ? principal.programId : null,
      expiresAt: formatInstant(exp * SECOND),
    };
  }

  /**
   * Lets the client in. Resolves with the ticket with which the browser goes on: it is good once, for this request, and
   * the finishing page takes it only from the browser that the client has sent. Throws as `get` and `Connections.create`.
   */
  async approve(principal: Principal, requestId: string, approval: Approval): Promise<string> {
    const { params, prompt } = await this.#find(principal, requestId);
    requireOffered(principal, params.scope ?? '', approval);
    const { secret } = generateKey();
    const row = await this.connections.create(principal, approval, {
      clientId: params.client_id,
      clientName: prompt.details.clientName ?? null,
      ticketHash: hashTicket(requestId, secret),
    });
    return `${formatSubject(row)}/${secret}`;
  }

  /** The connection of a ticket, once; null for a ticket that is used, old, or of another request or client. */
  async redeem(
    requestId: string,
    clientId: string,
    ticket: string,
  ): Promise<{ subject: string; role: string; connection: ConnectionRow } | null> {
    const [accountId = '', connectionId = '', secret = ''] = ticket.split('/');
    const connection = await this.connections.redeem(accountId, connectionId, hashTicket(requestId, secret));
    if (connection?.clientId !== clientId) return null;
    await this.records.keepClient(clientId, connection.expiresAt);
    return { subject: formatSubject(connection), role: connection.role, connection };
  }

  async #find({ web }: Principal, requestId: string): Promise<WaitingRequest> {
    const found: Payload | undefined = await this.records.find('Interaction', requestId);
    if (!found) throw new Fault('authorization-request-not-found', 'This request has ended, or was never made.');
    if (!web) throw new Fault('forbidden', 'Consent is given by a person who is signed in, in a browser.');
    return found as unknown as WaitingRequest;
  }
}

const hashTicket = (requestId: string, secret: string): string => hashSecret(`${requestId} ${secret}`);

/** A host, or the scheme of an app: `127.0.0.1:3000`, `cursor:`. */
function describeRedirect(redirectUri: string): string {
  const { protocol, host } = new URL(redirectUri);
  return (/^https?:$/.test(protocol) ? host : protocol).slice(0, 255);
}

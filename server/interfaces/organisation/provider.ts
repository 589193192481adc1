/**
 * The organisation's OpenID provider, by openid-client: discovery, authorization code with PKCE, state and nonce. Id tokens are
 * verified by the provider's published keys even though they come over its own connection.
 */
import * as client from 'openid-client';
import type { OrganisationSettings } from './settings.ts';

export interface Challenge {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const TIMEOUT_SECONDS = 10;
/** How far the clocks may differ. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** A provider may move its endpoints; its keys are refreshed by the library. */
const DISCOVERY_MAX_AGE_MS = 3_600_000;

export class OrganisationProvider {
  #discovered: { readonly at: number; readonly configuration: Promise<client.Configuration> } | null = null;

  constructor(private readonly settings: OrganisationSettings) {}

  /** Where to send the browser. Throws when the provider cannot be reached. */
  async begin(redirectUri: string): Promise<{ readonly challenge: Challenge; readonly address: string }> {
    const challenge = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const address = client.buildAuthorizationUrl(await this.#configure(), {
      redirect_uri: redirectUri,
      scope: this.settings.scope,
      state: challenge.state,
      nonce: challenge.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(challenge.verifier),
      code_challenge_method: 'S256',
    });
    return { challenge, address: address.href };
  }

  /** The claims of the person who came back at `address`. Throws for whatever is not exactly as it should be. */
  async finish(address: URL, { state, nonce, verifier }: Challenge): Promise<Readonly<Record<string, unknown>>> {
    const tokens = await client.authorizationCodeGrant(await this.#configure(), address, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('There is no id token in the answer');
    return claims;
  }

  #configure(): Promise<client.Configuration> {
    const now = performance.now();
    if (this.#discovered && now - this.#discovered.at < DISCOVERY_MAX_AGE_MS) return this.#discovered.configuration;
    const configuration = this.#discover();
    this.#discovered = { at: now, configuration };
    configuration.catch(() => {
      this.#discovered = null;
    });
    return configuration;
  }

  async #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    // The setting allows http for loopback only.
    const insecure = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    const options = { execute: insecure, timeout: TIMEOUT_SECONDS };
    const found = await client.discovery(new URL(issuer), clientId, undefined, client.None(), options);
    const methods = found.serverMetadata().token_endpoint_auth_methods_supported;
    const authenticate = methods?.includes('client_secret_post') ? client.ClientSecretPost : client.ClientSecretBasic;
    const configuration = new client.Configuration(
      found.serverMetadata(),
      clientId,
      { [client.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
      clientSecret === '' ? client.None() : authenticate(clientSecret),
    );
    configuration.timeout = TIMEOUT_SECONDS;
    for (const allow of insecure) allow(configuration);
    client.enableNonRepudiationChecks(configuration);
    return configuration;
  }
}

/**
 * The scenarios for authorization servers. The suite waits for a person with a browser: this one signs in with a key, consents
 * and goes on to the suite's callback, over plain HTTP.
 */
import { createServer } from 'node:net';
import { createFlow, registerClient } from '../support/oauth-flow.ts';

export interface AuthorizationRun {
  /** The arguments of the suite's command. */
  readonly args: readonly string[];
  /** Called with what the suite has printed so far; once it names the address to open, the person does so. */
  onOutput(output: string): void;
  /** What went wrong in the browser; null when nothing did. */
  failure(): string | null;
}

/** Prepares a run against the authorization server at `url`, whose person holds this key. */
export async function prepareAuthorizationRun(
  url: string,
  key: string,
  specVersion: string,
): Promise<AuthorizationRun> {
  const port = await findFreePort();
  const registered = await registerClient(url, {
    client_name: 'Conformance suite',
    redirect_uris: [`http://127.0.0.1:${port}/callback`],
  });
  const { client_id: clientId } = JSON.parse(registered.text) as { client_id: string };
  let isOpened = false;
  let failure: string | null = null;
  return {
    args: [
      ...['authorization', '--url', url, '--client-id', clientId, '--resource', `${url}/mcp`],
      ...['--port', String(port), '--spec-version', specVersion],
    ],
    onOutput(output) {
      const address = /^(http\S+\/oauth\/authorize\?\S+)$/m.exec(output)?.[1];
      if (isOpened || address === undefined || !output.includes('Waiting up to')) return;
      isOpened = true;
      consent(url, key, clientId, address).catch(async (error: unknown) => {
        failure = String(error);
        // Or the suite would wait for five minutes.
        await fetch(`http://127.0.0.1:${port}/callback?error=no_consent`).catch(() => undefined);
      });
    },
    failure: () => failure,
  };
}

async function consent(url: string, key: string, clientId: string, address: string): Promise<void> {
  const { browser, requestId, approve } = await createFlow(url, key, clientId);
  // The suite asks for no scope, and who asks for none gets the least.
  const approval = await approve(requestId(await browser.get(address)), { role: 'program', programId: 'conformance' });
  if (approval.status !== 200) throw new Error(`No consent: ${approval.status} ${approval.text}`);
  const { continueAt } = JSON.parse(approval.text) as { continueAt: string };
  const finished = await browser.get(continueAt);
  const resumed = await browser.get(String(finished.headers['location']));
  const callback = await fetch(String(resumed.headers['location']));
  if (!callback.ok) throw new Error(`The suite's callback answered ${callback.status}`);
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Trades an invitation for the key of a program. */
import type { Call } from '../call.ts';
import { EXIT, Failure } from '../exit.ts';
import { type SelectedProgram, saveConnection } from './program.ts';
import type { AgentLocation } from './targets.ts';

/** A link as the dashboard shows it, or the code alone. */
interface ParsedInvitation {
  /** Null for a code alone: then the server is that of the settings. */
  readonly url: string | null;
  readonly code: string;
}

/** Reads `http://127.0.0.1:8787/#link=<code>`, or `<code>`. */
export function parseInvitation(text: string): ParsedInvitation {
  if (!text.includes('/')) return { url: null, code: text.trim() };
  const url = URL.canParse(text) ? new URL(text) : null;
  const code = /^#link=([\w-]+)$/.exec(url?.hash ?? '')?.[1];
  if (!url || code === undefined || !/^https?:$/.test(url.protocol))
    throw new Failure(
      `This is no invitation: ${text}`,
      EXIT.usage,
      'It is a code, or a link such as http://127.0.0.1:8787/#link=<code>. Put it between quotes',
    );
  return { url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), code };
}

/**
 * The program of an invitation. Its key is stored before anything is asked: a code is good once, so a key that was traded
 * must not get lost when the person says no.
 */
export async function redeemInvitation(call: Call, place: AgentLocation, text: string): Promise<SelectedProgram> {
  const invitation = parseInvitation(text);
  const settings = call.settings();
  const url = invitation.url ?? settings.url;
  if (settings.urlFrom === 'option' && settings.url !== url)
    throw new Failure(`The invitation is for ${url}, and --url says ${settings.url}`, EXIT.usage);
  const fleetbeat = await call.fleetbeat({ url, key: null });
  const { key } = await fleetbeat.invitations.redeem({ code: invitation.code, role: 'program' });
  if (!key?.programId) throw new Failure('The server gave no key of a program', EXIT.failed);
  const choice = { programId: key.programId, url, key: key.key };
  await saveConnection(call, place, choice, {});
  return choice;
}

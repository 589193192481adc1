/**
 * Names the session of the hooks in the calls of a model that names none. Otherwise a model that boots by the tools would
 * open a second session beside the one that has the heartbeats, `current` could be that of another agent, and what names no
 * session is written even after another has taken over.
 */
import { Transform } from 'node:stream';

const TOOLS = [
  'boot_program',
  'update_session',
  'update_program_state',
  'reinforce_pattern',
  'promote_pattern',
  'set_pattern_status',
  'remove_pattern',
  'restore_state',
  'import_state',
  'create_task',
  'claim_task',
  'release_task',
  'complete_task',
  'send_message',
  'acknowledge_message',
  'ask_human',
];

interface ToolCall {
  readonly method?: unknown;
  readonly params?: { readonly name?: unknown; readonly arguments?: Readonly<Record<string, unknown>> | null };
}

/** Passes on messages of JSON-RPC, one in each line. `findSession` is called for each call that names no session. */
export function withSessionArgument(findSession: () => string | null): Transform {
  let rest = '';
  return new Transform({
    decodeStrings: false,
    transform(chunk: Buffer | string, _encoding, done) {
      const lines = `${rest}${chunk.toString()}`.split('\n');
      rest = lines.pop() ?? '';
      done(null, lines.map((line) => `${nameSession(line, findSession)}\n`).join(''));
    },
    flush(done) {
      done(null, rest);
    },
  });
}

/** Anything but such a call stays as it is, to the character; exported for its test. */
export function nameSession(line: string, findSession: () => string | null): string {
  if (!TOOLS.some((tool) => line.includes(tool))) return line;
  try {
    const message = JSON.parse(line.replace(/^\uFEFF/, '')) as ToolCall;
    const { name } = message.params ?? {};
    const given = message.params?.arguments ?? {};
    if (message.method !== 'tools/call' || !TOOLS.includes(String(name)) || (given['sessionId'] ?? null) !== null)
      return line;
    const sessionId = findSession();
    return sessionId === null
      ? line
      : JSON.stringify({ ...message, params: { ...message.params, arguments: { ...given, sessionId } } });
  } catch {
    return line;
  }
}

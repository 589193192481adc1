/** What an agent tells a hook, read from its JSON. Pure; whatever is not what the documentation says counts as not told. */
import type { HookClient } from './lifecycle-events.ts';

/** The fields that mean the same in every agent. */
export interface HookPayload {
  readonly sessionId: string | null;
  /** The folder that the agent works in. */
  readonly folder: string | null;
  readonly transcript: string | null;
  readonly prompt: string | null;
  readonly tool: string | null;
  /** The agent's last words of a turn. */
  readonly answer: string | null;
  /** The question of a notification. */
  readonly question: string | null;
  /** How a session started, why it ended, or what set off a compaction. */
  readonly cause: string | null;
  /** The kind of a notification. */
  readonly kind: string | null;
}

/** Null when it is no JSON object. */
export function parsePayload(text: string, client: HookClient): HookPayload | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const fields = parsed as Readonly<Record<string, unknown>>;
  const getString = (...names: string[]): string | null => {
    const found = names.map((name) => fields[name]).find((value) => typeof value === 'string' && value !== '');
    return (found as string | undefined) ?? null;
  };
  const roots = fields['workspace_roots'];
  const root = Array.isArray(roots) && typeof roots[0] === 'string' ? roots[0] : null;
  const asked = fields['input-messages'];
  const lastAsked = Array.isArray(asked) && typeof asked.at(-1) === 'string' ? (asked.at(-1) as string) : null;
  return {
    // A chat of Cursor keeps its conversation_id when the program restarts; its session_id may change.
    sessionId: client === 'cursor' ? getString('conversation_id', 'session_id') : getString('session_id', 'thread-id'),
    folder: getString('cwd') ?? root,
    transcript: getString('transcript_path', 'agent_transcript_path'),
    prompt: getString('prompt') ?? lastAsked,
    tool: getString('tool_name', 'agent_type', 'subagent_type'),
    answer: getString('last_assistant_message', 'prompt_response', 'last-assistant-message', 'text'),
    question: getString('message', 'title') ?? permissionQuestion(getString('tool_name')),
    cause: getString('source', 'reason', 'trigger', 'status'),
    kind: getString('notification_type'),
  };
}

const permissionQuestion = (tool: string | null) => (tool === null ? null : `May it use ${tool}?`);

/** Ids of sessions as the server takes them (`common.yaml`); `current` means something else there. */
const ID_PATTERN = /^(?!current$)[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;

export const isValidId = (text: string): boolean => ID_PATTERN.test(text);

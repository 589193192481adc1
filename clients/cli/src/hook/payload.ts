/** Reads the JSON that an agent sends to a hook. Pure; a field of another type than documented counts as missing. */

import { withoutByteOrderMark } from './byte-order-mark.ts';
import type { HookClient } from './lifecycle-events.ts';
import { describeToolCall, type Fields, readCommand, readToolCall, type ToolCall } from './tool-call.ts';

/** The fields that mean the same in every agent. */
export interface HookPayload {
  readonly sessionId: string | null;
  /** The folder that the agent works in. */
  readonly folder: string | null;
  readonly transcript: string | null;
  readonly prompt: string | null;
  readonly tool: string | null;
  /** The agent's last message of a turn. */
  readonly answer: string | null;
  /** The question of a notification, or the tool and the command that need a permission. */
  readonly question: string | null;
  /** How a session started, why it ended, or what set off a compaction. */
  readonly cause: string | null;
  /** The command of a tool that runs one. */
  readonly command: string | null;
  /** The tool with its arguments. */
  readonly call: ToolCall | null;
  /** The event as it came. */
  readonly fields: Fields;
  /** The kind of a notification. */
  readonly kind: string | null;
  /** Why a turn ended without an answer. */
  readonly failure: string | null;
  /** The model, where a start names it. */
  readonly model: string | null;
  /** Whether it happened in a subagent. */
  readonly isSubagent: boolean;
  /** Whether the user stopped the tool. */
  readonly isInterrupt: boolean;
}

/** Null when it is no JSON object. */
export function parsePayload(text: string, client: HookClient): HookPayload | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(withoutByteOrderMark(text));
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
    prompt: withoutAddedContext(getString('prompt')) ?? lastAsked,
    tool: getString('tool_name', 'agent_type', 'subagent_type'),
    answer: getString('last_assistant_message', 'prompt_response', 'last-assistant-message', 'text'),
    question: describeToolCall(fields) ?? getString('message', 'title'),
    cause: getString('source', 'reason', 'trigger', 'status'),
    command: readCommand(fields),
    call: readToolCall(fields),
    fields,
    kind: getString('notification_type'),
    failure: getString('error'),
    model: getString('model'),
    isSubagent: getString('agent_id') !== null,
    isInterrupt: fields['is_interrupt'] === true,
  };
}

/**
 * Gemini CLI puts what the start hook added in front of the first prompt. Without cutting it off, the program's memory would
 * become the session's status and then the next run's memory.
 */
const withoutAddedContext = (prompt: string | null): string | null =>
  prompt?.replace(/^\s*<hook_context>[\s\S]*?<\/hook_context>\s*/, '') || null;

/** Session ids that the server accepts (`common.yaml`); `current` has another meaning there. */
const ID_PATTERN = /^(?!current$)[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;

export const isValidId = (text: string): boolean => ID_PATTERN.test(text);

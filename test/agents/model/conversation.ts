/** What the scripted model makes of a request, whichever API it came by. */

/** One message of the conversation. */
export interface ConversationMessage {
  readonly who: 'user' | 'model' | 'other';
  readonly text: string;
  /** How many tools the model called in it. */
  readonly calls: number;
}

export interface OfferedTool {
  readonly name: string;
  /** Codex groups the tools of an MCP server under one. */
  readonly namespace?: string | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

export interface ModelRequest {
  readonly messages: readonly ConversationMessage[];
  readonly tools: readonly OfferedTool[];
}

/** What the model answers with. */
export type Answer =
  | { readonly text: string }
  | {
      readonly tool: string;
      readonly namespace?: string | undefined;
      readonly args: Readonly<Record<string, unknown>>;
    };

/** Where a conversation stands in its play. */
export interface Position {
  readonly play: string | null;
  readonly step: number;
  readonly isCompaction: boolean;
}

export type TextPart = { readonly text?: unknown };

export const toText = (content: string | readonly TextPart[] | undefined): string =>
  typeof content === 'string'
    ? content
    : (content ?? []).flatMap(({ text }) => (typeof text === 'string' ? [text] : [])).join('\n');

const COMPACTION =
  /summary of (the|our|this) conversation|CONTEXT CHECKPOINT COMPACTION|state_snapshot|Summarize (the|this) conversation|detailed summary|handoff summary/i;
/** What Fleetbeat adds to the context quotes earlier prompts, which are not prompts now. */
const ADDED_CONTEXT = /Fleetbeat: [\s\S]*?End of what Fleetbeat adds\./g;

/** Finds the last `[play:name]` of the user, and counts the tool calls since: so the model needs no memory of its own. */
export function findPosition(messages: readonly ConversationMessage[]): Position {
  let [play, step]: [string | null, number] = [null, 0];
  for (const { who, text, calls } of messages) {
    const asked = [...text.replace(ADDED_CONTEXT, '').matchAll(/\[play:([\w-]+)\]/g)].at(-1)?.[1];
    if (who === 'user' && asked !== undefined) [play, step] = [asked, 0];
    else if (who === 'model') step += calls > 0 ? 1 : 0;
  }
  const lastPrompt = messages.findLast(({ who, text }) => who === 'user' && text !== '')?.text ?? '';
  return { play, step, isCompaction: COMPACTION.test(lastPrompt) && !/\[play:/.test(lastPrompt.slice(-3_000)) };
}

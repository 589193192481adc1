/**
 * Puts waiting messages into the next request to the model: an agent that works reads its inbox too late or never. The
 * hooks after a tool and at a prompt add them to the context; the one at the end of a turn makes the agent go on with them.
 */
import { readDeadline } from './deadline.ts';
import { getJson } from './http-get.ts';
import { log } from './log.ts';
import { bringsMessages, CONTINUING } from './messages-for.ts';
import { isOutputRead, printError, printOutput, toHookOutput } from './output.ts';
import type { ParsedHook } from './parse-hook.ts';
import type { Environment } from './paths.ts';
import { type Message, quoteMessage } from './quote.ts';
import type { SessionCache } from './session-cache.ts';
import type { TurnLimit } from './spool.ts';
import { claim, confirm, isConfirmed, isTaken, markTold } from './told-messages.ts';
import { truncateText } from './truncate.ts';

/** What one request may bring; the rest comes with the next one. */
const MAX_LENGTH = 4_000;
/** A part of what an agent waits for at its start: one second, unless FLEETBEAT_HOOK_DEADLINE_MS says otherwise. */
const PART_OF_DEADLINE = 1 / 4;
/** After a failure an agent is not delayed again for this long. */
const PAUSE_MS = 30_000;
/** No agent waits for what wakes it, so a slow server is waited for and asked again soon. */
const WAKE_LIMITS = { timeoutMs: 10_000, pauseMs: 2_000 };
/** Turns that go on by themselves, without a person in between: two agents that answer each other must come to an end. */
const MAX_AUTOMATIC_TURNS = 8;

export interface InboxResult {
  /** The messages whose texts the agent was shown. */
  readonly told: readonly string[];
  /** Whether the agent goes on with them, although its turn had ended. */
  readonly isGoingOn: boolean;
  /** Set when it does not go on because it has done so too often. */
  readonly limit: TurnLimit | null;
  /** The inbox could not be read, or another hook is about to tell what is in it and may not live to do so. */
  readonly mayHaveMore: boolean;
}

const NOTHING: InboxResult = { told: [], isGoingOn: false, limit: null, mayHaveMore: false };
const UNKNOWN: InboxResult = { ...NOTHING, mayHaveMore: true };

/** Prints what the agent is to be told, or nothing. Never rejects. */
export async function deliverMessages(
  { client, name, cache, connection, isSubagent }: ParsedHook,
  environment: Environment,
): Promise<InboxResult> {
  // A subagent's context is not the session's; and an output that nobody reads would lose what it tells.
  if (!bringsMessages(client, name) || isSubagent || !isOutputRead()) return NOTHING;
  const isEnd = CONTINUING[client] === name;
  const limits = { timeoutMs: readDeadline(environment) * PART_OF_DEADLINE, pauseMs: PAUSE_MS };
  return await bring({ cache, connection, environment, isEnd, ...limits }, (text) => {
    const decision = client === 'gemini' ? 'deny' : 'block';
    return printOutput(isEnd ? JSON.stringify({ decision, reason: text }) : toHookOutput(client, text, name));
  });
}

/** The same for an agent that is idle, which reads the standard error of what wakes it. */
export const wakeWithMessages = (
  session: Pick<ParsedHook, 'cache' | 'connection'>,
  environment: Environment,
): Promise<InboxResult> =>
  bring({ cache: session.cache, connection: session.connection, environment, isEnd: true, ...WAKE_LIMITS }, printError);

interface Bringing extends Pick<ParsedHook, 'cache' | 'connection'> {
  readonly environment: Environment;
  /** Whether the agent goes on with what it is told. */
  readonly isEnd: boolean;
  readonly timeoutMs: number;
  readonly pauseMs: number;
}

/** What makes an agent go on is counted. */
async function bring(
  { cache, connection, environment, isEnd, timeoutMs, pauseMs }: Bringing,
  print: (text: string) => Promise<void>,
): Promise<InboxResult> {
  const turns = Number(cache.read('automatic') ?? 0);
  try {
    if (Date.now() - Number(cache.read('inboxFailed') ?? 0) < pauseMs) return UNKNOWN;
    const messages = await readUntold(cache, connection, timeoutMs);
    if (isEnd && turns >= MAX_AUTOMATIC_TURNS) return { ...NOTHING, limit: claimTurnLimit(cache, turns, messages) };
    const claimed = claimMessages(cache, messages);
    if (claimed === null)
      return { ...NOTHING, mayHaveMore: messages.some(({ messageId }) => !isConfirmed(cache.folder, messageId)) };
    const { text, messageIds } = claimed;
    if (isEnd) cache.write('automatic', String(turns + 1));
    // The claim of a hook that could not print is void once it has ended: the next one tells it.
    const isPrinted = await print(text).then(
      () => true,
      () => false,
    );
    if (!isPrinted) return UNKNOWN;
    for (const messageId of messageIds) confirm(cache.folder, messageId);
    return { ...NOTHING, told: messageIds, isGoingOn: isEnd };
  } catch (error) {
    log(environment, `messages: ${(error as Error).message}`);
    cache.write('inboxFailed', String(Date.now()));
    // It may be of another server.
    cache.write('inboxCursor', null);
    return UNKNOWN;
  }
}

/** Pages that one hook reads at most; the next hook goes on behind them. */
const MAX_PAGES = 5;

/**
 * The first page of the inbox with a message that this session was not told. What was told stays in the inbox until it is acknowledged, so whole pages of it
 * are remembered and passed over; the last of them is read again, because a message may be stored later than one that is newer.
 */
async function readUntold(
  cache: SessionCache,
  connection: ParsedHook['connection'],
  timeoutMs: number,
): Promise<readonly Message[]> {
  let cursor = cache.read('inboxCursor');
  for (let count = 1; ; count++) {
    const path = `/v1/messages?limit=50${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = (await getJson(connection, path, timeoutMs)) as InboxPage;
    // One that another hook is about to tell may have to be told by this one, if that is killed.
    const isTold = page.messages.every(({ messageId }) => isConfirmed(cache.folder, messageId));
    if (!isTold || page.nextCursor === null || count === MAX_PAGES) return page.messages;
    if (cursor !== null) cache.write('inboxCursor', cursor);
    cursor = page.nextCursor;
  }
}

interface InboxPage {
  readonly messages: readonly Message[];
  readonly nextCursor: string | null;
}

/** Null when nothing waits, or when it was reported since a person last wrote. */
function claimTurnLimit(cache: SessionCache, turns: number, messages: readonly Message[]): TurnLimit | null {
  const waiting = messages.filter(({ messageId }) => !isTaken(cache.folder, messageId));
  if (waiting.length === 0 || cache.read('limited') !== null) return null;
  cache.write('limited', '');
  // So that the next prompt says that it works.
  cache.write('blocked', '');
  const senders = new Set(waiting.flatMap(({ sender }) => sender ?? []));
  return { turns, waitingMessages: waiting.length, senders: [...senders].slice(0, 20) };
}

/** Marks messages that a start has shown, so that no tool shows them again. */
export function markAsTold(cache: SessionCache, messages: readonly Message[]): void {
  for (const { messageId } of messages) markTold(cache.folder, messageId);
}

interface ClaimedMessages {
  readonly text: string;
  readonly messageIds: readonly string[];
}

/** The messages that this session was not told yet, as far as they fit. Null when there are none. */
function claimMessages(cache: SessionCache, messages: readonly Message[]): ClaimedMessages | null {
  const messageIds: string[] = [];
  const claimed: string[] = [];
  let left = 0;
  let room = MAX_LENGTH;
  for (const message of messages.toSorted((a, b) => rank(a) - rank(b))) {
    const quoted = truncateText(quoteMessage(message), MAX_LENGTH - 500);
    if (isTaken(cache.folder, message.messageId)) continue;
    if (quoted.length > room) left++;
    else if (claim(cache.folder, message.messageId)) {
      messageIds.push(message.messageId);
      claimed.push(quoted);
      room -= quoted.length;
    }
  }
  if (claimed.length === 0) return null;
  const more = left === 0 ? [] : [`${left} more come with your next tools; list_messages has them now.`];
  const text = [
    'Fleetbeat: new messages for your program.',
    ...claimed,
    ...more,
    'acknowledge_message marks one as dealt with; send_message with replyTo answers it.',
    'End of what Fleetbeat adds.',
  ].join('\n');
  return { text, messageIds };
}

/** Answers first, then what a person sent, then the rest; the oldest first within each, as the server lists them. */
const rank = ({ replyTo, sender }: Message): number => (replyTo !== null ? 0 : sender === null ? 1 : 2);

/**
 * Follows a permission dialog until it is answered, there or from afar. No hook tells how it was answered there: an allowed
 * tool reports only when it has finished, and a denied one never. But a command that was allowed becomes a process below the
 * agent, and Claude Code ends the hook of a question that its user has refused.
 */
import { type AgentProcess, findAgentProcess, hasEnded, listCommandsBelow } from './agent-process.ts';
import { log } from './log.ts';
import { isOutputRead, printOutput } from './output.ts';
import type { ParsedHook } from './parse-hook.ts';
import type { Environment } from './paths.ts';
import { createDialog, deleteDialog, type PendingDialog, readDialog, setQuestion } from './pending-dialogs.ts';
import type { HookEvent } from './spool.ts';
import type { ToolCall } from './tool-call.ts';

const LOOK_EVERY_MS = 500;
/** Whether the command runs is told by as much of it; shells quote the rest in ways of their own. */
const COMPARED_LENGTH = 80;
/** Less than the time that `connect` lets the hook run. Without an answer the session stays blocked then, as it is. */
const GIVE_UP_MS = 86_300_000;
/** Well within the silence after which a session is stale. */
const HEARTBEAT_EVERY_MS = 300_000;

type Report = (event: HookEvent) => void;

/** Tools that ask the user something themselves: "allow" would not answer them. */
const ASKING_TOOLS = ['AskUserQuestion', 'ExitPlanMode'];

/** The call of a dialog that can be answered from afar: one that stays usable while its hook waits for the answer. */
function getAnswerableCall({ client, name, call, connection }: ParsedHook): ToolCall | null {
  const isHeldOpen = client === 'claude-code' && name === 'PermissionRequest';
  const isAsked = call !== null && !ASKING_TOOLS.includes(call.tool);
  return isHeldOpen && isAsked && connection.words !== false && isOutputRead() ? call : null;
}

/** Resolves when the question is answered or its agent is gone. `report` sends an event, and returns at once. */
export async function watchQuestion(parsed: ParsedHook, environment: Environment, report: Report): Promise<void> {
  const { cache, event } = parsed;
  const call = getAnswerableCall(parsed);
  const dialog = call && createDialog(cache.folder, call);
  // Behind a shell that has returned this process has no agent above it: the start has kept which it is.
  const agent = cache.readAgent() ?? findAgentProcess(process.ppid);
  let opening: Promise<unknown> = Promise.resolve();
  let isEnding = false;
  const isOver = () => isEnding || dialog === null || readDialog(dialog.file) === null;
  const denied = async () => {
    // Claude Code sends the signal to the hook and to its group.
    if (isEnding) return;
    isEnding = true;
    // So that a question that is being opened is withdrawn, too.
    await opening;
    const isOpen = dialog ? readDialog(dialog.file) !== null : cache.read('blocked') !== null;
    if (isOpen) report(parsed.toEvent('interrupt', dialog));
    process.exit(0);
  };
  process.on('SIGTERM', denied).on('SIGINT', denied);
  const answered = dialog && call ? answerFromAfar({ parsed, environment, dialog, call, isOver, report }) : null;
  if (answered) opening = answered.opened;
  else if (event) report(event);
  const atTerminal = watchTerminal(parsed, agent, dialog, report);
  await (answered ? Promise.race([atTerminal, answered.decided]) : atTerminal);
  // Its agent is gone: an answer would reach nobody.
  if (agent && hasEnded(agent) && dialog && answered) await answered.withdraw();
}

/** Resolves when the dialog is seen to be over: its tool runs, another hook has told, or its agent is gone. */
async function watchTerminal(
  { cache, command, toEvent }: ParsedHook,
  agent: AgentProcess | null,
  dialog: PendingDialog | null,
  report: Report,
): Promise<void> {
  const isOpen = () => (dialog ? readDialog(dialog.file) !== null : cache.read('blocked') !== null);
  const until = Date.now() + GIVE_UP_MS;
  while (Date.now() < until && isOpen() && agent !== null && !hasEnded(agent)) {
    if (command !== null && listCommandsBelow(agent.pid).some((line) => matchesCommand(line, command)))
      return report(toEvent('tool', dialog));
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

interface AfarContext {
  readonly parsed: ParsedHook;
  readonly environment: Environment;
  readonly dialog: PendingDialog;
  readonly call: ToolCall;
  /** Whether its agent or its person has no use for a question any more. */
  readonly isOver: () => boolean;
  readonly report: Report;
}

/** `opened` and `withdraw` never reject. `decided` resolves only when the agent was told a decision. */
function answerFromAfar({ parsed, environment, dialog, call, isOver, report }: AfarContext) {
  const { cache, connection, event } = parsed;
  const sessionId = cache.read('alias') ?? event?.sessionId ?? '';
  const title = event?.status ?? call.tool;
  const asking = { connection, sessionId, call, title, idempotencyKey: `ask-${event?.id}` };
  // The session is blocked all the same, and says why.
  const withoutQuestion = () => {
    if (readDialog(dialog.file) !== null) report(parsed.toEvent('ask', null));
  };
  const opened = (async () => {
    const { keepAsking, withdrawQuestion } = await import('./permission-question.ts');
    const question = await keepAsking(asking, isOver);
    if (question === null) return null;
    if (!setQuestion(dialog, question.questionId)) await withdrawQuestion(connection, question.questionId);
    return question;
  })().catch((error: unknown) => {
    log(environment, `question of ${sessionId}: ${(error as Error).message}`);
    withoutQuestion();
    return null;
  });
  const decided = (async () => {
    const asked = await opened;
    if (asked === null) return await never();
    const { heartbeat, mayAnswersAllow, toDecision, waitUntilClosed } = await import('./permission-question.ts');
    const beat = () => heartbeat(asking).catch(() => undefined);
    setInterval(beat, HEARTBEAT_EVERY_MS).unref();
    const closed = await waitUntilClosed(connection, asked.questionId);
    const decision = closed && toDecision(closed, asked, mayAnswersAllow(environment, event?.programId ?? ''));
    const isOpen = readDialog(dialog.file) !== null;
    if (!isOpen) return await never();
    if (decision) {
      await printOutput(decision);
      deleteDialog(dialog);
      cache.releaseBlock();
      return;
    }
    withoutQuestion();
    return await never();
  })();
  const withdraw = async () => {
    const question = await opened;
    if (question === null || readDialog(dialog.file) === null) return;
    const { withdrawQuestion } = await import('./permission-question.ts');
    deleteDialog(dialog);
    await withdrawQuestion(connection, question.questionId).catch((error: unknown) => {
      log(environment, `question ${question.questionId}: ${(error as Error).message}`);
    });
  };
  return { opened, decided, withdraw };
}

const never = (): Promise<never> => new Promise(() => undefined);

const matchesCommand = (line: string, command: string): boolean =>
  strip(line).includes(strip(command).slice(0, COMPARED_LENGTH)) &&
  !/ hook (PermissionRequest|Notification) /.test(line);

/** Without what a shell's quoting adds or changes. */
const strip = (text: string): string => text.replace(/[\s'"\\]+/g, '');

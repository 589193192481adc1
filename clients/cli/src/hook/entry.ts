/**
 * `fleetbeat hook <event>` as agents call it: a bundle of its own, because an agent waits for it. It reads the event, puts it
 * into the spool, starts the sender and ends. It never fails the agent: whatever happens it ends with 0.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { deliverMessages } from './inbox.ts';
import { CLIENTS, detectClient } from './lifecycle-events.ts';
import { log } from './log.ts';
import { type HookInvocation, parseHook } from './parse-hook.ts';
import { type HookEvent, spoolEvent } from './spool.ts';
import { isWatched, watchQuestion } from './watch-question.ts';

/** Longer input is ignored. */
const MAX_CHARACTERS = 32 * 1024 * 1024;
/** An agent that does not end its input within this time is not waited for. */
const STDIN_TIMEOUT_MS = 2_000;

const sender = fileURLToPath(new URL('./hook-sender.js', import.meta.url));

/** The words after `hook`. */
export async function runHook(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const name = words[0] ?? '';
  const client = CLIENTS.find((each) => each === getOption(words, '--client')) ?? detectClient(name);
  const text = client === 'codex' && name === 'notify' ? (words.at(-1) ?? '') : await readStdin();
  const hook: HookInvocation = {
    client,
    name: name === 'notify' ? 'agent-turn-complete' : name,
    program: getOption(words, '--program'),
    text,
  };
  const parsed = parseHook(hook, environment, Date.now());
  if (!parsed) return;
  const { event } = parsed;
  const report = (each: HookEvent) => {
    spoolEvent(environment, each);
    // It outlives the agent and holds none of its pipes, which the agent would wait for.
    spawn(process.execPath, [sender, each.programId], { detached: true, stdio: 'ignore', cwd: '/' }).unref();
  };
  if (event?.moment === 'start')
    return await (await import('./start.ts')).runStartHook({ ...parsed, event, report }, environment);
  if (isWatched(parsed)) return await watchQuestion(parsed, environment, report);
  if (event !== null) report(await withWorkingTree(event, parsed.folder));
  const { told, isGoingOn, limit } = await deliverMessages(parsed, environment);
  if (told.length > 0) report({ ...parsed.toBareEvent('told'), told });
  if (limit) report({ ...parsed.toBareEvent('limit'), limit });
  // It has said that its turn is over.
  if (isGoingOn) report(parsed.toEvent('tool', null));
}

/** Where the agent leaves its work is harvested now: later git would say something else. */
async function withWorkingTree(event: HookEvent, folder: string): Promise<HookEvent> {
  if (!event.handover) return event;
  const { harvest } = await import('./harvest.ts');
  return { ...event, handover: await harvest(event.handover, folder) };
}

function getOption(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(name);
  return at < 0 ? words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) : words[at + 1];
}

/** Standard input to its end; nothing when it is a terminal, too long, or does not end in time. */
function readStdin(): Promise<string> {
  if (process.stdin.isTTY) return Promise.resolve('');
  return new Promise((resolve) => {
    let text = '';
    const finish = (result: string) => {
      clearTimeout(limit);
      process.stdin.destroy();
      resolve(result);
    };
    const limit = setTimeout(() => finish(''), STDIN_TIMEOUT_MS);
    process.stdin
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        if (text.length <= MAX_CHARACTERS) text += chunk;
      })
      .on('end', () => finish(text.length <= MAX_CHARACTERS ? text : ''))
      .on('error', () => finish(''));
  });
}

/** Runs the hook as the whole process, which ends with 0 whatever happens. */
export async function main(): Promise<void> {
  const swallow = (error: unknown) => {
    log(process.env, `hook ${process.argv[3] ?? ''}: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(0);
  };
  process.on('uncaughtException', swallow).on('unhandledRejection', swallow);
  process.stdout.on('error', () => undefined);
  try {
    await runHook(process.argv.slice(3), process.env);
    // A request that still hangs must not keep the process, and so the agent.
    process.exit(0);
  } catch (error) {
    swallow(error);
  }
}

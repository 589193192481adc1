/**
 * `fleetbeat hook <event>` as agents call it: a bundle of its own, because an agent waits for it. It reads the event, puts it
 * into the spool, starts the sender and ends. It never fails the agent: whatever happens it ends with 0, except to wake it.
 */
import { fileURLToPath } from 'node:url';
import { deliverMessages } from './inbox.ts';
import { CLIENTS, detectClient } from './lifecycle-events.ts';
import { log } from './log.ts';
import { type HookInvocation, openHook, parseHook } from './parse-hook.ts';
import { type HookEvent, spoolEvent } from './spool.ts';

/** Longer input is ignored. */
const MAX_CHARACTERS = 32 * 1024 * 1024;
/** An agent that does not end its input within this time is not waited for. */
const STDIN_TIMEOUT_MS = 2_000;

const sender = fileURLToPath(new URL('./hook-sender.js', import.meta.url));

/** The words after `hook`. Resolves with the exit code: 2 wakes an idle agent, and is that of `wake` alone. */
export async function runHook(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<0 | 2> {
  const name = words[0] ?? '';
  const client = CLIENTS.find((each) => each === getOption(words, '--client')) ?? detectClient(name);
  const text = client === 'codex' && name === 'notify' ? (words.at(-1) ?? '') : await readStdin();
  const hook: HookInvocation = {
    client,
    name: name === 'notify' ? 'agent-turn-complete' : name,
    program: getOption(words, '--program'),
    text,
  };
  if (name === 'statusline') {
    const { runStatusLine } = await import('./status-line.ts');
    await runStatusLine({ text, own: getOption(words, '--own'), program: hook.program }, environment);
    return 0;
  }
  if (name === 'wake') return await wake(hook, environment);
  const parsed = parseHook(hook, environment, Date.now());
  if (!parsed) return 0;
  const { event } = parsed;
  const report = createReport(environment);
  if (event?.moment === 'start') {
    await (await import('./start.ts')).runStartHook({ ...parsed, event, report }, environment);
    return 0;
  }
  if (event?.moment === 'ask' && (parsed.command !== null || parsed.call !== null)) {
    const { watchQuestion } = await import('./watch-question.ts');
    await watchQuestion(parsed, environment, report);
    return 0;
  }
  if (event !== null) report(await withWorkingTree(event, parsed.folder));
  const { told, isGoingOn, limit } = await deliverMessages(parsed, environment);
  if (told.length > 0) report({ ...parsed.toBareEvent('told'), told });
  if (limit) report({ ...parsed.toBareEvent('limit'), limit });
  // It has said that its turn is over.
  if (isGoingOn) report(parsed.toEvent('tool', null));
  return 0;
}

/** Sends an event, and returns at once. */
const createReport = (environment: NodeJS.ProcessEnv) => (event: HookEvent) => {
  spoolEvent(environment, event);
  // Most calls send nothing, and load no more than they need.
  const { spawn } = process.getBuiltinModule('node:child_process');
  // It outlives the agent and holds none of its pipes, which the agent would wait for.
  spawn(process.execPath, [sender, event.programId], { detached: true, stdio: 'ignore', cwd: '/' }).unref();
};

async function wake(hook: HookInvocation, environment: NodeJS.ProcessEnv): Promise<0 | 2> {
  const opened = openHook(hook, environment);
  const result = opened && (await (await import('./wake.ts')).waitAndWake(opened, environment));
  if (!result) return 0;
  const report = createReport(environment);
  if (result.told.length > 0) report({ ...opened.toBareEvent('told'), told: result.told });
  if (result.limit) report({ ...opened.toBareEvent('limit'), limit: result.limit });
  return result.isGoingOn ? 2 : 0;
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

/** Runs the hook as the whole process, which ends with 0 whatever happens, except to wake an agent. */
export async function main(): Promise<void> {
  const swallow = (error: unknown) => {
    log(process.env, `hook ${process.argv[3] ?? ''}: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(0);
  };
  process.on('uncaughtException', swallow).on('unhandledRejection', swallow);
  try {
    const code = await runHook(process.argv.slice(3), process.env);
    // A request that still hangs must not keep the process, and so the agent.
    process.exit(code);
  } catch (error) {
    swallow(error);
  }
}

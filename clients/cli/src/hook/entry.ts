/**
 * `fleetbeat hook <event>` as agents call it: a bundle of its own, because an agent waits for it. It reads what the agent
 * says, keeps it, wakes the sender and is gone. It never fails the agent: whatever happens it ends with 0.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Hook, hear } from './hear.ts';
import { log } from './log.ts';
import { CLIENTS, clientOf } from './moments.ts';
import { putEvent } from './spool.ts';

/** What an agent tells a hook at once: more is not looked at. */
const MOST_CHARACTERS = 32 * 1024 * 1024;
/** For as long as this an agent may take to say it. */
const HEAR_WITHIN_MS = 2_000;

const sender = fileURLToPath(new URL('./hook-sender.js', import.meta.url));

/** The words after `hook`. */
export async function runHook(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const name = words[0] ?? '';
  const client = CLIENTS.find((each) => each === option(words, '--client')) ?? clientOf(name);
  const text = client === 'codex' && name === 'notify' ? (words.at(-1) ?? '') : await input();
  const hook: Hook = {
    client,
    name: name === 'notify' ? 'agent-turn-complete' : name,
    program: option(words, '--program'),
    text,
  };
  const heard = hear(hook, environment, Date.now());
  if (!heard) return;
  if (heard.event.moment === 'start') return await (await import('./start.ts')).start(heard, environment);
  putEvent(environment, heard.event);
  // It outlives the agent, and holds none of its pipes.
  spawn(process.execPath, [sender, heard.event.programId], { detached: true, stdio: 'ignore', cwd: '/' }).unref();
}

function option(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(name);
  return at < 0 ? words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) : words[at + 1];
}

/** Standard input to its end; nothing when it is a terminal, too long, or does not end in time. */
function input(): Promise<string> {
  if (process.stdin.isTTY) return Promise.resolve('');
  return new Promise((resolve) => {
    let text = '';
    const end = (said: string) => {
      clearTimeout(limit);
      process.stdin.destroy();
      resolve(said);
    };
    const limit = setTimeout(() => end(''), HEAR_WITHIN_MS);
    process.stdin
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        if (text.length <= MOST_CHARACTERS) text += chunk;
      })
      .on('end', () => end(text.length <= MOST_CHARACTERS ? text : ''))
      .on('error', () => end(''));
  });
}

/** For the process: whatever happens, 0. */
export async function main(): Promise<void> {
  const swallow = (error: unknown) => {
    log(process.env, `hook ${process.argv[3] ?? ''}: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(0);
  };
  process.on('uncaughtException', swallow).on('unhandledRejection', swallow);
  process.stdout.on('error', () => undefined);
  try {
    await runHook(process.argv.slice(3), process.env);
  } catch (error) {
    swallow(error);
  }
}

/**
 * A coding agent in a terminal: it reads its hooks from the settings of the project, as Claude Code does, and calls them
 * as Claude Code does. Each line on its standard input is an event with its fields; each answer is what the hooks add to
 * its context. It sends nothing to Fleetbeat by a word of its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [session_id, settings] = process.argv.slice(2);
const { hooks } = JSON.parse(readFileSync(settings, 'utf8'));

async function called(command, said) {
  const child = spawn('sh', ['-c', command], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined).end(JSON.stringify(said));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  return { code, output };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { event, ...fields } = JSON.parse(line);
  const said = { session_id, cwd: process.cwd(), hook_event_name: event, ...fields };
  const commands = (hooks[event] ?? []).flatMap((group) => group.hooks.map((hook) => hook.command));
  const results = await Promise.all(commands.map((command) => called(command, said)));
  const context = results
    .filter(({ output }) => output !== '')
    .map(({ output }) => JSON.parse(output).hookSpecificOutput.additionalContext)
    .join('\n');
  process.stdout.write(`${JSON.stringify({ codes: results.map(({ code }) => code), context })}\n`);
}

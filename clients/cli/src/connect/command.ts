/** `fleetbeat connect`: changes an agent's own files, and only after it has shown the changes. */
import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { connectionFile, readConnection } from '../hook/paths.ts';
import { isTemporary, keepRunningProgram } from '../install/kept-copy.ts';
import { DEFAULT_URL } from '../settings.ts';
import { askAboutAnswers } from './allow-from-afar.ts';
import { requireConfirmation } from './confirm.ts';
import { disconnect } from './disconnect.ts';
import { replaceFile } from './files.ts';
import { resolveLaunchCommand } from './launch-command.ts';
import { type Change, formatDiff, formatSummary, planChanges } from './plan.ts';
import { isSaved, saveConnection, selectProgram } from './program.ts';
import { redeemInvitation } from './redeem-invitation.ts';
import { AGENTS, type AgentLocation, type Target, targetsFor } from './targets.ts';
import { type ChangedFile, readRecord, saveRecord, sha256 } from './undo.ts';

export const command = defineCommand({
  summary: 'Connect a coding agent: its MCP servers and its hooks',
  description: [
    "Writes into the agent's own files, in this project or, with --scope user, for all projects of yours. It shows what",
    'changes first and asks. Everything else in the files stays, comments too. No file of an agent holds a key: that is',
    'kept outside the project, in a file of mode 600.',
  ].join('\n'),
  arguments: [{ name: 'agent', summary: 'the agent', choices: AGENTS }],
  options: {
    scope: {
      type: 'text',
      value: 'where',
      choices: ['project', 'user'],
      summary: 'this project, or all of yours; codex: user',
    },
    program: { type: 'text', value: 'id', summary: 'the program; else that of the key, else the name of the folder' },
    makeKey: { type: 'flag', summary: 'make a key of the program, with an admin key' },
    invite: {
      type: 'text',
      value: 'code',
      summary: 'trade an invitation, as a code or a link, for the key of its program',
    },
    noHooks: { type: 'flag', summary: 'write the MCP server only' },
    plugin: {
      type: 'flag',
      summary: "the agent has Fleetbeat's plugin: keep the key only, and write no file of the agent",
    },
    private: { type: 'flag', summary: 'hooks send no words of prompts, answers and questions' },
    allowFromAfar: {
      type: 'text',
      value: 'yes|no',
      choices: ['yes', 'no'],
      summary: "whether a person's answer in Fleetbeat may allow a tool of the agent; no, unless you say yes",
    },
    wake: {
      type: 'flag',
      summary: 'claude-code: messages wake it when it is idle; one small process waits for each session',
    },
    contextLimitBytes: {
      type: 'number',
      value: 'bytes',
      integer: true,
      min: 1,
      summary: "the size of the agent's context window",
    },
    yes: { type: 'flag', short: 'y', summary: 'do not ask' },
    diff: { type: 'flag', summary: 'show every line that changes, not only the files' },
    dryRun: { type: 'flag', summary: 'show every line that would change, and change nothing' },
    undo: { type: 'flag', summary: 'put everything back as it was' },
  },
  examples: [
    ['fleetbeat connect claude-code --make-key', 'this project, with a key of its own'],
    ['fleetbeat connect claude-code --invite http://127.0.0.1:8787/#link=…', 'as the dashboard shows it'],
    ['fleetbeat connect cursor --scope user --program builder', 'all projects'],
    ['fleetbeat connect claude-code --undo', 'take it back'],
  ],
  run: async (call) => {
    const { agent } = call.arguments;
    const { program, makeKey, invite, contextLimitBytes, dryRun, yes } = call.options;
    const scope = call.options.scope ?? (agent === 'codex' ? 'user' : 'project');
    const place: AgentLocation = { agent, scope, folder: process.cwd(), environment: call.environment };
    const running = process.argv[1] ?? '';
    const start = resolveLaunchCommand(call.environment, running);
    const confirm = (question: string, details?: () => string) =>
      requireConfirmation(call, yes === true, question, details);
    if (call.options.undo) return await disconnect(call, place, start, dryRun ? null : confirm);
    if (invite !== undefined && (program !== undefined || makeKey || dryRun))
      throw new Failure(INVITE_ALONE, EXIT.usage, 'A code is good once, for ten minutes');
    if (invite === undefined) failIfKeyIsOfAnotherServer(call);
    const choice =
      invite === undefined
        ? await selectProgram(call, place, { program, makeKey: makeKey === true })
        : await redeemInvitation(call, place, invite);
    const before = readConnection(call.environment, choice.programId);
    // To whom the permission was given is the server of then.
    const saved = before?.url === choice.url ? before.allowFromAfar : undefined;
    const asked = dryRun ? saved : await askAboutAnswers(call, agent, saved);
    const allowFromAfar = asked ?? (before?.allowFromAfar === undefined ? undefined : false);
    const more = {
      ...(call.options.private && { words: false }),
      ...(contextLimitBytes && { contextLimitBytes }),
      ...(allowFromAfar !== undefined && { allowFromAfar }),
    };
    const wanted = {
      start,
      programId: choice.programId,
      hooks: !call.options.noHooks,
      wake: call.options.wake === true,
    };
    const targets = call.options.plugin ? [] : targetsFor(place, wanted);
    const changes = planChanges(targets, scope === 'project' ? place.folder : null);
    const isDone = changes.length === 0 && isSaved(place, choice, more);
    const result = { agent, scope, programId: choice.programId, files: changes.map(({ file }) => file) };
    const keepCopy = () => isTemporary(running) && keepRunningProgram(call.environment, running);
    if (isDone && !dryRun) keepCopy();
    if (isDone || dryRun) {
      call.print({ ...result, done: isDone }, () => (isDone ? 'Nothing to do: it is connected' : formatDiff(changes)));
      return EXIT.ok;
    }
    const isShort = changes.length > 0 && !call.options.diff;
    if (changes.length > 0) call.info(isShort ? formatSummary(changes) : formatDiff(changes));
    const connectionPath = connectionFile(call.environment, choice.programId);
    call.info(
      `\n${choice.key === null ? 'A new key' : 'The key'} of the program ${choice.programId} is kept in ${connectionPath}`,
    );
    await confirm('Write this?', isShort ? () => formatDiff(changes) : undefined);
    keepCopy();
    await saveConnection(call, place, choice, more);
    writeChanges(place, choice.programId, targets, changes);
    call.print({ ...result, done: true }, () => formatDone(place, choice.programId, call.options.plugin === true));
    return EXIT.ok;
  },
});

const INVITE_ALONE =
  '--invite names the program and uses the code up: it goes without --program, --make-key and --dry-run';

/**
 * A key of the environment belongs to the server of the environment. Whoever follows the instructions of a repository might
 * otherwise send it to the address that they name.
 */
function failIfKeyIsOfAnotherServer(call: Call): void {
  const { url, urlFrom, keyFrom } = call.settings();
  const own = call.environment['FLEETBEAT_URL']?.trim() || DEFAULT_URL;
  if (urlFrom !== 'option' || keyFrom !== 'environment' || parseOrigin(own) === parseOrigin(url)) return;
  throw new Failure(
    `FLEETBEAT_KEY is the key of ${own}, and is not sent to ${url}`,
    EXIT.usage,
    `Set FLEETBEAT_URL=${url}, or give the key of that server by --key`,
  );
}

function parseOrigin(url: string): string | null {
  try {
    return new URL(url).origin;
  } catch {
    return null;
  }
}

/** Records the previous contents before anything is replaced. */
function writeChanges(
  place: AgentLocation,
  programId: string,
  targets: readonly Target[],
  changes: readonly Change[],
): void {
  const record = readRecord(place);
  const earlier = record?.changed ?? [];
  const fresh = changes.map((change): ChangedFile => {
    const { file, before, after, mode } = change;
    const old = earlier.find((each) => each.file === file);
    const written = sha256(after ?? '');
    if (!old) return { file, before, mode, written, folders: [] };
    if (before !== null && sha256(before) === old.written) return { ...old, written };
    const remove = targets.find((target) => target.file === file)?.remove;
    return { ...old, before: before === null || !remove ? before : remove(before), written };
  });
  const others = earlier.filter((old) => !fresh.some(({ file }) => file === old.file));
  const changed = [...others, ...fresh];
  saveRecord(place, { programId, changed, ...toPlace(place) });
  const folders = new Map(changes.map(({ file, after }) => [file, replaceFile(file, after ?? '')]));
  const withFolders = changed.map((each) => ({
    ...each,
    folders: [...(folders.get(each.file) ?? []), ...each.folders],
  }));
  saveRecord(place, { programId, changed: withFolders, ...toPlace(place) });
}

const toPlace = ({ agent, scope, folder }: AgentLocation) => ({ place: { agent, scope, folder } });

function formatDone({ agent, scope }: AgentLocation, programId: string, plugin: boolean): string {
  const next: Readonly<Record<string, string>> = {
    'claude-code': `Start claude here${plugin ? '' : '; it asks once whether it may use the MCP server'}.`,
    cursor: 'Restart Cursor.',
    vscode:
      'Start the server once in VS Code (MCP: List Servers). It has no hooks: the agent sends its heartbeats itself.',
    gemini: 'Start gemini here.',
    opencode: 'Start opencode here. No hooks are connected: the agent boots and sends its heartbeats itself.',
    qwen: 'Start qwen here. No hooks are connected: the agent boots and sends its heartbeats itself.',
    codex: [
      'Codex skips hooks that you have not trusted, and says nothing: start codex here, trust the project, type /hooks and trust them.',
      'Where nobody can (CI): codex exec --dangerously-bypass-hook-trust. `fleetbeat doctor` tells whether it is done.',
    ].join('\n'),
  };
  const where = scope === 'user' ? 'all your projects' : 'this project';
  return `${agent} is connected to the program ${programId} in ${where}. ${next[agent]}`;
}

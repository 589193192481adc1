/** Checks the coding agents: their files here and in the home folder, their hooks, events that wait. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../call.ts';
import { AGENTS, type Agent, type Scope, targetsFor, toHookClient } from '../connect/targets.ts';
import { configFolder, readConnection } from '../hook/paths.ts';
import { listSpooledPrograms } from '../hook/spool.ts';
import { listStartTroubles, type TroubleKind } from '../hook/start-trouble.ts';
import { isOpenToOthers } from '../settings.ts';
import { checkCodexTrust } from './codex-trust.ts';
import { type Finding, good, unknown, warning, wrong } from './finding.ts';

type CheckContext = Pick<Call, 'environment'>;

export const checkAgents = (call: CheckContext): Finding[] => [
  ...AGENTS.flatMap((agent) => (['project', 'user'] as const).flatMap((scope) => checkAgent(call, agent, scope))),
  ...checkNoAgents(call),
  ...checkConnections(call),
  ...checkStarts(call),
  ...checkSpool(call),
];

const HOOK_COMMAND = /\bhook \w+ --client /;
/** Our MCP server or one of our hooks; the name alone may be part of a path. */
const OURS = /"fleetbeat"\s*:|\[mcp_servers\."?fleetbeat"?\]|\bhook \w+ --client /;

function checkAgent({ environment }: CheckContext, agent: Agent, scope: Scope): Finding[] {
  const place = { agent, scope, folder: process.cwd(), environment };
  const files = targetsFor(place, { start: ['fleetbeat'], programId: 'any', hooks: true }).map(({ file }) => file);
  const ours = files.filter((file) => OURS.test(readTextOrEmpty(file)));
  const again = `fleetbeat connect ${agent} --scope ${scope}`;
  if (ours.length === 0) return [];
  const open = ours.find((file) => /\bfb_[\w-]+_[\w-]{16,}/.test(readTextOrEmpty(file)) && isOpenToOthers(file));
  if (open)
    return [
      wrong(
        agent,
        `Others can read ${open}, which holds a key`,
        `chmod 600 '${open}'\nor keep the key outside: ${again}`,
      ),
    ];
  const hasHooks = ours.some((file) => HOOK_COMMAND.test(readTextOrEmpty(file)));
  const hooksFile = files.at(-1) ?? '';
  const codex =
    agent === 'codex' && hasHooks ? checkCodexTrust({ environment, scope, folder: process.cwd(), hooksFile }) : [];
  if (hasHooks || toHookClient(agent) === null)
    return [good(agent, `${ours.join(', ')}${hasHooks ? ', with hooks' : ''}`), ...codex];
  return [warning(agent, `${ours.join(', ')} has no hooks: the agent must heartbeat by itself`, again)];
}

function checkNoAgents(call: CheckContext): Finding[] {
  const isAny = AGENTS.some(
    (agent) => checkAgent(call, agent, 'project').length + checkAgent(call, agent, 'user').length > 0,
  );
  if (isAny) return [];
  return [
    unknown('agents', 'None is connected in this folder', `fleetbeat connect <agent>, one of ${AGENTS.join(', ')}`),
  ];
}

/** The files that hold the keys of connected programs. */
function checkConnections({ environment }: CheckContext): Finding[] {
  const folder = join(configFolder(environment), 'programs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    const programId = name.replace(/\.json$/, '');
    if (isOpenToOthers(file))
      return [wrong(programId, `Others can read ${file}, which holds a key`, `chmod 600 '${file}'`)];
    if (readConnection(environment, programId) !== null) return [];
    return [
      wrong(programId, `${file} cannot be used`, `rm '${file}', then fleetbeat connect <agent> --program ${programId}`),
    ];
  });
}

/** Starts that brought no memory: the agent was told, but nobody may have read it. */
const checkStarts = ({ environment }: CheckContext): Finding[] =>
  listStartTroubles(environment).map(({ programId, kind, says, at }) => {
    const [result, what, mend] = START_TROUBLES[kind];
    return { check: programId, result, says: `Its last start, at ${at}, ${what}: ${says}`, mend: mend(programId) };
  });

const START_TROUBLES: Readonly<Record<TroubleKind, [Finding['result'], string, (programId: string) => string]>> = {
  key: [
    'wrong',
    'was refused with its key',
    (programId) => `With an admin's key: fleetbeat connect <agent> --program ${programId} --make-key`,
  ],
  start: ['wrong', 'was refused', () => 'What the server says is what to change; then start the agent again'],
  limit: ['wrong', 'was refused for now', () => 'fleetbeat sessions list'],
  away: ['warning', 'did not reach the server', () => 'fleetbeat hook flush'],
};

function checkSpool({ environment }: CheckContext): Finding[] {
  const programs = listSpooledPrograms(environment);
  if (programs.length === 0) return [];
  return [warning('hooks', `What hooks told of ${programs.join(', ')} waits to be sent`, 'fleetbeat hook flush')];
}

function readTextOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

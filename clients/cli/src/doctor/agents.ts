/** Whether coding agents are connected: their files here and in the home folder, their hooks, what waits to be sent. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../call.ts';
import { AGENTS, type Agent, type Scope, targetsOf } from '../connect/targets.ts';
import { configFolder, connectionOf } from '../hook/places.ts';
import { spooledPrograms } from '../hook/spool.ts';
import { isOpenToOthers } from '../settings.ts';
import { type Finding, good, unknown, warning, wrong } from './finding.ts';

type Where = Pick<Call, 'environment'>;

export const checkAgents = (call: Where): Finding[] => [
  ...AGENTS.flatMap((agent) => (['project', 'user'] as const).flatMap((scope) => ofAgent(call, agent, scope))),
  ...noneOf(call),
  ...connections(call),
  ...waiting(call),
];

const HOOK = /\bhook \w+ --client /;

function ofAgent({ environment }: Where, agent: Agent, scope: Scope): Finding[] {
  const place = { agent, scope, folder: process.cwd(), environment };
  const files = targetsOf(place, { start: ['fleetbeat'], programId: 'any', hooks: true }).map(({ file }) => file);
  const ours = files.filter((file) => textOf(file).includes('fleetbeat'));
  const again = `fleetbeat connect ${agent} --scope ${scope}`;
  if (ours.length === 0) return [];
  const open = ours.find((file) => /\bfb_[\w-]+_[\w-]{16,}/.test(textOf(file)) && isOpenToOthers(file));
  if (open)
    return [
      wrong(
        agent,
        `Others can read ${open}, which holds a key`,
        `chmod 600 '${open}'\nor keep the key outside: ${again}`,
      ),
    ];
  const hasHooks = ours.some((file) => HOOK.test(textOf(file)));
  if (hasHooks || agent === 'vscode') return [good(agent, `${ours.join(', ')}${hasHooks ? ', with hooks' : ''}`)];
  return [warning(agent, `${ours.join(', ')} has no hooks: the agent must heartbeat by itself`, again)];
}

function noneOf(call: Where): Finding[] {
  const isAny = AGENTS.some(
    (agent) => ofAgent(call, agent, 'project').length + ofAgent(call, agent, 'user').length > 0,
  );
  if (isAny) return [];
  return [
    unknown('agents', 'None is connected in this folder', `fleetbeat connect <agent>, one of ${AGENTS.join(', ')}`),
  ];
}

/** The files that hold the keys of connected programs. */
function connections({ environment }: Where): Finding[] {
  const folder = join(configFolder(environment), 'programs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    const programId = name.replace(/\.json$/, '');
    if (isOpenToOthers(file))
      return [wrong(programId, `Others can read ${file}, which holds a key`, `chmod 600 '${file}'`)];
    if (connectionOf(environment, programId) !== null) return [];
    return [
      wrong(programId, `${file} cannot be used`, `rm '${file}', then fleetbeat connect <agent> --program ${programId}`),
    ];
  });
}

function waiting({ environment }: Where): Finding[] {
  const programs = spooledPrograms(environment);
  if (programs.length === 0) return [];
  return [warning('hooks', `What hooks told of ${programs.join(', ')} waits to be sent`, 'fleetbeat hook flush')];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

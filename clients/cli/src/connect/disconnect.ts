/** Undoes a connection. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../call.ts';
import { EXIT, type ExitCode, Failure } from '../exit.ts';
import { deleteFile } from '../hook/atomic-file.ts';
import { connectionFile, type Environment, readJsonObject, stateFolder } from '../hook/paths.ts';
import { removeKeptCopies } from '../install/kept-copy.ts';
import { forgetAllowFromAfar } from './allow-from-afar.ts';
import type { LaunchCommand } from './build-hooks.ts';
import { failIfLinkLeadsAway, getFileMode, readTextFile } from './files.ts';
import { failIfMalformed, formatDiff } from './plan.ts';
import { mapFolder } from './program.ts';
import { type AgentLocation, targetsFor } from './targets.ts';
import { contentAfterUndo, deleteRecord, readRecord, type UndoRecord, undo } from './undo.ts';

/** `confirm` is null for a dry run. */
export async function disconnect(
  call: Call,
  place: AgentLocation,
  start: LaunchCommand,
  confirm: ((question: string) => Promise<void>) | null,
): Promise<ExitCode> {
  const { programId, differing } = planUndo(place, start);
  if (confirm === null) call.print({ files: differing.map(({ file }) => file) }, () => formatDiff(differing));
  if (confirm === null) return EXIT.ok;
  if (differing.length > 0) call.info(formatDiff(differing));
  await confirm('Take it back?');
  const { isUsedElsewhere } = disconnectPlace(call, place, start);
  const isCopyRemoved = readRecords(call.environment).length === 0 && removeKeptCopies(call.environment);
  const files = differing.map(({ file }) => file);
  const lines = [
    'Our part of the files is gone, and what was there before is back.',
    ...(place.agent === 'codex'
      ? ['Codex keeps its own note that you trusted our hooks, in [hooks.state] of its config.toml.']
      : []),
    ...(isUsedElsewhere ? [] : ['An admin can revoke the key: fleetbeat keys']),
    ...(isCopyRemoved ? ['It was the last connection of this machine: the copy of this program is gone too.'] : []),
  ];
  call.print({ agent: place.agent, scope: place.scope, programId, files }, () => lines.join('\n'));
  return EXIT.ok;
}

/** What would be put back. Throws a `Failure` when it was not connected, or when a file cannot be changed safely. */
function planUndo(place: AgentLocation, start: LaunchCommand) {
  const record = readRecord(place);
  if (!record) throw new Failure(`${place.agent} was not connected here`, EXIT.notFound);
  const { programId, changed } = record;
  const targets = targetsFor(place, { start, programId, hooks: true });
  const plan = changed.map((change) => {
    const { file } = change;
    failIfMalformed(file, () => failIfLinkLeadsAway(file, place.scope === 'project' ? place.folder : null));
    const after = failIfMalformed(file, () => contentAfterUndo(change, targets));
    return { change, file, before: readTextFile(file), after, mode: getFileMode(file) };
  });
  return { programId, plan, differing: plan.filter(({ before, after }) => before !== after) };
}

/** Puts the files back and forgets the connection, without a question. Throws as `disconnect` does. */
export function disconnectPlace(
  call: Pick<Call, 'environment'>,
  place: AgentLocation,
  start: LaunchCommand,
): { readonly isUsedElsewhere: boolean } {
  const { programId, plan } = planUndo(place, start);
  undo(plan);
  deleteRecord(place);
  const isUsedElsewhere = readRecords(call.environment).some((other) => other.programId === programId);
  if (!isUsedElsewhere) deleteFile(connectionFile(call.environment, programId));
  // The dialogs that can be answered from afar are Claude Code's.
  else if (place.agent === 'claude-code') forgetAllowFromAfar(call, programId);
  if (!isUsedElsewhere && place.scope === 'project') mapFolder(place, null);
  return { isUsedElsewhere };
}

/** Where agents are connected, as far as the records say: those of version 0.1.0 don't name their folder. */
export const listConnectedPlaces = (environment: Environment): readonly AgentLocation[] =>
  readRecords(environment).flatMap(({ place }) => (place ? [{ ...place, environment }] : []));

function readRecords(environment: Environment): Partial<UndoRecord>[] {
  const folder = join(stateFolder(environment), '..', 'connect');
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => (readJsonObject(join(folder, name)) ?? {}) as Partial<UndoRecord>);
  } catch {
    return [];
  }
}

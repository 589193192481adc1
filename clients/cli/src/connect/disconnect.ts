/** Takes a connection back. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../call.ts';
import { EXIT, type ExitCode, Failure } from '../exit.ts';
import { dropFile } from '../hook/keep-file.ts';
import { connectionFile, readJson, stateFolder } from '../hook/places.ts';
import { modeOf, textOf } from './files.ts';
import type { Start } from './hooks-of.ts';
import { diffOf, orRefused } from './plan.ts';
import { mapFolder } from './program.ts';
import { type Place, targetsOf } from './targets.ts';
import { afterUndo, dropRecord, recordOf, undo } from './undo.ts';

/** `agree` is null when nothing is to be changed. */
export async function disconnect(
  call: Call,
  place: Place,
  start: Start,
  agree: ((question: string) => Promise<void>) | null,
): Promise<ExitCode> {
  const record = recordOf(place);
  if (!record) throw new Failure(`${place.agent} was not connected here`, EXIT.notFound);
  const { programId, changed } = record;
  const targets = targetsOf(place, { start, programId, hooks: true });
  const plan = changed.map((change) => {
    const { file } = change;
    const after = orRefused(file, () => afterUndo(change, targets));
    return { change, file, before: textOf(file), after, mode: modeOf(file) };
  });
  const differing = plan.filter(({ before, after }) => before !== after);
  if (agree === null) call.print({ files: differing.map(({ file }) => file) }, () => diffOf(differing));
  if (agree === null) return EXIT.ok;
  if (differing.length > 0) call.tell(diffOf(differing));
  await agree('Take it back?');
  undo(plan);
  dropRecord(place);
  const isShared = records(call).some((other) => other.programId === programId);
  if (!isShared) dropFile(connectionFile(call.environment, programId));
  if (!isShared && place.scope === 'project') mapFolder(place, null);
  const files = differing.map(({ file }) => file);
  call.print({ agent: place.agent, scope: place.scope, programId, files }, () =>
    isShared ? 'Everything is as it was' : 'Everything is as it was. An admin can revoke the key: fleetbeat keys',
  );
  return EXIT.ok;
}

function records(call: Call): { readonly programId?: unknown }[] {
  const folder = join(stateFolder(call.environment), '..', 'connect');
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readJson(join(folder, name)) ?? {});
  } catch {
    return [];
  }
}

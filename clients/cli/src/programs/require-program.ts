/** The program that a command is about when none is named: the key's own. */
import type { Fleetbeat } from '@fleetbeat/client';
import { EXIT, Failure } from '../exit.ts';

export async function requireProgramId(fleetbeat: Fleetbeat, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const { programId, role } = await fleetbeat.me();
  if (programId !== null) return programId;
  throw new Failure(
    `Which program? The key is an ${role}'s and of no program`,
    EXIT.usage,
    'fleetbeat programs lists them',
  );
}

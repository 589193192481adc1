/** Which of several database servers to write to. */
import type { Member } from './member.ts';
import type { Standing } from './standing.ts';

/** No server can be written to without doubt. The message has a line for each. */
export class NoPrimary extends Error {
  readonly code = 'NO_PRIMARY';
}

export interface Choice {
  readonly member: Member;
  readonly isSole: boolean;
}

/**
 * Asks all of them at once. The primary of a group is taken as soon as it answers; without a group exactly one must take
 * writes, or the one that was written to until now (`current`) must be among them, because two that both take writes know
 * nothing of each other's. Throws `NoPrimary`.
 */
export async function choose(members: readonly Member[], current: Member | null): Promise<Choice> {
  const looks = members.map(async (member) => ({ member, standing: await member.look() }));
  const sole = await Promise.any(looks.map(soleOf)).catch(() => null);
  if (sole) return { member: sole.member, isSole: true };
  const found = await Promise.all(looks);
  const writable = found.filter(({ standing }) => standing.takesWrites).map(({ member }) => member);
  const member = writable.length === 1 ? writable[0] : writable.find((each) => each === current);
  if (member) return { member, isSole: false };
  throw new NoPrimary(found.map(({ member: { at }, standing }) => `${at.name}: ${wordsOf(standing)}`).join('\n'));
}

async function soleOf(look: Promise<{ member: Member; standing: Standing }>) {
  const found = await look;
  if (!found.standing.takesWrites || !found.standing.isSole) throw new Error('not the primary of a group');
  return found;
}

const wordsOf = (standing: Standing): string =>
  standing.takesWrites ? 'it takes writes, and it is not the only one' : standing.why;

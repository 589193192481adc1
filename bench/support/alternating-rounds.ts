/** Rounds that alternate between the sides of a comparison, so that a noisy moment hits them all. */

/**
 * One warm-up and `count` rounds of every side, alternating: A B C A B C. Resolves with each side's results in order of the
 * rounds, without the warm-up.
 */
export async function runAlternating<Side extends string, Outcome>(
  count: number,
  sides: Readonly<Record<Side, () => Promise<Outcome>>>,
): Promise<Record<Side, Outcome[]>> {
  const names = Object.keys(sides) as Side[];
  const outcomes = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Side, Outcome[]>;
  for (let round = -1; round < count; round += 1) {
    for (const name of names) {
      const outcome = await sides[name]();
      if (round >= 0) outcomes[name].push(outcome);
    }
  }
  return outcomes;
}

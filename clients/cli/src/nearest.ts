/** The word that was probably meant. */
import leven from 'leven';

/** Empty when nothing is near enough to be worth a guess. */
export function nearest(word: string, candidates: readonly string[]): string {
  const [best] = candidates
    .map((each) => ({ each, distance: each.startsWith(word) ? 0 : leven(word, each) }))
    .sort((one, other) => one.distance - other.distance);
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.each : '';
}

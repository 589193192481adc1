/** Random choices of a test that can be repeated: the seed is printed, and FLEETBEAT_TEST_SEED sets it. */
import { randomInt } from 'node:crypto';

export interface SeededRandom {
  /** An integer from `min` to below `max`. */
  int(min: number, max: number): number;
  /** From 0 to below 1. */
  fraction(): number;
}

const MAX_SEED = 2 ** 31;

/** Prints the seed with the name of what uses it. */
export function createRandom(name: string, env: NodeJS.ProcessEnv = process.env): SeededRandom {
  const { FLEETBEAT_TEST_SEED: given } = env;
  const seed = given ? Number(given) : randomInt(MAX_SEED);
  if (!Number.isInteger(seed)) throw new Error(`FLEETBEAT_TEST_SEED must be an integer; it is '${given}'`);
  console.log(`${name}: FLEETBEAT_TEST_SEED=${seed} repeats these random choices`);
  const fraction = mulberry32(seed);
  return { fraction, int: (min, max) => min + Math.floor(fraction() * (max - min)) };
}

/** A generator of 32 bits of state; it need not be good, only repeatable. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

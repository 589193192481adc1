import { expect, test } from 'vitest';
import { LoopPauses } from './loop-pauses.ts';

/** A simulated loop that ticks every 100 ms of its own clock, unless it is paused. */
function simulateLoop() {
  let now = 0;
  const pauses = new LoopPauses(() => now);
  pauses.stop();
  return {
    pauses,
    run(ms: number) {
      for (const end = now + ms; now < end; ) {
        now += 100;
        pauses.recordPause();
      }
    },
    pause(ms: number) {
      now += ms;
    },
  };
}

test('without pauses a span has its own length', () => {
  const { pauses, run } = simulateLoop();
  run(60_000);
  expect(pauses.spanIncludingPauses(15_000)).toBe(15_000);
});

test('a pause in progress counts', () => {
  const { pauses, run, pause } = simulateLoop();
  run(60_000);
  pause(16_100);
  expect(pauses.spanIncludingPauses(15_000)).toBe(15_000 + 16_000);
});

test('only pauses within the span count', () => {
  const { pauses, run, pause } = simulateLoop();
  pause(30_100);
  pauses.recordPause();
  run(20_000);
  pause(4_100);
  pauses.recordPause();
  run(10_000);
  expect(pauses.spanIncludingPauses(9_000)).toBe(9_000);
  expect(pauses.spanIncludingPauses(15_000)).toBe(15_000 + 4_000);
  expect(pauses.spanIncludingPauses(60_000)).toBe(60_000 + 4_000 + 30_000);
});

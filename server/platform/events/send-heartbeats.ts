import { pulseFrame } from './frame.ts';
import type { SessionPulse } from './rules.ts';
import type { EventStream } from './stream.ts';

const MAX_PULSES_PER_FRAME = 1_000;

/** Sends heartbeats to the streams that asked for them. Streams with the same view share the bytes. */
export function sendHeartbeats(streams: readonly EventStream[], pulses: readonly SessionPulse[]): void {
  const chunks = new Map<string, Buffer>();
  for (const stream of streams) {
    const { view } = stream;
    const chunk = chunks.get(view.key) ?? Buffer.from(toPulseFrames(view.filterPulses(pulses)));
    chunks.set(view.key, chunk);
    if (chunk.length > 0) stream.send(chunk);
  }
}

function toPulseFrames(pulses: readonly SessionPulse[]): string {
  let text = '';
  for (let from = 0; from < pulses.length; from += MAX_PULSES_PER_FRAME)
    text += pulseFrame(pulses.slice(from, from + MAX_PULSES_PER_FRAME));
  return text;
}

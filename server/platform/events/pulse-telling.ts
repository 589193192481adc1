import { pulseFrame } from './frame.ts';
import type { SessionPulse } from './rules.ts';
import type { Stream } from './stream.ts';

/** As many as one frame holds. */
const PER_FRAME = 1_000;

/** Tells heartbeats to those who asked for them. Streams with the same view share the bytes. */
export function tellPulses(streams: readonly Stream[], pulses: readonly SessionPulse[]): void {
  const chunks = new Map<string, Buffer>();
  for (const stream of streams) {
    const { view } = stream;
    const chunk = chunks.get(view.key) ?? Buffer.from(framesOf(view.pulsesOf(pulses)));
    chunks.set(view.key, chunk);
    if (chunk.length > 0) stream.tell(chunk);
  }
}

function framesOf(pulses: readonly SessionPulse[]): string {
  let text = '';
  for (let from = 0; from < pulses.length; from += PER_FRAME) text += pulseFrame(pulses.slice(from, from + PER_FRAME));
  return text;
}

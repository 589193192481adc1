/** Events as they go over the wire: frames of Server-Sent Events (WHATWG HTML, section 9.2.6). */
import { formatInstant } from '../clock.ts';
import type { EventRow } from './entity.ts';
import type { FilterableEvent, SessionPulse } from './rules.ts';

/** An event, written out once for all who follow it. */
export interface Frame {
  readonly sequence: number;
  readonly event: FilterableEvent;
  readonly text: string;
}

export interface StoredEvent extends Pick<EventRow, 'seq' | 'at' | 'kind' | 'programId' | 'sessionId'> {
  /** JSON, as it is stored. */
  readonly data: string;
}

export function toFrame({ seq: sequence, at, kind, programId, sessionId, data }: StoredEvent): Frame {
  const parsed = JSON.parse(data) as FilterableEvent['data'];
  const event = { sequence, kind, at: formatInstant(at), programId, sessionId, data: parsed };
  return { sequence, event, text: `id: ${sequence}\nevent: ${kind}\ndata: ${JSON.stringify(event)}\n\n` };
}

/** Where a stream stands; a client resumes from its id. */
export const positionFrame = (sequence: number): string =>
  `id: ${sequence}\nevent: position\ndata: ${JSON.stringify({ sequence })}\n\n`;

/** Without an id: it is not one of the events that a client resumes from. */
export const pulseFrame = (pulses: readonly SessionPulse[]): string =>
  `event: pulse\ndata: ${JSON.stringify({ pulses })}\n\n`;

/** After how many milliseconds a client whose stream ended tries again. */
export const RETRY = 'retry: 1000\n\n';

/** A comment: it keeps proxies from closing a stream on which nothing happens. */
export const KEEP_ALIVE = ': keep-alive\n\n';

/** Events as they go over the wire: frames of Server-Sent Events (WHATWG HTML, section 9.2.6). */
import { formatInstant } from '../clock.ts';
import type { EventRow } from './entity.ts';
import type { FilterableEvent, SessionPulse } from './rules.ts';

/** An event, encoded once for all who follow it. */
export interface Frame {
  readonly sequence: number;
  readonly event: FilterableEvent;
  readonly text: string;
}

export interface StoredEvent extends Pick<EventRow, 'seq' | 'at' | 'type' | 'programId' | 'sessionId'> {
  /** JSON, as it is stored. */
  readonly data: string;
}

/** The stored JSON is sent as it is; it is parsed only when a filter asks for it, which most never do. */
export function toFrame({ seq: sequence, at, type, programId, sessionId, data }: StoredEvent): Frame {
  const head = JSON.stringify({ sequence, type, at: formatInstant(at), programId, sessionId });
  const text = `id: ${sequence}\nevent: ${type}\ndata: ${head.slice(0, -1)},"data":${data}}\n\n`;
  return { sequence, event: new LazyEvent(type, programId, data), text };
}

class LazyEvent implements FilterableEvent {
  #parsed: FilterableEvent['data'] | undefined;

  constructor(
    readonly type: FilterableEvent['type'],
    readonly programId: string | null,
    private readonly json: string,
  ) {}

  get data(): FilterableEvent['data'] {
    this.#parsed ??= JSON.parse(this.json) as FilterableEvent['data'];
    return this.#parsed;
  }
}

/** The position of a stream; a client resumes from its id. */
export const positionFrame = (sequence: number): string =>
  `id: ${sequence}\nevent: position\ndata: ${JSON.stringify({ sequence })}\n\n`;

/** Without an id: it is not one of the events that a client resumes from. */
export const pulseFrame = (pulses: readonly SessionPulse[]): string =>
  `event: pulse\ndata: ${JSON.stringify({ pulses })}\n\n`;

/** After how many milliseconds a client whose stream ended reconnects. */
export const RETRY = 'retry: 1000\n\n';

/** A comment: it keeps proxies from closing an idle stream. */
export const KEEP_ALIVE = ': keep-alive\n\n';

/** Operation → service, for the stream of events. */
import type { Handlers } from '../operations.ts';
import type { EventService } from './service.ts';

export const eventHandlers: Handlers<'streamEvents', { readonly events: EventService }> = {
  async streamEvents({ query: { after, pulse = false, ...filter }, headers }, { principal, services }) {
    const lastEventId = headers['last-event-id'];
    const from = lastEventId === undefined ? after : Number(lastEventId);
    const body = await services.events.follow(principal, { ...filter, pulse, after: from });
    return { status: 200, type: 'text/event-stream', body };
  },
};

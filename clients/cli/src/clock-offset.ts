/** A fetch that measures how far the server's clock is ahead of this one. */
import type { Fetch } from '@fleetbeat/client';

/** The header Date counts whole seconds: less than this is no difference. */
const DATE_RESOLUTION_MS = 1_000;

/** `onOffset` receives the difference in milliseconds with every answer; 0 where the clocks agree within the header's resolution. */
export function fetchWithClockOffset(onOffset: (ms: number) => void): Fetch {
  return async (url, init) => {
    const sentAt = Date.now();
    const response = await fetch(url, init);
    onOffset(getClockOffsetMs(response.headers.get('date'), sentAt, Date.now()));
    return response;
  };
}

/** The server wrote its Date between the two moments; a second's fraction is cut off of it. */
function getClockOffsetMs(date: string | null, sentAt: number, receivedAt: number): number {
  const serverTime = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(serverTime)) return 0;
  if (serverTime + DATE_RESOLUTION_MS <= sentAt) return serverTime + DATE_RESOLUTION_MS - sentAt;
  return serverTime > receivedAt ? serverTime - receivedAt : 0;
}

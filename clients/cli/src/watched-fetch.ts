/** A fetch that learns how far the server's clock is ahead of this one. */

/** The header Date counts whole seconds: less than this is no difference. */
const WHOLE_SECOND_MS = 1_000;

type Fetch = (request: Request) => Promise<Response>;

/** `onAhead` learns the difference in milliseconds with every answer; 0 where the clocks agree as far as can be told. */
export function watchedFetch(onAhead: (ms: number) => void): Fetch {
  return async (request) => {
    const sentAt = Date.now();
    const response = await fetch(request);
    onAhead(aheadMs(response.headers.get('date'), sentAt, Date.now()));
    return response;
  };
}

/** The server wrote its Date between the two moments; a second's fraction is cut off of it. */
export function aheadMs(date: string | null, sentAt: number, gotAt: number): number {
  const told = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(told)) return 0;
  if (told + WHOLE_SECOND_MS <= sentAt) return told + WHOLE_SECOND_MS - sentAt;
  return told > gotAt ? told - gotAt : 0;
}

/**
 * One stream for all tabs of a browser. Over HTTP/1.1 a browser opens six connections to a server, so with a stream in each tab
 * the seventh would wait for ever. One tab leads: it holds a lock, reads the stream and passes it on to the others.
 */

/** A leader that has not answered for so long is suspended, as phones do with tabs in the background. */
const ANSWER_TIMEOUT_MS = 2_000;
const CHECK_INTERVAL_MS = 10_000;

export interface SharedStream<Message> {
  /** Tabs that use the same name share a stream. */
  readonly name: string;
  /** Reads the stream until the turn ends; `send` delivers to every tab, this one included. */
  readonly lead: (turn: AbortSignal, send: (message: Message) => void) => Promise<void>;
  /** Called in every tab with every message, in order. */
  readonly receive: (message: Message) => void;
  /** What a tab must know that has just opened. */
  readonly summarize: () => Message;
}

type Envelope<Message> = { readonly question: true } | { readonly message: Message };

/** Shares the stream until `stop`. Rejects when `lead` does. */
export async function shareStream<Message>(stream: SharedStream<Message>, stop: AbortSignal): Promise<void> {
  // Plain HTTP beyond this machine: no locks, and no notifications that a hidden tab would have to give.
  if (!navigator.locks) return leadWhileVisible(stream, stop);
  const channel = new BroadcastChannel(stream.name);
  const post = (envelope: Envelope<Message>) => channel.postMessage(envelope);
  const send = (message: Message) => {
    stream.receive(message);
    post({ message });
  };
  let isLeading = false;
  let mustSteal = false;
  let turn = new AbortController();
  let unanswered: ReturnType<typeof setTimeout> | undefined;
  const takeOver = () => {
    mustSteal = true;
    turn.abort();
  };
  const checkLeader = () => {
    if (isLeading || document.hidden || unanswered !== undefined) return;
    unanswered = setTimeout(takeOver, ANSWER_TIMEOUT_MS);
    post({ question: true });
  };
  const onAnswer = () => {
    clearTimeout(unanswered);
    unanswered = undefined;
  };
  channel.onmessage = ({ data }: MessageEvent<Envelope<Message>>) => {
    if (!('question' in data)) {
      onAnswer();
      stream.receive(data.message);
    } else if (isLeading) post({ message: stream.summarize() });
  };
  document.addEventListener('visibilitychange', checkLeader);
  const interval = setInterval(checkLeader, CHECK_INTERVAL_MS);
  const endTurn = () => turn.abort();
  stop.addEventListener('abort', endTurn);
  const lead = async () => {
    isLeading = true;
    onAnswer();
    await stream.lead(turn.signal, send);
  };
  try {
    while (!stop.aborted) {
      turn = new AbortController();
      const options = mustSteal ? { steal: true } : { signal: turn.signal };
      mustSteal = false;
      const request = navigator.locks.request(stream.name, options, lead);
      checkLeader();
      // Rejects when this tab gives up waiting, and when another one has taken the lock away.
      await request.catch(throwUnlessAborted);
      turn.abort();
      isLeading = false;
      onAnswer();
    }
  } finally {
    stop.removeEventListener('abort', endTurn);
    document.removeEventListener('visibilitychange', checkLeader);
    clearInterval(interval);
    onAnswer();
    channel.close();
  }
}

function throwUnlessAborted(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
}

async function leadWhileVisible<Message>({ lead, receive }: SharedStream<Message>, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await untilVisible(stop);
    const turn = new AbortController();
    const endTurn = () => {
      if (stop.aborted || document.hidden) turn.abort();
    };
    stop.addEventListener('abort', endTurn);
    document.addEventListener('visibilitychange', endTurn);
    endTurn();
    try {
      await lead(turn.signal, receive);
    } finally {
      stop.removeEventListener('abort', endTurn);
      document.removeEventListener('visibilitychange', endTurn);
    }
  }
}

const untilVisible = (stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const check = () => {
      if (document.hidden && !stop.aborted) return;
      document.removeEventListener('visibilitychange', check);
      stop.removeEventListener('abort', check);
      resolve();
    };
    document.addEventListener('visibilitychange', check);
    stop.addEventListener('abort', check);
    check();
  });

/**
 * A process with many readers of event streams: opens them and records for every event its delay and number.
 */
import { get, type IncomingMessage } from 'node:http';
import type { StreamRequest, StreamResults } from './streams.ts';

interface Reader {
  readonly response: IncomingMessage;
  readonly sequences: number[];
}

const delays: number[] = [];
let readers: Reader[] = [];

const openReader = (port: number, key: string, path: string): Promise<Reader> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' };
    const request = get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      if (response.statusCode !== 200)
        return void reject(new Error(`A stream was answered with ${response.statusCode}`));
      const reader: Reader = { response, sequences: [] };
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        const frames = text.split('\n\n');
        text = frames.pop() ?? '';
        for (const frame of frames) recordFrame(reader, frame, resolve);
      });
    });
    request.once('error', reject);
  });

/** The first frame has the position of the stream: from then on it is following. */
function recordFrame(reader: Reader, frame: string, onFollowing: (reader: Reader) => void): void {
  if (frame.includes('\nevent: position\n')) {
    onFollowing(reader);
    return;
  }
  const data = /\ndata: (.*)$/m.exec(frame)?.[1];
  if (!data || !frame.startsWith('id: ')) return;
  const { sequence, at } = JSON.parse(data) as { sequence: number; at: string };
  delays.push(Date.now() - Date.parse(at));
  reader.sequences.push(sequence);
}

async function openReaders({ port, streams, maxConcurrent }: StreamRequest): Promise<void> {
  for (let from = 0; from < streams.length; from += maxConcurrent) {
    const some = streams.slice(from, from + maxConcurrent);
    readers.push(...(await Promise.all(some.map(({ key, path }) => openReader(port, key, path)))));
  }
}

/** The event numbers of each stream; the caller knows which are expected. */
function closeReaders(): StreamResults {
  for (const { response } of readers) response.destroy();
  const findings = { delays: [...delays], sequences: readers.map(({ sequences }) => sequences) };
  readers = [];
  delays.length = 0;
  return findings;
}

process.on('message', (order: StreamRequest | 'close' | 'count') => {
  if (order === 'close') return void process.send?.(closeReaders());
  if (order === 'count') return void process.send?.(delays.length);
  openReaders(order).then(
    () => process.send?.('open'),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.on('disconnect', () => process.exit());

/** An answer that does not end: Server-Sent Events. */
import type { ServerResponse } from 'node:http';
import type { Response } from 'express';
import type { Sink, StreamingBody } from '../sink.ts';
import { isHead } from './normalise.ts';

export const EVENT_STREAM = 'text/event-stream';

/** A reader that leaves more than this many bytes waiting is cut off; it resumes where it stood. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

/** Answers with the stream, for as long as both sides want it. */
export function sendStream(response: Response, stream: StreamingBody, onCut: () => void): void {
  // no-transform: what compresses would hold events back. X-Accel-Buffering: nginx would, too.
  response.set({ 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' });
  // Not by Express, which would add a charset: the format has only one.
  response.writeHead(200, { 'Content-Type': EVENT_STREAM });
  response.flushHeaders();
  endWithReader(response);
  void stream.run(createSink(response, onCut));
  if (isHead(response.req)) response.end();
}

/**
 * Ends a stream when its reader closes its half of the connection. Another sender may still wait for the answer then; a
 * reader has nothing more to ask, and one that is gone looks the same until the next write.
 */
export function endWithReader(response: ServerResponse): void {
  const { socket } = response.req;
  const end = () => response.destroy();
  if (socket.readableEnded) return void end();
  socket.once('end', end);
  response.once('close', () => socket.off('end', end));
}

function createSink(response: Response, onCut: () => void): Sink {
  const isOpen = () => !response.destroyed && !response.writableEnded;
  return {
    get isOpen() {
      return isOpen();
    },
    write(chunk) {
      if (!isOpen()) return;
      if (response.writableLength <= MAX_BUFFERED_BYTES) return void response.write(chunk);
      onCut();
      response.destroy();
    },
    drained: () =>
      new Promise((resolve) => {
        if (!isOpen() || !response.writableNeedDrain) return resolve();
        const done = () => {
          response.off('drain', done).off('close', done);
          resolve();
        };
        response.on('drain', done).on('close', done);
      }),
    end() {
      if (isOpen()) response.end();
    },
    onClose(listener) {
      if (response.destroyed || response.closed) queueMicrotask(listener);
      else response.once('close', listener);
    },
  };
}

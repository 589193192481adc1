/** Streaming responses: Server-Sent Events. */
import type { ServerResponse } from 'node:http';
import type { Response } from 'express';
import type { Sink, StreamingBody } from '../sink.ts';
import { isHead } from './normalise.ts';

export const EVENT_STREAM = 'text/event-stream';

/** A reader with more buffered bytes than this is disconnected; it reconnects and resumes by Last-Event-ID. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

/** Sends the stream until either side ends it. `onCut` is called when a reader is disconnected for being too slow. */
export function sendStream(response: Response, stream: StreamingBody, onCut: () => void): void {
  // Compressing proxies (no-transform) and nginx (X-Accel-Buffering) would otherwise hold events back.
  response.set({ 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' });
  // Not through Express, which would add a charset: the format is always UTF-8.
  response.writeHead(200, { 'Content-Type': EVENT_STREAM });
  response.flushHeaders();
  endWithReader(response);
  void stream.run(createSink(response, onCut));
  if (isHead(response.req)) response.end();
}

/**
 * Ends a stream when its reader half-closes the connection. For other requests a half-close is valid, because the client
 * may still await the response. For a stream it means that the reader is gone, which would else show only at the next write.
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

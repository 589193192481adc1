/** Misbehaving connections: raw sockets under the control of a test. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawSocket {
  readonly socket: Socket;
  /** Everything received so far. */
  received(): string;
  /** Resolves when the server has closed or reset it. */
  readonly closed: Promise<void>;
}

/** Opens this many connections; resolves when all are open. */
export function openSockets(baseUrl: string, count: number): Promise<RawSocket[]> {
  const { hostname, port } = new URL(baseUrl);
  const open = async (): Promise<RawSocket> => {
    const socket = connect(Number(port), hostname);
    const pieces: Buffer[] = [];
    const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
    await once(socket, 'connect');
    socket.on('error', () => undefined).on('data', (piece) => pieces.push(piece));
    return { socket, received: () => Buffer.concat(pieces).toString(), closed };
  };
  return Promise.all(Array.from({ length: count }, open));
}

/** Repeatedly sends the same few bytes over all of them, until the returned function is called. */
export function startDripping(sockets: readonly RawSocket[], bytes: string): () => void {
  const timer = setInterval(() => {
    for (const { socket } of sockets) if (socket.writable) socket.write(bytes);
  }, 500);
  return () => clearInterval(timer);
}

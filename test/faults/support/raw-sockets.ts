/** Connections that behave badly: bare sockets that say what a test says, when it says it. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawSocket {
  readonly socket: Socket;
  /** Everything that it has received. */
  received(): string;
  /** Resolves when the server has closed it, or broken it. */
  readonly closed: Promise<void>;
}

/** As many connections, all open when it resolves. */
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

/** Sends the same few bytes over all of them again and again; ends with what it returns. */
export function startDripping(sockets: readonly RawSocket[], bytes: string): () => void {
  const timer = setInterval(() => {
    for (const { socket } of sockets) if (socket.writable) socket.write(bytes);
  }, 500);
  return () => clearInterval(timer);
}

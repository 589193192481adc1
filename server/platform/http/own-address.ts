/** This server's own address, for protocols that send a browser back to it. */
import type { Request } from 'express';

const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/**
 * The origin under which people reach this server: the setting, else a loopback name with the listening port. Null where it
 * has none: what a proxy or caller names as host is not believed.
 */
export function findOwnAddress(
  request: Request,
  { publicUrl, host }: { readonly publicUrl: string; readonly host: string },
): string | null {
  if (publicUrl !== '') return publicUrl;
  if (!LOOPBACK_HOSTS.includes(host)) return null;
  const { localPort } = request.socket;
  return LOOPBACK_NAMES.map((name) => `${name}:${localPort}`).includes(request.headers.host ?? '')
    ? `http://${request.headers.host}`
    : null;
}

/** The address by which others reach a server of this machine. */
import { networkInterfaces } from 'node:os';

const ANSWERS_WITHIN_MS = 1_000;

export const isLoopback = (url: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

/** The first address of this machine at which the same port answers as a Fleetbeat server; null when none does. */
export async function findReachableAddress(url: string): Promise<string | null> {
  const { protocol, port } = new URL(url);
  const addresses = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => `${protocol}//${address}${port && `:${port}`}`);
  for (const address of addresses) if (await answers(address)) return address;
  return null;
}

const answers = async (address: string): Promise<boolean> => {
  try {
    const { ok } = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    return ok;
  } catch {
    return false;
  }
};

/** Checks the server: reachable, ready, accepts the key, serves MCP. */
import { createFleetbeat, type Fleetbeat, FleetbeatError } from '@fleetbeat/client';
import { formatAge, formatExpiry } from '../ages.ts';
import type { Call } from '../call.ts';
import { fetchWithClockOffset } from '../clock-offset.ts';
import { unreachableReason } from '../failure-text.ts';
import { findServer } from '../serve/find-server.ts';
import { oneLine } from '../text.ts';
import { VERSION } from '../version.ts';
import { type Finding, good, unknown, warning, wrong } from './finding.ts';
import { checkMcp } from './mcp.ts';

/** Ages are told by the server's clock, so a small difference harms nobody. */
const MAX_CLOCK_SKEW_MS = 30_000;
/** A server sweeps every minute; after this long without a sweep something prevents it. */
const MAX_SWEEP_AGE_MS = 10 * 60_000;
const KEY_EXPIRY_WARNING_MS = 14 * 86_400_000;
const TIMEOUT_MS = 10_000;

export async function checkServer(call: Pick<Call, 'settings'>): Promise<Finding[]> {
  const { url, key, keyIsFor } = call.settings();
  let offsetMs = 0;
  const fetch = fetchWithClockOffset((ms) => {
    offsetMs = ms;
  });
  const options = { baseUrl: url, fetch, retries: 0, timeoutMs: TIMEOUT_MS };
  const fleetbeat = createFleetbeat({ ...options, ...(key !== null && { key }) });
  const startedAt = performance.now();
  let version: string;
  try {
    ({ version } = await fleetbeat.server.live());
  } catch (error) {
    return [
      checkReachable(url, error),
      unknown('key', 'Not looked at: no server'),
      unknown('mcp', 'Not looked at: no server'),
    ];
  }
  const tookMs = Math.round(performance.now() - startedAt);
  const now = Date.now() + offsetMs;
  return [
    good('server', `${url} answers in ${tookMs} ms`),
    checkVersion(version),
    checkClock(offsetMs),
    await checkReadiness(fleetbeat, now),
    ...(key === null ? [missingKey(keyIsFor)] : await checkKey(fleetbeat, url, key, now)),
  ];
}

function checkReachable(url: string, error: unknown): Finding {
  const reason = unreachableReason(error);
  if (reason === null) {
    const says = error instanceof FleetbeatError ? `HTTP ${error.status}` : oneLine(String((error as Error).message));
    const mend = 'Name another address with --url, or serve on another port: fleetbeat serve --port 8788';
    return wrong('server', `Something answers at ${url}, and it is no Fleetbeat server (${says})`, mend);
  }
  const start = findServer(import.meta.url) === null ? 'Start the server on that machine' : 'fleetbeat serve';
  return wrong('server', `${url}: ${reason}`, `${start}\nor name another address: fleetbeat doctor --url <address>`);
}

function checkVersion(server: string): Finding {
  if (server === VERSION) return good('version', `${server}, here and there`);
  const says = `The server is ${server}, this program ${VERSION}`;
  return warning('version', says, 'fleetbeat upgrade, or git pull && make build in a clone');
}

function checkClock(offsetMs: number): Finding {
  if (Math.abs(offsetMs) < MAX_CLOCK_SKEW_MS) return good('clock', 'The clocks agree');
  const says = `The server's clock is ${Math.round(Math.abs(offsetMs) / 1_000)} s ${offsetMs > 0 ? 'ahead of' : 'behind'} this one`;
  return warning('clock', says, 'Set the clock of the one that is wrong: timedatectl set-ntp true');
}

async function checkReadiness(fleetbeat: Fleetbeat, now: number): Promise<Finding> {
  try {
    const { database, sweep } = await fleetbeat.server.ready();
    const says = `${database}, last swept ${sweep.lastRunAt === null ? 'never' : `${formatAge(sweep.lastRunAt, now)} ago`}`;
    const isLate = sweep.lastRunAt !== null && now - Date.parse(sweep.lastRunAt) > MAX_SWEEP_AGE_MS;
    return isLate
      ? warning(
          'database',
          `${says}: nothing is archived`,
          'Look into the log of the server; a restart starts its jobs anew',
        )
      : good('database', says);
  } catch (error) {
    const says = error instanceof FleetbeatError ? error.problem.detail : String(error);
    return wrong('database', says, 'Look at DATABASE_URL and at the log of the server');
  }
}

const missingKey = (keyIsFor: string | null): Finding =>
  wrong(
    'key',
    keyIsFor === null ? 'There is no key' : `There is no key for this server; the kept one is for ${keyIsFor}`,
    'fleetbeat login\nor on the machine of the server: fleetbeat login < ~/.local/share/fleetbeat/admin.key',
  );

async function checkKey(fleetbeat: Fleetbeat, url: string, key: string, now: number): Promise<Finding[]> {
  try {
    const me = await fleetbeat.me();
    const whose = me.programId === null ? '' : ` ${me.programId}`;
    const says = `${me.keyId}: ${me.role}${whose} of ${oneLine(me.accountName)}, ${formatExpiry(me.expiresAt, now)}`;
    const endsSoon = me.expiresAt !== null && Date.parse(me.expiresAt) - now < KEY_EXPIRY_WARNING_MS;
    const own = endsSoon
      ? warning('key', says, `Have an admin make another: fleetbeat keys create${whose}`)
      : good('key', says);
    return [own, await checkMcp(url, key)];
  } catch (error) {
    const says =
      error instanceof FleetbeatError && error.status === 401
        ? 'The server refuses it: mistyped, expired or revoked'
        : String(error);
    return [
      wrong('key', says, 'fleetbeat login keeps another; an admin makes one with fleetbeat keys create <program>'),
      unknown('mcp', 'Not looked at: no key'),
    ];
  }
}

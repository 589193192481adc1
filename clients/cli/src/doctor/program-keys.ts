/** Whether the keys that hooks and the MCP bridge use still work: nobody sees it when one of them has expired. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createFleetbeat, FleetbeatError } from '@fleetbeat/client';
import { formatExpiry } from '../ages.ts';
import type { Call } from '../call.ts';
import { unreachableReason } from '../failure-text.ts';
import { configFolder, type ProgramConnection, readConnection } from '../hook/paths.ts';
import { oneLine } from '../text.ts';
import { type Finding, good, unknown, warning, wrong } from './finding.ts';

/** Long enough that it falls into somebody's working week. */
const EXPIRY_WARNING_MS = 14 * 86_400_000;
const TIMEOUT_MS = 5_000;

export async function checkProgramKeys({ environment }: Pick<Call, 'environment'>): Promise<Finding[]> {
  const findings = listProgramIds(environment).map(async (programId) => {
    const connection = readConnection(environment, programId);
    return connection === null ? [] : [await checkKey(programId, connection)];
  });
  return (await Promise.all(findings)).flat();
}

function listProgramIds(environment: Call['environment']): string[] {
  try {
    const names = readdirSync(join(configFolder(environment), 'programs')).sort();
    return names.filter((name) => name.endsWith('.json')).map((name) => name.replace(/\.json$/, ''));
  } catch {
    return [];
  }
}

async function checkKey(programId: string, { url, key }: ProgramConnection): Promise<Finding> {
  const renew = `With an admin's key: fleetbeat connect <agent> --program ${programId} --make-key`;
  try {
    const me = await createFleetbeat({ baseUrl: url, key, retries: 0, timeoutMs: TIMEOUT_MS }).me();
    const now = Date.now();
    if (me.programId !== programId)
      return wrong(programId, `Its kept key is of ${me.programId ?? `an ${me.role}`}, not of ${programId}`, renew);
    const says = `Its key at ${url} works, ${formatExpiry(me.expiresAt, now)}`;
    const endsSoon = me.expiresAt !== null && Date.parse(me.expiresAt) - now < EXPIRY_WARNING_MS;
    if (!endsSoon) return good(programId, says);
    const byItself = 'The hooks of an agent renew it at its next event. If it still ends soon then:';
    return warning(programId, says, me.renewable ? `${byItself}\n${renew}` : renew);
  } catch (error) {
    if (error instanceof FleetbeatError && error.status === 401)
      return wrong(programId, `${url} refuses its key: it has expired or was revoked. Agents have no memory`, renew);
    const reason = unreachableReason(error) ?? oneLine(String((error as Error).message));
    return unknown(programId, `Its key could not be tried at ${url}: ${reason}`);
  }
}

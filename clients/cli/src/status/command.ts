import { compareByNeed, type components, type Fleetbeat, getNeeds, isLive } from '@fleetbeat/client';
import { formatExpiry } from '../ages.ts';
import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';
import { formatKeyValues } from '../key-values.ts';
import { collectPages } from '../pages.ts';
import type { Session } from '../session-state.ts';
import { sessionColumns } from '../sessions/columns.ts';
import { tableLines } from '../table.ts';
import { oneLine, pluralize } from '../text.ts';
import { programColumns } from './programs.ts';

type Schemas = components['schemas'];

interface Status {
  readonly url: string;
  readonly version: string;
  readonly ready: Schemas['Readiness'] | null;
  readonly me: Schemas['Me'];
  /** Null for a key that may not see it. */
  readonly fleet: Schemas['FleetHealth'] | null;
  /** The live ones, what needs attention first. */
  readonly sessions: readonly Session[];
}

export const command = defineCommand({
  summary: 'Tell how the server and the fleet are, and who the key is',
  examples: [['fleetbeat status --json | jq .me', 'Which program does this key speak for?']],
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const me = await fleetbeat.me();
    const canReadHealth = me.role === 'admin' || me.role === 'operator';
    const [version, ready, fleet, sessions] = await Promise.all([
      fleetbeat.server.live().then(({ version }) => version),
      fleetbeat.server.ready().catch(() => null),
      canReadHealth ? fleetbeat.fleet.health() : null,
      liveSessions(fleetbeat),
    ]);
    const status: Status = { url: call.settings().url, version, ready, me, fleet, sessions };
    call.print(status, () => formatStatus(status, call));
  },
});

async function liveSessions(fleetbeat: Fleetbeat): Promise<readonly Session[]> {
  const { items } = await collectPages('sessions', { all: true }, (page) => fleetbeat.sessions.list(page));
  return items.filter(isLive).sort(compareByNeed);
}

function formatStatus(status: Status, call: Pick<Call, 'now' | 'paint' | 'layout'>): string {
  const { url, version, ready, me, fleet, sessions } = status;
  const { paint } = call;
  const layout = call.layout();
  const urgentCount = sessions.filter((session) => getNeeds(session).length > 0).length;
  const facts = formatKeyValues(
    [
      ['Server', `${url}, version ${version}, ${ready ? `ready (${ready.database})` : 'not ready'}`],
      [
        'Key',
        `${me.keyId}: ${me.role}${me.programId === null ? '' : ` ${me.programId}`}, ${formatExpiry(me.expiresAt, call.now())}`,
      ],
      ['Account', `${oneLine(me.accountName)} (${me.tier})`],
      ['Sessions', `${sessions.length} live${urgentCount > 0 ? `, ${needs(urgentCount)} somebody` : ''}`],
      ['Silence', fleet?.massSilence && `${pluralize(fleet.massSilence.sessions, 'session')} fell silent together`],
    ],
    paint,
  );
  const programs =
    fleet && fleet.programs.length > 0 ? ['', ...tableLines(programColumns(call.now), fleet.programs, layout)] : [];
  const rows = sessions.length > 0 ? ['', ...tableLines(sessionColumns(call.now), sessions, layout)] : [];
  return [facts, ...programs, ...rows].join('\n');
}

const needs = (count: number): string => `${count} ${count === 1 ? 'needs' : 'need'}`;

/** Operations about the server itself. They need no key. */
import { PROBLEMS } from '../../../openapi/generated/problems.ts';
import { formatInstantOrNull } from '../../platform/clock.ts';
import { contract } from '../../platform/contract.ts';
import type { Store } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { Leases } from '../../platform/jobs/lease.ts';
import type { Handlers } from '../../platform/operations.ts';
import { withTimeout } from '../../platform/with-timeout.ts';
import { SWEEP } from '../sessions/index.ts';
import { problemPage, referencePage } from './pages/index.ts';

/** A probe is asked every few seconds, and its asker does not wait for long. */
const DATABASE_ANSWERS_MS = 2_000;
/** Longer than a group commit waits for a row that it cannot pass by, and than any commit takes. */
const UPDATES_STAND_MS = 5_000;

/** Session updates that wait for their transaction. */
interface UpdateQueue {
  oldestUpdateMs(): number;
}

export const aboutHandlers: Handlers<
  'getIndex' | 'getLiveness' | 'getReadiness' | 'getDocument' | 'getReference' | 'getProblemKind',
  {
    readonly version: string;
    readonly organisationSignIn: string | null;
    readonly store: Store;
    readonly leases: Leases;
    readonly sessions: UpdateQueue;
  }
> = {
  async getIndex(_request, { services: { version, organisationSignIn } }) {
    const parts = { dashboard: '/', guide: '/guide', reference: '/docs', document: '/openapi.json', mcp: '/mcp' };
    return {
      status: 200,
      body: {
        name: 'Fleetbeat',
        version,
        ...parts,
        install: `/install/fleetbeat-${version}.tgz`,
        ...(organisationSignIn !== null && { organisationSignIn }),
      },
    };
  },

  async getLiveness(_request, { services }) {
    return { status: 200, body: { status: 'ok', version: services.version } };
  },

  async getReadiness(_request, { services }) {
    const waitMs = services.sessions.oldestUpdateMs();
    if (waitMs > UPDATES_STAND_MS)
      throw new Fault('unavailable', `Updates of sessions have waited for the database for ${Math.round(waitMs)} ms.`);
    // The server listens only after all migrations.
    const asking = Promise.all([services.leases.lastRunAt(SWEEP), services.store.findWeakSettings()]);
    const [lastRunAt, weakSettings] = await withTimeout(
      DATABASE_ANSWERS_MS,
      asking,
      'The database did not answer in time.',
    );
    const sweep = { lastRunAt: formatInstantOrNull(lastRunAt) };
    const warnings = [...weakSettings];
    return {
      status: 200,
      body: { status: 'ready', database: services.store.kind, migrations: 'done', sweep, warnings },
    };
  },

  async getDocument() {
    return { status: 200, body: contract as Record<string, unknown> };
  },

  async getReference() {
    return { status: 200, body: referencePage(), type: 'text/html' };
  },

  async getProblemKind({ path }) {
    const kind = Object.keys(PROBLEMS).find((each) => each === path.kind) as keyof typeof PROBLEMS | undefined;
    if (!kind) throw new Fault('problem-not-found', `No kind of problem is called '${path.kind}'.`);
    return { status: 200, body: problemPage(kind, PROBLEMS[kind]), type: 'text/html' };
  },
};

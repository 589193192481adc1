// biome-ignore-all lint/suspicious/noTemplateCurlyInString: parts of source texts
/** Mutants of who is alive, who holds a slot, who succeeds whom, what the sweep takes, and what is deleted for its age. */
import { inFile, type Mutant } from './mutant.ts';

export const LIVENESS: readonly Mutant[] = [
  ...inFile('domains/sessions/liveness.ts', [
    [
      'a pinned session is live: it takes a slot and sends pulses',
      'pinned: { live: true, archivedWhenSilent: false',
      'pinned: { live: false, archivedWhenSilent: false',
      'sessions/live-states.test.ts',
    ],
    [
      'a pinned session is not archived for its silence',
      'pinned: { live: true, archivedWhenSilent: false',
      'pinned: { live: true, archivedWhenSilent: true',
      'sessions',
    ],
    [
      'a blocked session is not stuck',
      'blocked: { live: true, archivedWhenSilent: true, canBeStuck: false }',
      'blocked: { live: true, archivedWhenSilent: true, canBeStuck: true }',
      'sessions',
    ],
    ['an archived session is not live', 'TRAITS[state].live && !archived;', 'TRAITS[state].live;', 'sessions'],
    [
      'silence while nobody could be heard does not count',
      'now - Math.max(at, upSince);',
      'now - at;',
      '../../server/domains/sessions/liveness.test.ts',
    ],
    [
      'an idle session is not stale',
      'isLive(session) && !isIdle(session) && getSilenceMs(session, at) > at.staleAfterMs;',
      'isLive(session) && getSilenceMs(session, at) > at.staleAfterMs;',
      'sessions/idle.test.ts',
    ],
    [
      'silence of exactly the stale period is not stale',
      'getSilenceMs(session, at) > at.staleAfterMs',
      'getSilenceMs(session, at) >= at.staleAfterMs',
      'sessions',
    ],
    [
      'the sweep’s query counts no silence of an outage',
      'couldHearFor(at, silenceMs) ? at.now - silenceMs : NEVER;',
      'at.now - silenceMs;',
      '../../server/domains/sessions/liveness.test.ts',
    ],
    [
      'a slot is held by who was seen lately only',
      '`${liveSql(table)} AND ${seenSinceSql(table, cutoff)}`;',
      'liveSql(table) + (cutoff ? ` AND ${cutoff} = ${cutoff}` : "");',
      'accounts/tiers.test.ts',
      'sessions',
    ],
  ]),
  ...inFile('domains/sessions/slots.ts', [
    ['slots are counted by account', ".where('session.accountId = :accountId', slot)", ".where('1 = 1')", 'accounts'],
    [
      'a session that has its slot does not compete with itself',
      ".andWhere('session.sessionId <> :sessionId', slot)",
      '',
      'accounts/tiers.test.ts',
      'sessions',
    ],
    [
      'a tier’s limit is its limit',
      'if (count < limit) return;',
      'if (count <= limit) return;',
      'accounts/tiers.test.ts',
    ],
  ]),
  ...inFile(
    'domains/sessions/slots.ts',
    [
      [
        'two sessions at once take one free slot once',
        'return (await forUpdate(query).getOneOrFail()).tier;',
        'return (await (forUpdate ? query : query).getOneOrFail()).tier;',
        'accounts/tiers.test.ts',
      ],
    ],
    'mysql',
  ),
  ...inFile('domains/sessions/succession.ts', [
    [
      'a boot succeeds sessions of its own program only',
      ".where('session.accountId = :accountId AND session.programId = :programId', successor)\n    .andWhere('session.sessionId <> :sessionId AND session.successor IS NULL', successor)",
      ".where('session.accountId = :accountId', successor)\n    .andWhere('session.sessionId <> :sessionId AND session.successor IS NULL', successor)",
      'boot',
    ],
    [
      'a boot leaves who is alive and asked for nobody',
      'if (!before || !needsSuccessor(before, at)) continue;',
      'if (!before) continue;',
      'boot',
    ],
    [
      'of two boots after one session the second is told of the first',
      'if (previous && predecessors.length === 0) await assertNoRival(transaction.manager, previous, sessionId, at);',
      '',
      'boot',
    ],
    [
      'the brief speaks of the newest other session',
      "      .orderBy('session.updatedAt', 'DESC')\n      .addOrderBy('session.sessionId', 'DESC')",
      "      .orderBy('session.updatedAt', 'ASC')\n      .addOrderBy('session.sessionId', 'DESC')",
      'boot',
    ],
    [
      'a program’s brief speaks of its own last session',
      ".where('session.accountId = :accountId AND session.programId = :programId', successor)\n      .andWhere('session.archived",
      ".where('session.accountId = :accountId', successor)\n      .andWhere('session.archived",
      'boot',
    ],
  ]),
  ...inFile('domains/sessions/rules.ts', [
    [
      'who was taken over writes no more',
      'if (successor === null) return;',
      'if (successor !== undefined) return;',
      'sessions/superseded.test.ts',
    ],
    [
      'a program changes its own sessions only',
      'if (session.programId !== principal.programId && !isAdmin(principal)) {',
      'if (session.programId !== principal.programId && session.sessionId === undefined) {',
      'sessions/ownership.test.ts',
    ],
    [
      'a session stays with its program',
      'if (requestedProgramId !== undefined && requestedProgramId !== session.programId) {',
      'if (requestedProgramId === session.sessionId) {',
      'sessions',
    ],
    ['a time never runs backwards', '(now >= before ? now : before + 1);', 'now;', 'sessions'],
    [
      'a heartbeat that changes nothing is no progress',
      'lastProgressAt: hasAnyChanged(PROGRESS_FIELDS, before, after)\n    ?',
      'lastProgressAt: after !== before\n    ?',
      'sessions',
    ],
    [
      'who is silent claims nothing',
      'assertNotSuperseded(session);\n  if (isAlive(session, at)) return;',
      'assertNotSuperseded(session);\n  if (isLive(session)) return;',
      'tasks',
    ],
    [
      'a revived id is a new run',
      "state === 'complete' && update.state !== undefined && update.state !== 'complete';",
      "state === 'blocked' && update.state !== undefined && update.state !== 'complete';",
      'sessions/runs.test.ts',
      'sessions/repeated-ids.test.ts',
    ],
    [
      'a takeover completes who it takes over',
      "  ...session,\n  state: 'complete',\n  completedAt: now,",
      '  ...session,\n  completedAt: now,',
      'boot',
    ],
    [
      'a killed session reads killed',
      "session.killedAt !== null ? 'killed' : session",
      "session.killedAt === 0 ? 'killed' : session",
      'boot',
      'sessions',
    ],
    [
      'a late update leaves what is complete and archived archived',
      "const isRevived = state !== 'complete' || session.state !== 'complete';",
      'const isRevived = state !== undefined;',
      'sessions',
    ],
  ]),
  ...inFile('domains/sessions/sweep.ts', [
    [
      'the sweep stops when its lease is lost',
      'if (!(await renew())) return false;',
      'await renew();',
      'sessions/sweep-lease.test.ts',
    ],
    ['the sweep spares a mass silence', 'isSpared(silence, getLastSeenAt(row), now) ? null :', '', 'sessions'],
    [
      'the sweep tells the fleet whom it archived',
      '      appendEvents(transaction, accountId, now, events);',
      '      void events;',
      'sessions',
      'events',
    ],
    [
      'the sweep archives by account',
      ".where('session.accountId = :accountId AND session.sessionId IN (:...ids)', { accountId, ids })",
      ".where('session.sessionId IN (:...ids)', { ids })",
      'sessions',
      'accounts/twins.test.ts',
    ],
    [
      'after an outage nothing is archived for one stale period',
      'if (!this.#isGracePeriodOver()) return;\n    const { archive',
      'const { archive',
      'sessions',
    ],
  ]),
  ...inFile(
    'domains/sessions/sweep.ts',
    [
      [
        'the sweep looks again under the lock: who was heard meanwhile stays',
        'isSpared(silence, getLastSeenAt(row), now) ? null : archivalReason(row, at, this.settings);',
        "isSpared(silence, getLastSeenAt(row), now) ? null : (archivalReason(row, at, this.settings) ?? 'silent');",
        'sessions/sweep-races.test.ts',
      ],
    ],
    'mysql',
  ),
  ...inFile('domains/sessions/stale-notifier.ts', [
    [
      'a silence is told once',
      'const unnotified = rows.filter((row) => applies(row, at) && row[notifiedColumn] !== row[sinceColumn]);',
      'const unnotified = rows.filter((row) => applies(row, at));\n      void notifiedColumn;',
      'events/stale-notifications.test.ts',
    ],
    [
      'who was heard meanwhile is not told as silent',
      'const unnotified = rows.filter((row) => applies(row, at) && row[notifiedColumn] !== row[sinceColumn]);',
      'const unnotified = rows.filter((row) => applies !== null && at !== null && row[notifiedColumn] !== row[sinceColumn]);',
      'events/stale-notifications.test.ts',
      'sessions',
    ],
  ]),
  ...inFile('domains/sessions/timeline.ts', [
    [
      'a timeline is of one account',
      ".where('session_change.accountId = :accountId AND session_change.sessionId = :sessionId', { accountId, sessionId })",
      ".where('session_change.sessionId = :sessionId', { sessionId })",
      'accounts',
    ],
    [
      'a timeline keeps the newest thousand changes',
      ".andWhere('session_change.number > :dropped', { dropped: changes - MAX_CHANGES })",
      ".andWhere(':dropped = :dropped', { dropped: changes })",
      'sessions/timeline.test.ts',
    ],
  ]),
  ...inFile('domains/sessions/read-pulses.ts', [
    [
      'pulses are of one account',
      'WHERE accountId = ? AND archived = 0 AND state = ? AND updatedAt >= ?',
      "WHERE ? <> '' AND archived = 0 AND state = ? AND updatedAt >= ?",
      'events',
      'accounts',
    ],
    [
      'of two sessions seen in one millisecond none is missing among the pulses',
      'AND updatedAt >= ? AND (updatedAt > ? OR sessionId > ?)',
      'AND updatedAt > ? AND (updatedAt > ? OR sessionId > ?)',
      'events/pulse.test.ts',
    ],
  ]),
  ...inFile('domains/fleet/queries.ts', [
    [
      'a lapsed claim waits for everybody again',
      '  UNION ALL\n  SELECT t.target AS target, COUNT(*) AS pending ${LAPSED_TASKS} AND ${LAPSED_UNEXPIRED} GROUP BY t.target\n',
      '  UNION ALL\n  SELECT t.target AS target, COUNT(*) AS pending ${LAPSED_TASKS} AND ${LAPSED_UNEXPIRED} AND 1 = 0 GROUP BY t.target\n',
      'fleet',
      'tasks/pending.test.ts',
    ],
    [
      'an expired message does not wait',
      'message_deliveries WHERE accountId = ? AND readAt IS NULL AND ${UNEXPIRED}`;',
      'message_deliveries WHERE accountId = ? AND readAt IS NULL AND (expiresAt IS NULL OR expiresAt > ? OR expiresAt > 0)`;',
      'fleet',
    ],
    [
      'a removed program is no program of the fleet',
      'WHERE p.accountId = ? AND p.removedAt IS NULL ORDER BY',
      'WHERE p.accountId = ? ORDER BY',
      'retention',
      'fleet',
    ],
    [
      'a heartbeat’s answer tells of its own program’s pause only',
      'WHERE accountId = ? AND programId IN (…) AND pausedAt IS NOT NULL`;',
      'WHERE accountId = ? AND programId IN (…)`;',
      'fleet',
      'sessions',
      'http',
    ],
  ]),
  ...inFile('platform/events/feed.ts', [
    [
      'a gap in the numbers ends the streams, which are told when they resume',
      'if (first.sequence !== this.#position + 1) for (const stream of this.#streams) stream.end();',
      '',
      'events',
    ],
    [
      'nothing is sent to a stream whose key was not confirmed',
      'if (!this.#options.isConfirmed(stream)) {\n        stream.end();\n        continue;\n      }',
      '',
      'events',
    ],
    [
      'who joins late is not given what it has',
      'if (stream.position >= first.sequence) {',
      'if (stream.position < 0) {',
      'events',
    ],
  ]),
  ...inFile('platform/events/query.ts', [
    [
      'a catch-up that lost events says so',
      'if (after < latest && (oldest === null || oldest > after + 1)) return null;',
      'void oldest;',
      'events',
    ],
    [
      'a feed reads its own account’s events',
      'FROM events WHERE accountId = ? AND seq > ? ORDER BY seq LIMIT ${limit}`',
      "FROM events WHERE ? <> '' AND seq > ? ORDER BY seq LIMIT ${limit}`",
      'events',
      'accounts',
    ],
  ]),
  ...inFile('platform/events/rules.ts', [
    [
      'who resumes behind what is kept is told',
      '(after < latest && oldest !== null && oldest <= after + 1);',
      'after < latest;',
      'events/retention.test.ts',
      'events/catch-up.test.ts',
    ],
    [
      'a number that was never given out is no position',
      'after === latest || (after < latest &&',
      'after >= latest || (after < latest &&',
      'events',
    ],
  ]),
  ...inFile('domains/webhooks/signature.ts', [
    [
      'a delivery is signed over its time',
      'sign(key, `${deliveryId}.${timestamp}.${payload}`)',
      'sign(key, `${deliveryId}.0.${payload}`)',
      'webhooks',
    ],
    [
      'during a rotation the former secret verifies',
      'previousSecret !== null && now < (previousSecretUntil ?? 0) ? [previousSecret] : [];',
      'previousSecret !== null && now < 0 * (previousSecretUntil ?? 0) ? [previousSecret] : [];',
      'webhooks',
    ],
    [
      'a former secret ends',
      'previousSecret !== null && now < (previousSecretUntil ?? 0) ? [previousSecret] : [];',
      'previousSecret !== null && (previousSecretUntil ?? 0) > 0 && now > 0 ? [previousSecret] : [];',
      'webhooks',
    ],
  ]),
  ...inFile('domains/retention/ended-rows.ts', [
    [
      'a session that was revived meanwhile is not deleted',
      '`SELECT sessionId FROM sessions WHERE ${isOver} AND sessionId IN (${placeholders(ids)}) ORDER BY sessionId`,\n          [accountId, cutoff, ...ids],',
      '`SELECT sessionId FROM sessions WHERE accountId = ? AND sessionId IN (${placeholders(ids)}) ORDER BY sessionId`,\n          [accountId, ...ids],',
      'retention',
    ],
    [
      'a message that somebody has not read is kept',
      'AND (readAt IS NULL OR readAt > ?) AND (expiresAt IS NULL OR expiresAt > ?)`',
      'AND (readAt > ?) AND (expiresAt IS NULL OR expiresAt > ?)`',
      'retention',
    ],
    [
      'a task that a session still holds is kept',
      'WHERE s.accountId = tasks.accountId AND s.sessionId = tasks.claimedSession AND s.archived = 0)`',
      'WHERE s.accountId = tasks.accountId AND s.sessionId = tasks.claimedSession AND s.archived = 2)`',
      'retention',
    ],
  ]),
];

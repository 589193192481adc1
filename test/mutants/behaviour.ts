// biome-ignore-all lint/suspicious/noTemplateCurlyInString: parts of source texts
/**
 * Changes that each break a promise which only a running server shows: conditions in SQL, locks, rights, fences, budgets,
 * audit rows, events. A test must notice each of them; `make mutants-behaviour` tries. The text in `from` stands once in its
 * file, which a fast test checks, so that the list follows the code.
 */
import { normalize } from 'node:path';
import { LIVENESS } from './liveness.ts';
import { inFile, type Mutant } from './mutant.ts';

const TWINS = 'accounts/twins.test.ts';

const isolation: readonly Mutant[] = [
  ...inFile('domains/sessions/update-batch.ts', [
    [
      'a bare heartbeat is of one account',
      `WHERE accountId = ? AND sessionId IN (\${placeholders(sessionIds)})\`;
    beforeCommit({ sql, values: [now, now, accountId, ...sessionIds] });`,
      `WHERE sessionId IN (\${placeholders(sessionIds)})\`;
    beforeCommit({ sql, values: [now, now, ...sessionIds] });`,
      TWINS,
    ],
  ]),
  ...inFile('domains/webhooks/service.ts', [
    [
      'a webhook is removed in its own account',
      'delete(Webhook, { accountId, webhookId })',
      'delete(Webhook, { webhookId })',
      TWINS,
    ],
    [
      'a webhook is changed in its own account',
      'update(Webhook, { accountId, webhookId }, after)',
      'update(Webhook, { webhookId }, { ...after, accountId: undefined as never })',
      TWINS,
    ],
    [
      'webhooks are listed by account',
      ".where('webhook.accountId = :accountId', { accountId });",
      ".where('1 = 1', { accountId });",
      TWINS,
    ],
    [
      'deliveries are listed by account',
      "'delivery.accountId = :accountId AND delivery.webhookId = :webhookId', { accountId, webhookId });\n      if (filter.state",
      "'delivery.webhookId = :webhookId', { accountId, webhookId });\n      if (filter.state",
      TWINS,
    ],
  ]),
  ...inFile('domains/tasks/service.ts', [
    [
      'a task is changed in its own account',
      'manager.update(Task, { accountId, taskId }, fields)',
      'manager.update(Task, { taskId }, fields)',
      TWINS,
    ],
  ]),
  ...inFile('domains/tasks/queries.ts', [
    ['tasks are listed by account', '`t.accountId = ? AND ${condition}', '`? IS NOT NULL AND ${condition}', TWINS],
    [
      'tasks are shown by account',
      'manager.findBy(Task, { accountId, taskId: In(',
      'manager.findBy(Task, { taskId: In(',
      TWINS,
    ],
  ]),
  ...inFile('domains/messages/service.ts', [
    [
      'a message goes to programs of its account',
      'FROM programs WHERE accountId = ? AND removedAt IS NULL AND ${condition}',
      'FROM programs WHERE ? IS NOT NULL AND removedAt IS NULL AND ${condition}',
      TWINS,
      'messages',
    ],
    [
      'a message is read in its own account',
      'update(Delivery, { accountId, recipient, messageId }, { readAt,',
      'update(Delivery, { recipient, messageId }, { readAt,',
      TWINS,
    ],
  ]),
  ...inFile('domains/messages/queries.ts', [
    [
      'an inbox is of one account',
      "'d.accountId = ? AND d.recipient = ?'",
      "'(d.accountId = ? OR 1 = 1) AND d.recipient = ?'",
      TWINS,
    ],
    [
      'sent messages are of one account',
      "'message').where('message.accountId = :accountId', { accountId })",
      "'message').where('1 = 1', { accountId })",
      TWINS,
    ],
    [
      'deliveries are counted by account',
      "'delivery.accountId = :accountId AND delivery.messageId IN (:...ids)'",
      "'delivery.messageId IN (:...ids)'",
      TWINS,
    ],
  ]),
  ...inFile('domains/questions/queries.ts', [
    [
      'questions are listed by account',
      ".where('question.accountId = :accountId', { accountId });",
      ".where('1 = 1', { accountId });",
      TWINS,
    ],
  ]),
  ...inFile('domains/questions/service.ts', [
    [
      'a question is closed in its own account',
      'transaction.manager.update(Question, { ...key }, fields)',
      'transaction.manager.update(Question, { questionId: key.questionId }, fields)',
      TWINS,
    ],
  ]),
  ...inFile('domains/keys/locks.ts', [
    [
      'a key that was just revoked mints none',
      "if (!key || !isValid(key, now)) throw new Fault('unauthenticated'",
      "if (!key) throw new Fault('unauthenticated'",
      'keys',
    ],
  ]),
  ...inFile('domains/keys/service.ts', [
    [
      'keys are listed by account',
      ".where('api_key.accountId = :accountId', { accountId: principal.accountId });",
      ".where('1 = 1', { accountId: principal.accountId });",
      TWINS,
      'accounts/tenants.test.ts',
    ],
  ]),
  ...inFile('domains/keys/locks.ts', [
    [
      'a key is revoked in its own account',
      "'api_key.keyId = :keyId AND api_key.accountId = :accountId'",
      "'api_key.keyId = :keyId'",
      'accounts/tenants.test.ts',
    ],
  ]),
  ...inFile('domains/programs/service.ts', [
    [
      'programs are listed by account',
      ".where('program.accountId = :accountId AND program.removedAt IS NULL', { accountId });",
      ".where('program.removedAt IS NULL', { accountId });",
      TWINS,
      'accounts/tenants.test.ts',
    ],
    [
      'a program is changed in its own account',
      'manager.update(Program, { accountId, programId }, change)',
      'manager.update(Program, { programId }, change)',
      TWINS,
    ],
  ]),
  ...inFile('domains/audit/service.ts', [
    [
      'the audit is of one account',
      ".where('audit.accountId = :accountId', { accountId });",
      ".where('1 = 1', { accountId });",
      TWINS,
      'accounts/tenants.test.ts',
    ],
  ]),
  ...inFile('domains/sign-in/service.ts', [
    [
      'web sessions are of one account',
      ".where('web_session.accountId = :accountId', { accountId });",
      ".where('1 = 1', { accountId });",
      TWINS,
      'sign-in',
    ],
  ]),
];

const rights: readonly Mutant[] = [
  ...inFile('platform/principal.ts', [
    [
      'no key makes one with more rights',
      "admin: ['program', 'auditor', 'admin'],",
      "admin: ['program', 'auditor', 'admin', 'operator'],",
      'keys',
    ],
  ]),
  ...inFile('domains/keys/rules.ts', [
    [
      'a minted key never outlives its minter',
      'expiresAt: earlierExpiry(requestedExpiry, principal.expiresAt),',
      'expiresAt: requestedExpiry,',
      'keys',
    ],
    [
      'a successor never outlives the key that rotated it',
      'const expiresAt = earlierExpiry(key.expiresAt, principal.expiresAt);',
      'const expiresAt = key.expiresAt;',
      'keys',
    ],
    [
      'an admin rotates no operator key',
      'if (principal.keyId !== key.keyId) requireMintable(principal, key.role);',
      '',
      'keys',
    ],
    ['a rotation happens once', 'if (key.rotatedTo !== null) {', 'if (key.rotatedTo === undefined) {', 'keys'],
    [
      'a rotated key ends after its grace',
      'const ROTATION_GRACE_MS = 30 * SECOND;',
      'const ROTATION_GRACE_MS = 30 * DAY;',
      'keys',
      '../../server/domains/keys',
    ],
    [
      'an expired key is refused',
      '(key.expiresAt === null || key.expiresAt > now);',
      '(key.expiresAt === null || key.expiresAt >= 0);',
      'keys',
    ],
    [
      'a revoked key stays revoked when the clock goes back',
      'revokedAt !== null && !(rotatedTo !== null && now < revokedAt && revokedAt <= now + ROTATION_GRACE_MS);',
      'revokedAt !== null && now >= revokedAt;',
      'keys',
      '../../server/domains/keys',
    ],
  ]),
  ...inFile('domains/keys/service.ts', [
    ['a revocation reaches the cache', 'this.keyCache.invalidate(revoked);', '', 'keys'],
    ['a rotation reaches the cache', 'this.keyCache.invalidate([keyId]);', '', 'keys'],
    [
      'a rotated key’s webhooks go on',
      'await moveWebhooksToKey(transaction, old.accountId, move);',
      '',
      'keys',
      'webhooks/key-changes.test.ts',
    ],
    [
      'an admin revokes no operator key',
      'for (const { role } of affected) requireMintable(principal, role);',
      '',
      'keys',
    ],
    [
      'the caller’s own key is spared with its descendants',
      'each === key || each.keyId !== principal.keyId',
      'true',
      'keys',
    ],
    [
      'keys made by a key are found',
      'if (filter.createdBy !== undefined)',
      'if (filter.createdBy === undefined)',
      'keys',
    ],
  ]),
  ...inFile('domains/keys/revoke-keys.ts', [
    [
      'a revocation takes the key’s webhooks along',
      'await disableWebhooksOfKeys(transaction, principal, keyIds, now);',
      '',
      'keys',
      'webhooks/key-changes.test.ts',
    ],
  ]),
  ...inFile('domains/keys/locks.ts', [
    [
      'a program touches no key but its own',
      "(principal.role === 'program' || principal.role === 'auditor') && principal.keyId !== keyId",
      "principal.role === 'auditor' && principal.keyId !== keyId",
      'keys',
    ],
  ]),
  ...inFile('platform/credentials/credential-cache.ts', [
    [
      'a key is trusted for a second',
      'const TTL_MS = 1 * SECOND;',
      'const TTL_MS = 10 * SECOND;',
      'process/two-servers.test.ts',
    ],
    [
      'a lookup that began before a revocation is not kept',
      'if (generation === this.#generation) for',
      'for',
      'keys',
      '../../server/platform/credentials',
    ],
  ]),
  ...inFile('domains/sign-in/service.ts', [
    [
      'signing in costs the key’s budget',
      "limits.requireWithinBudget(await limits.countRequest(principal, 'write'));",
      '',
      'sign-in',
      'limits',
    ],
    ['signing out ends the web session', 'await deleteWebSessions(transaction.manager, tokenHashes);', '', 'sign-in'],
    ['an ended web session leaves the cache', 'this.#invalidate(tokenHashes);', '', 'sign-in'],
    [
      'no admin ends an operator’s web session',
      'if ((await findOperatorKeyIds(manager, principal)).includes(row.keyId))',
      'if (principal.keyId === row.webSessionId)',
      'sign-in',
    ],
    [
      'signing out everywhere spares operators',
      'if (hidden.length > 0) query.andWhere',
      'if (hidden.length > 1_000) query.andWhere',
      'sign-in',
    ],
    [
      'a program ends its own web sessions only',
      "if (scope === 'account' && !isAdmin(principal))",
      "if (scope === 'account' && principal.accountId === '')",
      'sign-in',
    ],
    ['expired web sessions are not listed', ".andWhere('web_session.expiresAt > :now', { now })", '', 'sign-in'],
    [
      'a key has at most twenty web sessions',
      'const ended = await endSurplus(transaction, principal, settings, now);',
      'const ended: string[] = [];',
      'sign-in',
    ],
  ]),
  ...inFile('domains/sign-in/rules.ts', [
    ['an idle web session ends', '&& now - lastUsedAt <= webSessionIdleMs;', ';', 'sign-in'],
    ['a web session ends after its longest time', 'now < expiresAt && now', 'now', 'sign-in'],
  ]),
  ...inFile('domains/invitations/rules.ts', [
    ['an invitation is good once', "if (usedAt !== null) return 'used';", '', 'invitations'],
    ['a withdrawn invitation is refused', "if (withdrawnAt !== null) return 'withdrawn';", '', 'invitations'],
    ['an invitation expires', "if (expiresAt <= now) return 'expired';", '', 'invitations'],
    [
      'an invitation ends with the key that created it',
      "return hasInviter ? 'open' : 'inviter-revoked';",
      "return 'open';",
      'invitations',
    ],
  ]),
  ...inFile('domains/invitations/queries.ts', [
    ['a typed code has five tries', 'row.typedTries >= MAX_TYPED_TRIES', 'row.typedTries < 0', 'invitations'],
    [
      'the typed codes of an account share their tries',
      'Number(sum?.tries ?? 0) >= MAX_TYPED_TRIES_OF_ACCOUNT',
      'Number(sum?.tries ?? 0) < 0',
      'invitations',
    ],
  ]),
  ...inFile('domains/invitations/service.ts', [
    [
      'an invitation grants no more than its inviter has',
      "requireMintable(principal, create.role ?? 'program');",
      '',
      'invitations',
    ],
  ]),
  ...inFile('domains/sign-in/web-session-cache.ts', [
    [
      'a web session ends with its key',
      'if (!principal) return null;\n    await',
      'if (!principal) throw new Error();\n    await',
      'sign-in',
    ],
  ]),
  ...inFile('platform/http/browser-security.ts', [
    [
      'a cookie needs its CSRF token',
      'if (web && !verifySecret(token, hashSecret(web.csrfToken)))',
      "if (web && token === '' && !verifySecret(token, hashSecret(web.csrfToken)))",
      'sign-in',
    ],
    [
      'another site’s page is refused',
      "return site === 'same-origin' || site === 'none';",
      "return site !== 'cross-site-2';",
      'sign-in',
      'http',
    ],
    [
      'an origin of another host is refused',
      'return host === request.host || allowedHosts.includes(hostname);',
      'return host !== hostname || allowedHosts.includes(hostname);',
      'sign-in',
      'http',
    ],
  ]),
  ...inFile('domains/tasks/rules.ts', [
    ['a program sees its own tasks only', "role !== 'program' || [target", "role !== 'nobody' || [target", 'tasks'],
    [
      'a task for another program is not taken',
      'if (task.target !== WILDCARD_TARGET && task.target !== session.programId)',
      'if (task.target === session.sessionId)',
      'tasks',
    ],
    [
      'a completed task is not taken',
      "if (task.state === 'completed') throw taskCompleted(task);\n  if (isHeld) {\n    if (task.claimedSession",
      'if (isHeld) {\n    if (task.claimedSession',
      'tasks',
    ],
    ['an expired task is not taken', 'if (isPastExpiry(task, now))', 'if (isPastExpiry(task, 0))', 'tasks'],
    [
      'a lapsed claim completes nothing',
      "  throw new Fault(\n    'claim-lapsed',",
      "  if (task.state !== 'claimed') throw new Fault(\n    'claim-lapsed',",
      'tasks',
    ],
  ]),
  ...inFile('domains/questions/service.ts', [
    [
      'a program reads its own questions only',
      'if (question && (seesAll || question.programId === principal.programId)) return question;',
      'if (question) return question;',
      'questions',
    ],
    [
      'an answer is audited',
      "{ action: 'answerQuestion', subject: questionId, detail }",
      "{ action: 'nothing', subject: questionId, detail }",
      'questions',
    ],
    [
      'the first answer wins',
      'requireOpen(question, formatInstant);\n      const answered',
      'const answered',
      'questions',
    ],
    [
      'a closed question gives its session back',
      'if (session) await this.#restoreSession(transaction, session, after, now);',
      '',
      'questions',
    ],
    [
      'a wait ends when the question is closed',
      'await this.deps.waiters.wait(question,',
      'await this.deps.waiters.wait({ ...question, questionId: "" },',
      'questions',
    ],
  ]),
  ...inFile('domains/messages/service.ts', [
    [
      'reading another inbox is audited',
      'if (recipient !== principal.programId) await this.#auditForeignRead(principal, recipient);',
      '',
      'messages',
      'audit',
    ],
    [
      'a reply is to a message that one has seen',
      'send.replyTo === undefined ? null : await requireVisible(manager, principal, send.replyTo)',
      'null',
      'messages',
    ],
    [
      'a second acknowledgement changes nothing',
      'if (delivery.readAt !== null) return { message, delivery };',
      '',
      'messages',
    ],
    [
      'the sender gets no copy of a message for all',
      "['programId <> ?', sender ?? '']",
      "['programId <> ?', '']",
      'messages',
    ],
  ]),
  ...inFile('domains/messages/queries.ts', [
    [
      'an expired message is not handed out',
      "'(d.expiresAt IS NULL OR d.expiresAt > ?)'",
      "'(d.expiresAt IS NULL OR d.expiresAt > 0 * ?)'",
      'messages',
    ],
    ['a read message is not handed out again', "...(includeRead ? [] : ['d.readAt IS NULL']),", '', 'messages'],
  ]),
  ...inFile('domains/audit/record-read.ts', [
    [
      'a read of another memory is audited',
      'await recordAuditEntry(manager, principal, { ...read, auditId }, now);',
      '',
      'audit',
      'state',
    ],
  ]),
  ...inFile('platform/http/audit-denials.ts', [
    [
      'a refusal is audited',
      "fault.kind === 'forbidden' || fault.kind === 'csrf-refused'",
      "fault.kind === 'csrf-refused'",
      'audit',
    ],
  ]),
];

const racesAndRetention: readonly Mutant[] = [
  ...inFile('platform/idempotency/run-idempotent.ts', [
    [
      'a retry with another body is refused',
      'if (stored.requestHash !== requestHash) {',
      "if (stored.requestHash === '') {",
      'idempotency',
    ],
    [
      'a stored answer is sealed with the caller’s secret',
      'sealed: seal(JSON.stringify(result), secret, idempotencyKey)',
      "sealed: seal(JSON.stringify(result), 'constant', idempotencyKey)",
      'idempotency',
    ],
    [
      'two keys may use one name',
      'const key = { accountId, keyId, idempotencyKey };',
      "const key = { accountId, keyId: 'any', idempotencyKey };",
      'idempotency',
    ],
    [
      'a retry may order its fields anew',
      'JSON.stringify(options.request, sortKeys)',
      'JSON.stringify(options.request)',
      'idempotency',
    ],
  ]),
  ...inFile('platform/jobs/lease.ts', [
    [
      'a lease that another process holds is not taken',
      'if (isHeld && row.holder !== this.#holder) return false;',
      '',
      'process',
      'jobs',
      'sessions/archival.test.ts',
      '../../server/platform/jobs',
    ],
    [
      'a lease from a clock set back expires',
      '&& row.until <= now + LEASE_MS + MAX_CLOCK_SKEW_MS;',
      ';',
      'process',
      'jobs',
      'sessions/archival.test.ts',
    ],
    [
      'a completed run frees the lease',
      '{ until: now, lastRunAt: now }',
      '{ lastRunAt: now }',
      'process',
      'jobs',
      'metrics',
    ],
  ]),
  ...inFile('platform/jobs/retention.ts', [
    [
      'only what is old is deleted',
      '[timestampColumn]: LessThan(before) };',
      '[timestampColumn]: LessThan(before + 86_400_000) };',
      'jobs',
    ],
  ]),
  ...inFile('platform/events/retention.ts', [
    ['events that a webhook has not read are kept', 'at >= before || seq > seen', 'at >= before', 'events', 'webhooks'],
  ]),
  ...inFile('platform/events/query.ts', [
    [
      'a follower learns of events that are gone',
      'if (after < latest && (oldest === null || oldest > after + 1)) return null;',
      '',
      'events',
    ],
    [
      'catch-up reads one account',
      'FROM events WHERE accountId = ? AND seq > ? AND seq <= ?${sql}',
      'FROM events WHERE ? IS NOT NULL AND seq > ? AND seq <= ?${sql}',
      'events',
      'accounts',
    ],
  ]),
  ...inFile('platform/events/open-streams.ts', [
    ['a key has at most fifty streams', 'const MAX_PER_KEY = 50;', 'const MAX_PER_KEY = 5_000;', 'events'],
    [
      'an account has a limit of streams',
      "{ counterKey: `account ${accountId}`, owner: 'This account', limit: MAX_PER_ACCOUNT },",
      '',
      'events',
      '../../server/platform/events',
    ],
  ]),
  ...inFile('platform/events/rules.ts', [
    [
      'a program is told of no keys',
      "'key.created': 'none',",
      "'key.created': 'all',",
      'events',
      '../../server/platform/events',
    ],
    [
      'a program is told of its own messages only',
      "'message.sent': 'concerned',",
      "'message.sent': 'all',",
      'events',
      '../../server/platform/events',
    ],
  ]),
  ...inFile('platform/events/stream-authorization.ts', [
    ['a revoked key’s stream ends', 'else stream.end();', '', 'events'],
    [
      'a stream waits until its key is confirmed',
      'monotonic - confirmedAt.monotonic < MAX_AGE_MS && Math.abs(wall - confirmedAt.wall) < MAX_AGE_MS;',
      'true;',
      'events',
    ],
  ]),
  ...inFile('domains/webhooks/claim-deliveries.ts', [
    [
      'one process sends for a webhook',
      'if (isClaimed(webhook, now) && webhook.claimedBy !== holder) return null;',
      '',
      'webhooks',
    ],
    [
      'a disabled webhook sends nothing',
      'limit === 0 || !webhook.enabled || isPaused',
      'limit === 0 || isPaused',
      'webhooks',
    ],
    ['a failing endpoint rests', '|| isPaused(webhook, now)) {', ') {', 'webhooks'],
    [
      'a webhook gets its types of events only',
      "    .andWhere('event.type IN (:...types)', { types });",
      ';',
      'webhooks',
    ],
    [
      'a webhook gets its program’s events only',
      "if (programId !== null) query.andWhere('event.programId = :programId', { programId });",
      '',
      'webhooks',
    ],
    [
      'an event becomes one delivery',
      '{ seenSeq, claimedBy: holder, claimedUntil }',
      '{ claimedBy: holder, claimedUntil }',
      'webhooks',
    ],
  ]),
  ...inFile('domains/webhooks/service.ts', [
    [
      'an account has at most twenty webhooks',
      'const MAX_WEBHOOKS = 20;',
      'const MAX_WEBHOOKS = 2_000;',
      'webhooks',
      '../contract/statuses/webhooks.test.ts',
    ],
    ['the old secret signs for a day', 'previousSecret: row.secret,', 'previousSecret: null,', 'webhooks'],
    [
      'test deliveries have a share',
      'if (this.slots.tryTake(accountId, 1) === 0) {',
      'if (this.slots.tryTake(accountId, 1) < 0) {',
      'webhooks',
    ],
  ]),
  ...inFile('domains/webhooks/ssrf-guard.ts', [
    [
      'no delivery goes to a private address',
      "return parsed.range() === 'unicast';",
      "return parsed.range() !== 'loopback';",
      'webhooks',
      '../../server/domains/webhooks',
    ],
    [
      'no delivery goes to a name that is private',
      'PRIVATE_SUFFIXES.some((suffix)',
      'PRIVATE_SUFFIXES.every((suffix)',
      'webhooks',
      '../../server/domains/webhooks',
    ],
    [
      'a name that leads to a private address is refused at each connection',
      'addresses.every(({ address }) => isPublicAddress(address)) ? null : NOT_PUBLIC;',
      'addresses.length > 0 ? null : NOT_PUBLIC;',
      'webhooks',
      '../../server/domains/webhooks',
    ],
  ]),
  ...inFile('platform/limits/service.ts', [
    [
      'an account’s keys share its budget',
      '[keyStatus, await this.limiter.consume(budgets.account, accountId)]',
      '[keyStatus]',
      'limits',
    ],
    [
      'state writes have a budget',
      'return budget ? [await this.limiter.consume',
      'return budget && programId === undefined ? [await this.limiter.consume',
      'limits',
    ],
    [
      'wrong keys have a budget',
      'return this.limiter.consume(this.#invalidCredentialBudget(), toNetwork(address));',
      'return null;',
      'limits',
    ],
  ]),
  ...inFile('domains/state/write.ts', [
    [
      'a superseded session writes no state',
      "await requireFence(transaction, principal, sessionId, request.cause === 'remove' ? 'query' : 'body');",
      '',
      'sessions/superseded.test.ts',
    ],
    ['If-Match of an older version writes nothing', 'requireIfMatch(request.ifMatch, base.version);', '', 'state'],
    [
      'a pattern is changed in its own program',
      'manager.update(Pattern, { ...owner, patternId: after.patternId }',
      'manager.update(Pattern, { patternId: after.patternId }',
      'state',
      TWINS,
    ],
    [
      'a program has at most a thousand patterns',
      'if (patternsAdded === 0 || stored <= MAX_PATTERNS) return stored;',
      'if (stored >= 0) return stored;',
      'state',
      '../contract/statuses',
    ],
  ]),
  ...inFile(
    'domains/state/write.ts',
    [
      [
        'parallel writers of one state lose nothing',
        '  forUpdate(\n    manager\n      .createQueryBuilder(State',
        '  ((query: never) => query as any)(\n    manager\n      .createQueryBuilder(State',
        'state',
      ],
    ],
    'mysql',
  ),
  ...inFile(
    'domains/keys/locks.ts',
    [
      [
        'two rotations at once: one wins',
        'return forUpdate(query).getOne();',
        'return (forUpdate ? query : query).getOne();',
        'keys',
      ],
    ],
    'mysql',
  ),
  ...inFile(
    'domains/webhooks/service.ts',
    [
      [
        'parallel creates stay within twenty webhooks',
        "await forUpdate(\n        manager.createQueryBuilder(Account, 'account')",
        "await ((query: never) => query as any)(\n        manager.createQueryBuilder(Account, 'account')",
        'webhooks',
      ],
    ],
    'mysql',
  ),
];

const AREAS: Readonly<Record<string, readonly Mutant[]>> = {
  'Isolation of accounts': isolation,
  'Rights, keys, sign-in, fences and audit': rights,
  'Liveness, runs and the sweep': LIVENESS,
  'Races, leases, events, webhooks, budgets and retention': racesAndRetention,
};

export const MUTANTS: readonly Mutant[] = Object.values(AREAS).flat();

/** The tables of test/README.md. */
export const toMarkdown = (): string =>
  Object.entries(AREAS)
    .map(([area, mutants]) => {
      const rows = mutants.map(
        ({ promise, file, tests }) =>
          `| ${promise} | ${tests.map((path) => `\`${normalize(path)}\``).join(', ')} | \`${file}\` |`,
      );
      return [`### ${area}`, '', '| Promise | Tests | Broken in |', '| --- | --- | --- |', ...rows, ''].join('\n');
    })
    .join('\n');

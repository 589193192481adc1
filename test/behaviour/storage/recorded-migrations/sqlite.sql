-- Createaccounts1763800000001
CREATE TABLE "accounts" ("accountId" varchar(100) PRIMARY KEY NOT NULL, "name" varchar(200) NOT NULL, "tier" varchar(20) NOT NULL, "createdAt" bigint NOT NULL);
CREATE INDEX "accounts_newest" ON "accounts" ("createdAt", "accountId")

-- Createprograms1763800000002
CREATE TABLE "programs" ("accountId" varchar(100) NOT NULL, "programId" varchar(100) NOT NULL, "displayName" varchar(200), "createdAt" bigint NOT NULL, "pausedAt" bigint, PRIMARY KEY ("accountId", "programId"));
CREATE INDEX "programs_newest" ON "programs" ("accountId", "createdAt", "programId")

-- Createapi_keys1763800000003
CREATE TABLE "api_keys" ("keyId" varchar(100) PRIMARY KEY NOT NULL, "accountId" varchar(100) NOT NULL, "programId" varchar(100), "role" varchar(20) NOT NULL, "label" varchar(200), "secretHash" varchar(100) NOT NULL, "createdAt" bigint NOT NULL, "expiresAt" bigint, "revokedAt" bigint, "rotatedTo" varchar(100), "lastUsedAt" bigint);
CREATE INDEX "api_keys_newest" ON "api_keys" ("accountId", "createdAt", "keyId")

-- Createsessions1763800000004
CREATE TABLE "sessions" ("accountId" varchar(100) NOT NULL, "sessionId" varchar(100) NOT NULL, "programId" varchar(100), "name" varchar(200) NOT NULL, "status" varchar(200), "state" varchar(20) NOT NULL, "progress" double, "projectName" varchar(100), "contextBytes" bigint, "contextLimitBytes" bigint, "contextAt" bigint, "contextRiseAt" bigint, "contextRiseBytes" bigint, "handoffRequired" smallint NOT NULL, "createdAt" bigint NOT NULL, "updatedAt" bigint NOT NULL, "lastHeartbeat" bigint NOT NULL, "lastProgressAt" bigint NOT NULL, "completedAt" bigint, "completeReason" varchar(20), "archived" smallint NOT NULL, "archivedAt" bigint, "archiveReason" varchar(20), "successor" varchar(100), "staleTold" bigint, "stuckTold" bigint, "changes" bigint NOT NULL, PRIMARY KEY ("accountId", "sessionId"));
CREATE INDEX "sessions_newest" ON "sessions" ("accountId", "archived", "state", "updatedAt", "sessionId");
CREATE INDEX "sessions_of_program" ON "sessions" ("accountId", "programId", "archived", "updatedAt", "sessionId");
CREATE INDEX "sessions_heartbeat" ON "sessions" ("accountId", "programId", "lastHeartbeat");
CREATE INDEX "sessions_silent" ON "sessions" ("archived", "state", "updatedAt", "accountId");
CREATE INDEX "sessions_completed" ON "sessions" ("archived", "completedAt", "accountId")

-- Createprogram_states1763800000005
CREATE TABLE "program_states" ("accountId" varchar(100) NOT NULL, "programId" varchar(100) NOT NULL, "version" bigint NOT NULL, "sessionId" varchar(100), "contextSummary" text NOT NULL, "contextSummaryAt" bigint, "config" text NOT NULL, "baselines" text NOT NULL, "decay" text NOT NULL, "patternCount" bigint NOT NULL, "updatedAt" bigint NOT NULL, PRIMARY KEY ("accountId", "programId"))

-- Createlearned_patterns1763800000006
CREATE TABLE "learned_patterns" ("accountId" varchar(100) NOT NULL, "programId" varchar(100) NOT NULL, "patternId" varchar(100) NOT NULL, "domain" varchar(200) NOT NULL, "pattern" text NOT NULL, "confidence" double NOT NULL, "evidence" text, "status" varchar(20) NOT NULL, "supersededBy" varchar(100), "promoted" smallint NOT NULL, "reinforcements" bigint NOT NULL, "discoveredAt" bigint NOT NULL, "lastReinforcedAt" bigint NOT NULL, "searchText" text NOT NULL, PRIMARY KEY ("accountId", "programId", "patternId"))

-- Createaudit1763800000009
CREATE TABLE "audit" ("accountId" varchar(100) NOT NULL, "auditId" varchar(100) NOT NULL, "at" bigint NOT NULL, "keyId" varchar(100) NOT NULL, "role" varchar(20) NOT NULL, "programId" varchar(100), "action" varchar(100) NOT NULL, "subject" varchar(100), "outcome" varchar(20) NOT NULL, "detail" text, PRIMARY KEY ("accountId", "auditId"));
CREATE INDEX "audit_newest" ON "audit" ("accountId", "at", "auditId");
CREATE INDEX "audit_oldest" ON "audit" ("at")

-- Createsession_changes1763800000010
CREATE TABLE "session_changes" ("accountId" varchar(100) NOT NULL, "sessionId" varchar(100) NOT NULL, "number" bigint NOT NULL, "at" bigint NOT NULL, "kind" varchar(20) NOT NULL, "state" varchar(20) NOT NULL, "status" varchar(200), "progress" double, "contextBytes" bigint, "contextLimitBytes" bigint, "handoffRequired" smallint NOT NULL, PRIMARY KEY ("accountId", "sessionId", "number"))

-- Createevents1763800000011
CREATE TABLE "events" ("accountId" varchar(100) NOT NULL, "seq" bigint NOT NULL, "at" bigint NOT NULL, "kind" varchar(200) NOT NULL, "programId" varchar(100), "sessionId" varchar(100), "data" text NOT NULL, PRIMARY KEY ("accountId", "seq"))

-- Createevent_counters1763800000012
CREATE TABLE "event_counters" ("accountId" varchar(100) PRIMARY KEY NOT NULL, "seq" bigint NOT NULL)

-- Createleases1763800000013
CREATE TABLE "leases" ("name" varchar(100) PRIMARY KEY NOT NULL, "holder" varchar(100) NOT NULL, "until" bigint NOT NULL, "lastRunAt" bigint)

-- Createmass_silences1763800000014
CREATE TABLE "mass_silences" ("accountId" varchar(100) PRIMARY KEY NOT NULL, "since" bigint NOT NULL, "until" bigint NOT NULL, "sessions" bigint NOT NULL, "sparedUntil" bigint NOT NULL)

-- Createkept_answers1763800000015
CREATE TABLE "kept_answers" ("keyId" varchar(100) NOT NULL, "idempotencyKey" varchar(200) NOT NULL, "accountId" varchar(100) NOT NULL, "requestHash" varchar(100) NOT NULL, "sealed" text NOT NULL, "createdAt" bigint NOT NULL, PRIMARY KEY ("keyId", "idempotencyKey", "accountId"));
CREATE INDEX "kept_answers_oldest" ON "kept_answers" ("createdAt")

-- Createtasks1763800000007
CREATE TABLE "tasks" ("accountId" varchar(100) NOT NULL, "taskId" varchar(100) NOT NULL, "target" varchar(100) NOT NULL, "state" varchar(20) NOT NULL, "title" varchar(200) NOT NULL, "instructions" text NOT NULL, "priority" bigint NOT NULL, "turn" bigint NOT NULL, "createdBy" varchar(100), "createdByKey" varchar(100) NOT NULL, "createdAt" bigint NOT NULL, "expiresAt" bigint, "claimedBy" varchar(100), "claimedSession" varchar(100), "claimedAt" bigint, "completedAt" bigint, "outcome" varchar(20), "result" text, PRIMARY KEY ("accountId", "taskId"));
CREATE INDEX "tasks_pending" ON "tasks" ("accountId", "state", "target", "expiresAt", "claimedSession");
CREATE INDEX "tasks_by_state" ON "tasks" ("accountId", "state", "turn", "taskId");
CREATE INDEX "tasks_by_target" ON "tasks" ("accountId", "state", "target", "turn", "taskId");
CREATE INDEX "tasks_by_claimant" ON "tasks" ("accountId", "claimedBy", "state", "turn", "taskId");
CREATE INDEX "tasks_of_session" ON "tasks" ("accountId", "claimedSession", "state")

-- Createmessage_deliveries1763800000008
CREATE TABLE "message_deliveries" ("accountId" varchar(100) NOT NULL, "recipient" varchar(100) NOT NULL, "messageId" varchar(100) NOT NULL, "createdAt" bigint NOT NULL, "readAt" bigint, "expiresAt" bigint, PRIMARY KEY ("accountId", "recipient", "messageId"));
CREATE INDEX "deliveries_pending" ON "message_deliveries" ("accountId", "readAt", "recipient", "expiresAt");
CREATE INDEX "deliveries_unread" ON "message_deliveries" ("accountId", "recipient", "readAt", "createdAt", "messageId");
CREATE INDEX "deliveries_oldest" ON "message_deliveries" ("accountId", "recipient", "createdAt", "messageId");
CREATE INDEX "deliveries_of_message" ON "message_deliveries" ("accountId", "messageId", "readAt")

-- Createmessages1763800000016
CREATE TABLE "messages" ("accountId" varchar(100) NOT NULL, "messageId" varchar(100) NOT NULL, "sender" varchar(100), "senderKeyId" varchar(100) NOT NULL, "target" varchar(100) NOT NULL, "kind" varchar(20) NOT NULL, "text" text NOT NULL, "replyTo" varchar(100), "createdAt" bigint NOT NULL, "expiresAt" bigint, PRIMARY KEY ("accountId", "messageId"));
CREATE INDEX "messages_of_sender" ON "messages" ("accountId", "sender", "createdAt", "messageId");
CREATE INDEX "messages_of_key" ON "messages" ("accountId", "sender", "senderKeyId", "createdAt", "messageId")

-- Createstate_versions1763800000030
CREATE TABLE "state_versions" ("accountId" varchar(100) NOT NULL, "programId" varchar(100) NOT NULL, "version" bigint NOT NULL, "at" bigint NOT NULL, "cause" varchar(20) NOT NULL, "restoredVersion" bigint, "sessionId" varchar(100), "keyId" varchar(100) NOT NULL, "sections" varchar(200) NOT NULL, "patternsAdded" bigint NOT NULL, "patternsChanged" bigint NOT NULL, "patternsRemoved" bigint NOT NULL, "undo" text NOT NULL, PRIMARY KEY ("accountId", "programId", "version"))

-- Createpattern_undos1763800000031
CREATE TABLE "pattern_undos" ("accountId" varchar(100) NOT NULL, "programId" varchar(100) NOT NULL, "version" bigint NOT NULL, "patternId" varchar(100) NOT NULL, "before" text, PRIMARY KEY ("accountId", "programId", "version", "patternId"))

-- CreateFullText1763800000032
CREATE TABLE IF NOT EXISTS pattern_numbers (number INTEGER PRIMARY KEY, accountId varchar(100) NOT NULL,
    programId varchar(100) NOT NULL, patternId varchar(100) NOT NULL, UNIQUE (accountId, programId, patternId));
CREATE VIRTUAL TABLE IF NOT EXISTS pattern_words
    USING fts5(words, content='', contentless_delete=1, tokenize="ascii tokenchars '_'");
CREATE TRIGGER IF NOT EXISTS pattern_words_insert AFTER INSERT ON learned_patterns BEGIN
    INSERT INTO pattern_numbers (accountId, programId, patternId) VALUES (new.accountId, new.programId, new.patternId);
    INSERT INTO pattern_words (rowid, words) VALUES (last_insert_rowid(), new.searchText);
  END;
CREATE TRIGGER IF NOT EXISTS pattern_words_update AFTER UPDATE OF searchText ON learned_patterns
    WHEN new.searchText <> old.searchText BEGIN
    UPDATE pattern_words SET words = new.searchText WHERE rowid = (SELECT number FROM pattern_numbers
      WHERE accountId = new.accountId AND programId = new.programId AND patternId = new.patternId);
  END;
CREATE TRIGGER IF NOT EXISTS pattern_words_delete AFTER DELETE ON learned_patterns BEGIN
    DELETE FROM pattern_words WHERE rowid = (SELECT number FROM pattern_numbers
      WHERE accountId = old.accountId AND programId = old.programId AND patternId = old.patternId);
    DELETE FROM pattern_numbers
      WHERE accountId = old.accountId AND programId = old.programId AND patternId = old.patternId;
  END

-- Createweb_sessions1763800000050
CREATE TABLE "web_sessions" ("tokenHash" varchar(100) PRIMARY KEY NOT NULL, "accountId" varchar(100) NOT NULL, "keyId" varchar(100) NOT NULL, "createdAt" bigint NOT NULL, "lastUsedAt" bigint NOT NULL, "expiresAt" bigint NOT NULL);
CREATE INDEX "web_sessions_of_key" ON "web_sessions" ("accountId", "keyId");
CREATE INDEX "web_sessions_ended" ON "web_sessions" ("expiresAt");
CREATE INDEX "web_sessions_idle" ON "web_sessions" ("lastUsedAt")

-- Createwebhooks1763800000051
CREATE TABLE "webhooks" ("accountId" varchar(100) NOT NULL, "webhookId" varchar(100) NOT NULL, "url" text NOT NULL, "kinds" text NOT NULL, "programId" varchar(100), "description" varchar(200), "createdByKey" varchar(100) NOT NULL, "createdAt" bigint NOT NULL, "updatedAt" bigint NOT NULL, "enabled" smallint NOT NULL, "disabledReason" varchar(20), "failures" bigint NOT NULL, "failingSince" bigint, "secret" varchar(200) NOT NULL, "previousSecret" varchar(200), "previousSecretUntil" bigint, "seenSeq" bigint NOT NULL, "claimedBy" varchar(100), "claimedUntil" bigint NOT NULL, PRIMARY KEY ("accountId", "webhookId"));
CREATE INDEX "webhooks_claimable" ON "webhooks" ("enabled", "claimedUntil")

-- Createwebhook_deliveries1763800000052
CREATE TABLE "webhook_deliveries" ("accountId" varchar(100) NOT NULL, "webhookId" varchar(100) NOT NULL, "deliveryId" varchar(100) NOT NULL, "kind" varchar(200) NOT NULL, "seq" bigint, "payload" text NOT NULL, "state" varchar(20) NOT NULL, "attempts" text NOT NULL, "createdAt" bigint NOT NULL, "nextAttemptAt" bigint, PRIMARY KEY ("accountId", "webhookId", "deliveryId"));
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" ("accountId", "webhookId", "state", "nextAttemptAt", "seq");
CREATE INDEX "webhook_deliveries_newest" ON "webhook_deliveries" ("accountId", "webhookId", "createdAt", "deliveryId");
CREATE INDEX "webhook_deliveries_oldest" ON "webhook_deliveries" ("createdAt")

-- RenameColumnsOfsessions1763800000060
ALTER TABLE sessions RENAME COLUMN staleTold TO staleNotifiedFor;
ALTER TABLE sessions RENAME COLUMN stuckTold TO stuckNotifiedFor

-- Extendtasks1763800000071
CREATE INDEX "tasks_by_creator" ON "tasks" ("accountId", "createdBy", "state", "turn", "taskId")

-- Extendapi_keys1763800000070
ALTER TABLE api_keys ADD COLUMN createdBy varchar(100) NULL;
CREATE INDEX "api_keys_by_creator" ON "api_keys" ("accountId", "createdBy", "createdAt", "keyId")

-- Extendwebhooks1763800000072
ALTER TABLE webhooks ADD COLUMN pausedUntil bigint NULL

-- Extendwebhook_deliveries1763800000073
CREATE INDEX "webhook_deliveries_backlog" ON "webhook_deliveries" ("state", "createdAt")

-- Createquestions1763800000090
CREATE TABLE "questions" ("accountId" varchar(100) NOT NULL, "questionId" varchar(100) NOT NULL, "sessionId" varchar(100) NOT NULL, "programId" varchar(100), "kind" varchar(20) NOT NULL, "title" varchar(200) NOT NULL, "details" text NOT NULL, "options" text NOT NULL, "freeText" smallint NOT NULL, "state" varchar(20) NOT NULL, "answerOption" varchar(200), "answerText" text, "answeredBy" varchar(200), "createdAt" bigint NOT NULL, "expiresAt" bigint NOT NULL, "closedAt" bigint, "previousState" varchar(20) NOT NULL, "previousStatus" varchar(200), PRIMARY KEY ("accountId", "questionId"));
CREATE INDEX "questions_newest" ON "questions" ("accountId", "createdAt", "questionId");
CREATE INDEX "questions_by_state" ON "questions" ("accountId", "state", "createdAt", "questionId");
CREATE INDEX "questions_of_program" ON "questions" ("accountId", "programId", "createdAt", "questionId");
CREATE INDEX "questions_of_session" ON "questions" ("accountId", "sessionId", "state", "createdAt", "questionId");
CREATE INDEX "questions_due" ON "questions" ("state", "expiresAt");
CREATE INDEX "questions_closed" ON "questions" ("closedAt")

-- Extendsessions1763800000120
ALTER TABLE sessions ADD COLUMN idleSince bigint NULL;
ALTER TABLE sessions ADD COLUMN contextUsedPercent double NULL;
ALTER TABLE sessions ADD COLUMN contextRisePercent double NULL;
ALTER TABLE sessions ADD COLUMN killedAt bigint NULL

-- Extendsession_changes1763800000121
ALTER TABLE session_changes ADD COLUMN idle smallint NULL;
ALTER TABLE session_changes ADD COLUMN contextUsedPercent double NULL

-- Createsession_handovers1763800000122
CREATE TABLE "session_handovers" ("accountId" varchar(100) NOT NULL, "sessionId" varchar(100) NOT NULL, "handover" text NOT NULL, PRIMARY KEY ("accountId", "sessionId"))

-- Createuptime1763800000100
CREATE TABLE "uptime" ("name" varchar(100) PRIMARY KEY NOT NULL, "upSince" bigint NOT NULL, "renewedAt" bigint NOT NULL)

-- Extendaccounts1763800000150
ALTER TABLE accounts ADD COLUMN removedAt bigint NULL;
CREATE INDEX "accounts_removed" ON "accounts" ("removedAt")

-- Extendprograms1763800000151
ALTER TABLE programs ADD COLUMN removedAt bigint NULL;
CREATE INDEX "programs_removed" ON "programs" ("removedAt")

-- Extendsessions1763800000152
CREATE INDEX "sessions_archived" ON "sessions" ("accountId", "archived", "archivedAt", "sessionId")

-- Extendtasks1763800000153
CREATE INDEX "tasks_completed" ON "tasks" ("accountId", "state", "completedAt", "taskId");
CREATE INDEX "tasks_expired" ON "tasks" ("accountId", "state", "expiresAt", "taskId")

-- Extendmessages1763800000154
CREATE INDEX "messages_oldest" ON "messages" ("accountId", "createdAt", "messageId")

-- Extendkept_answers1763800000155
CREATE INDEX "kept_answers_of_account" ON "kept_answers" ("accountId", "createdAt")

-- Extendapi_keys1763800000156
CREATE INDEX "api_keys_of_program" ON "api_keys" ("accountId", "programId", "keyId")

-- Extendaudit1763800000157
ALTER TABLE audit ADD COLUMN address varchar(100) NULL;
CREATE INDEX "audit_by_outcome" ON "audit" ("accountId", "outcome", "at", "auditId");
CREATE INDEX "audit_by_action" ON "audit" ("accountId", "action", "at", "auditId");
CREATE INDEX "audit_by_key" ON "audit" ("accountId", "keyId", "at", "auditId")

-- Extendmessage_deliveries1763800000300
ALTER TABLE message_deliveries ADD COLUMN deliveredAt bigint NULL;
ALTER TABLE message_deliveries ADD COLUMN answeredAt bigint NULL

-- Extendprograms1763800000320
ALTER TABLE programs ADD COLUMN sessionRequiredAt bigint NULL

-- Extendstate_versions1763800000321
ALTER TABLE state_versions ADD COLUMN undoesTo bigint NULL;
ALTER TABLE state_versions ADD COLUMN keptUntil bigint NULL

-- Createinvitations1763800000360
CREATE TABLE "invitations" ("invitationId" varchar(100) PRIMARY KEY NOT NULL, "accountId" varchar(100) NOT NULL, "codeHash" varchar(100) NOT NULL, "locator" varchar(20), "typedHash" varchar(100), "typedTries" bigint NOT NULL, "grants" varchar(20) NOT NULL, "role" varchar(20) NOT NULL, "programId" varchar(100), "label" varchar(200), "ttlDays" bigint, "createdBy" varchar(100) NOT NULL, "createdAt" bigint NOT NULL, "expiresAt" bigint NOT NULL, "usedAt" bigint, "keyId" varchar(100), "withdrawnAt" bigint);
CREATE INDEX "invitations_by_code" ON "invitations" ("codeHash");
CREATE INDEX "invitations_by_locator" ON "invitations" ("locator");
CREATE INDEX "invitations_newest" ON "invitations" ("accountId", "createdAt", "invitationId");
CREATE INDEX "invitations_ended" ON "invitations" ("expiresAt")

-- Extendweb_sessions1763800000361
ALTER TABLE web_sessions ADD COLUMN device varchar(200) NULL;
ALTER TABLE web_sessions ADD COLUMN ownsKey smallint NULL

-- Extendapi_keys1763800000380
ALTER TABLE api_keys ADD COLUMN connectionId varchar(100) NULL;
ALTER TABLE api_keys ADD COLUMN clientName varchar(200) NULL;
CREATE INDEX "api_keys_of_connection" ON "api_keys" ("accountId", "connectionId", "createdAt", "keyId")

-- Createconnections1763800000381
CREATE TABLE "connections" ("accountId" varchar(100) NOT NULL, "connectionId" varchar(100) NOT NULL, "keyId" varchar(100) NOT NULL, "role" varchar(20) NOT NULL, "programId" varchar(100), "clientId" text NOT NULL, "clientName" varchar(200), "ticketHash" varchar(100), "createdAt" bigint NOT NULL, "expiresAt" bigint NOT NULL, "endedAt" bigint, PRIMARY KEY ("accountId", "connectionId"));
CREATE INDEX "connections_of_key" ON "connections" ("accountId", "keyId");
CREATE INDEX "connections_of_program" ON "connections" ("accountId", "programId");
CREATE INDEX "connections_expired" ON "connections" ("expiresAt")

-- Createoauth_records1763800000382
CREATE TABLE "oauth_records" ("model" varchar(100) NOT NULL, "idHash" varchar(100) NOT NULL, "accountId" varchar(100), "grantHash" varchar(100), "sealed" text NOT NULL, "createdAt" bigint NOT NULL, "consumedAt" bigint, "expiresAt" bigint NOT NULL, PRIMARY KEY ("model", "idHash"));
CREATE INDEX "oauth_records_of_account" ON "oauth_records" ("accountId", "expiresAt");
CREATE INDEX "oauth_records_of_grant" ON "oauth_records" ("grantHash", "model", "consumedAt");
CREATE INDEX "oauth_records_unowned" ON "oauth_records" ("model", "accountId", "expiresAt");
CREATE INDEX "oauth_records_expired" ON "oauth_records" ("expiresAt")

-- Extendmessage_deliveries1763800000410
ALTER TABLE message_deliveries ADD COLUMN kind varchar(20) NULL;
ALTER TABLE message_deliveries ADD COLUMN sender varchar(100) NULL;
ALTER TABLE message_deliveries ADD COLUMN stage bigint NULL;
CREATE INDEX "deliveries_by_stage" ON "message_deliveries" ("stage", "accountId", "recipient", "createdAt", "messageId");
CREATE INDEX "deliveries_by_kind" ON "message_deliveries" ("accountId", "recipient", "kind", "stage", "createdAt", "messageId");
CREATE INDEX "deliveries_by_sender" ON "message_deliveries" ("accountId", "recipient", "sender", "stage", "createdAt", "messageId");
CREATE INDEX "deliveries_by_sender_and_kind" ON "message_deliveries" ("accountId", "recipient", "sender", "kind", "stage", "createdAt", "messageId")

-- Extendapi_keys1763800000430
ALTER TABLE api_keys ADD COLUMN renewalGrantedBy varchar(100) NULL;
CREATE INDEX "api_keys_by_renewal" ON "api_keys" ("accountId", "renewalGrantedBy")

-- Createprogram_activity1763800000440
CREATE TABLE "program_activity" ("accountId" varchar(100) NOT NULL, "programId" varchar(100) NOT NULL, "day" bigint NOT NULL, "quarters" varchar(100) NOT NULL, PRIMARY KEY ("accountId", "programId", "day"));
CREATE INDEX "program_activity_oldest" ON "program_activity" ("day")

-- Createobserved_days1763800000441
CREATE TABLE "observed_days" ("day" bigint PRIMARY KEY NOT NULL, "quarters" varchar(100) NOT NULL)

-- Extendwebhooks1763800000452
ALTER TABLE webhooks ADD COLUMN format varchar(20) NULL

-- Createpush_subscriptions1763800000450
CREATE TABLE "push_subscriptions" ("accountId" varchar(100) NOT NULL, "subscriptionId" varchar(100) NOT NULL, "keyId" varchar(100) NOT NULL, "webSession" varchar(100), "endpoint" text NOT NULL, "p256dh" varchar(100) NOT NULL, "auth" varchar(100) NOT NULL, "types" text NOT NULL, "showDetails" smallint NOT NULL, "quietHours" text, "device" varchar(200), "createdAt" bigint NOT NULL, "seenSeq" bigint NOT NULL, "nextAt" bigint NOT NULL, "failures" bigint NOT NULL, PRIMARY KEY ("accountId", "subscriptionId"));
CREATE INDEX "push_subscriptions_newest" ON "push_subscriptions" ("accountId", "keyId", "createdAt", "subscriptionId");
CREATE INDEX "push_subscriptions_due" ON "push_subscriptions" ("nextAt")

-- Createpush_keys1763800000451
CREATE TABLE "push_keys" ("name" varchar(100) PRIMARY KEY NOT NULL, "publicKey" varchar(100) NOT NULL, "privateKey" text NOT NULL, "createdAt" bigint NOT NULL)

-- Createaccounts1763800000001
CREATE TABLE `accounts` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `name` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `tier` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `createdAt` bigint NOT NULL, INDEX `accounts_newest` (`createdAt`, `accountId`), PRIMARY KEY (`accountId`)) ENGINE=InnoDB

-- Createprograms1763800000002
CREATE TABLE `programs` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `displayName` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `createdAt` bigint NOT NULL, `pausedAt` bigint NULL, INDEX `programs_newest` (`accountId`, `createdAt`, `programId`), PRIMARY KEY (`accountId`, `programId`)) ENGINE=InnoDB

-- Createapi_keys1763800000003
CREATE TABLE `api_keys` (`keyId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `role` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `label` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `secretHash` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `createdAt` bigint NOT NULL, `expiresAt` bigint NULL, `revokedAt` bigint NULL, `rotatedTo` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `lastUsedAt` bigint NULL, INDEX `api_keys_newest` (`accountId`, `createdAt`, `keyId`), PRIMARY KEY (`keyId`)) ENGINE=InnoDB

-- Createsessions1763800000004
CREATE TABLE `sessions` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `sessionId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `name` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `status` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `state` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `progress` double NULL, `projectName` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `contextBytes` bigint NULL, `contextLimitBytes` bigint NULL, `contextAt` bigint NULL, `contextRiseAt` bigint NULL, `contextRiseBytes` bigint NULL, `handoffRequired` smallint NOT NULL, `createdAt` bigint NOT NULL, `updatedAt` bigint NOT NULL, `lastHeartbeat` bigint NOT NULL, `lastProgressAt` bigint NOT NULL, `completedAt` bigint NULL, `completeReason` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `archived` smallint NOT NULL, `archivedAt` bigint NULL, `archiveReason` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `successor` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `staleTold` bigint NULL, `stuckTold` bigint NULL, `changes` bigint NOT NULL, INDEX `sessions_newest` (`accountId`, `archived`, `state`, `updatedAt`, `sessionId`), INDEX `sessions_of_program` (`accountId`, `programId`, `archived`, `updatedAt`, `sessionId`), INDEX `sessions_heartbeat` (`accountId`, `programId`, `lastHeartbeat`), INDEX `sessions_silent` (`archived`, `state`, `updatedAt`, `accountId`), INDEX `sessions_completed` (`archived`, `completedAt`, `accountId`), PRIMARY KEY (`accountId`, `sessionId`)) ENGINE=InnoDB

-- Createprogram_states1763800000005
CREATE TABLE `program_states` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `version` bigint NOT NULL, `sessionId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `contextSummary` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `contextSummaryAt` bigint NULL, `config` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `baselines` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `decay` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `patternCount` bigint NOT NULL, `updatedAt` bigint NOT NULL, PRIMARY KEY (`accountId`, `programId`)) ENGINE=InnoDB

-- Createlearned_patterns1763800000006
CREATE TABLE `learned_patterns` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `patternId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `domain` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `pattern` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `confidence` double NOT NULL, `evidence` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `status` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `supersededBy` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `promoted` smallint NOT NULL, `reinforcements` bigint NOT NULL, `discoveredAt` bigint NOT NULL, `lastReinforcedAt` bigint NOT NULL, `searchText` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, PRIMARY KEY (`accountId`, `programId`, `patternId`)) ENGINE=InnoDB

-- Createaudit1763800000009
CREATE TABLE `audit` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `auditId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `at` bigint NOT NULL, `keyId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `role` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `action` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `subject` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `outcome` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `detail` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, INDEX `audit_newest` (`accountId`, `at`, `auditId`), INDEX `audit_oldest` (`at`), PRIMARY KEY (`accountId`, `auditId`)) ENGINE=InnoDB

-- Createsession_changes1763800000010
CREATE TABLE `session_changes` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `sessionId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `number` bigint NOT NULL, `at` bigint NOT NULL, `kind` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `state` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `status` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `progress` double NULL, `contextBytes` bigint NULL, `contextLimitBytes` bigint NULL, `handoffRequired` smallint NOT NULL, PRIMARY KEY (`accountId`, `sessionId`, `number`)) ENGINE=InnoDB

-- Createevents1763800000011
CREATE TABLE `events` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `seq` bigint NOT NULL, `at` bigint NOT NULL, `kind` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `sessionId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `data` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, PRIMARY KEY (`accountId`, `seq`)) ENGINE=InnoDB

-- Createevent_counters1763800000012
CREATE TABLE `event_counters` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `seq` bigint NOT NULL, PRIMARY KEY (`accountId`)) ENGINE=InnoDB

-- Createleases1763800000013
CREATE TABLE `leases` (`name` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `holder` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `until` bigint NOT NULL, `lastRunAt` bigint NULL, PRIMARY KEY (`name`)) ENGINE=InnoDB

-- Createmass_silences1763800000014
CREATE TABLE `mass_silences` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `since` bigint NOT NULL, `until` bigint NOT NULL, `sessions` bigint NOT NULL, `sparedUntil` bigint NOT NULL, PRIMARY KEY (`accountId`)) ENGINE=InnoDB

-- Createkept_answers1763800000015
CREATE TABLE `kept_answers` (`keyId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `idempotencyKey` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `requestHash` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `sealed` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `createdAt` bigint NOT NULL, INDEX `kept_answers_oldest` (`createdAt`), PRIMARY KEY (`keyId`, `idempotencyKey`, `accountId`)) ENGINE=InnoDB

-- Createtasks1763800000007
CREATE TABLE `tasks` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `taskId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `target` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `state` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `title` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `instructions` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `priority` bigint NOT NULL, `turn` bigint NOT NULL, `createdBy` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `createdByKey` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `createdAt` bigint NOT NULL, `expiresAt` bigint NULL, `claimedBy` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `claimedSession` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `claimedAt` bigint NULL, `completedAt` bigint NULL, `outcome` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `result` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, INDEX `tasks_pending` (`accountId`, `state`, `target`, `expiresAt`, `claimedSession`), INDEX `tasks_by_state` (`accountId`, `state`, `turn`, `taskId`), INDEX `tasks_by_target` (`accountId`, `state`, `target`, `turn`, `taskId`), INDEX `tasks_by_claimant` (`accountId`, `claimedBy`, `state`, `turn`, `taskId`), INDEX `tasks_of_session` (`accountId`, `claimedSession`, `state`), PRIMARY KEY (`accountId`, `taskId`)) ENGINE=InnoDB

-- Createmessage_deliveries1763800000008
CREATE TABLE `message_deliveries` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `recipient` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `messageId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `createdAt` bigint NOT NULL, `readAt` bigint NULL, `expiresAt` bigint NULL, INDEX `deliveries_pending` (`accountId`, `readAt`, `recipient`, `expiresAt`), INDEX `deliveries_unread` (`accountId`, `recipient`, `readAt`, `createdAt`, `messageId`), INDEX `deliveries_oldest` (`accountId`, `recipient`, `createdAt`, `messageId`), INDEX `deliveries_of_message` (`accountId`, `messageId`, `readAt`), PRIMARY KEY (`accountId`, `recipient`, `messageId`)) ENGINE=InnoDB

-- Createmessages1763800000016
CREATE TABLE `messages` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `messageId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `sender` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `senderKeyId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `target` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `kind` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `text` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `replyTo` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `createdAt` bigint NOT NULL, `expiresAt` bigint NULL, INDEX `messages_of_sender` (`accountId`, `sender`, `createdAt`, `messageId`), INDEX `messages_of_key` (`accountId`, `sender`, `senderKeyId`, `createdAt`, `messageId`), PRIMARY KEY (`accountId`, `messageId`)) ENGINE=InnoDB

-- Createstate_versions1763800000030
CREATE TABLE `state_versions` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `version` bigint NOT NULL, `at` bigint NOT NULL, `cause` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `restoredVersion` bigint NULL, `sessionId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `keyId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `sections` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `patternsAdded` bigint NOT NULL, `patternsChanged` bigint NOT NULL, `patternsRemoved` bigint NOT NULL, `undo` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, PRIMARY KEY (`accountId`, `programId`, `version`)) ENGINE=InnoDB

-- Createpattern_undos1763800000031
CREATE TABLE `pattern_undos` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `version` bigint NOT NULL, `patternId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `before` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, PRIMARY KEY (`accountId`, `programId`, `version`, `patternId`)) ENGINE=InnoDB

-- CreateFullText1763800000032
CREATE FULLTEXT INDEX learned_patterns_words ON learned_patterns (searchText)

-- Createweb_sessions1763800000050
CREATE TABLE `web_sessions` (`tokenHash` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `keyId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `createdAt` bigint NOT NULL, `lastUsedAt` bigint NOT NULL, `expiresAt` bigint NOT NULL, INDEX `web_sessions_of_key` (`accountId`, `keyId`), INDEX `web_sessions_ended` (`expiresAt`), INDEX `web_sessions_idle` (`lastUsedAt`), PRIMARY KEY (`tokenHash`)) ENGINE=InnoDB

-- Createwebhooks1763800000051
CREATE TABLE `webhooks` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `webhookId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `url` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `kinds` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `description` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `createdByKey` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `createdAt` bigint NOT NULL, `updatedAt` bigint NOT NULL, `enabled` smallint NOT NULL, `disabledReason` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `failures` bigint NOT NULL, `failingSince` bigint NULL, `secret` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `previousSecret` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `previousSecretUntil` bigint NULL, `seenSeq` bigint NOT NULL, `claimedBy` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `claimedUntil` bigint NOT NULL, INDEX `webhooks_claimable` (`enabled`, `claimedUntil`), PRIMARY KEY (`accountId`, `webhookId`)) ENGINE=InnoDB

-- Createwebhook_deliveries1763800000052
CREATE TABLE `webhook_deliveries` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `webhookId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `deliveryId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `kind` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `seq` bigint NULL, `payload` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `state` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `attempts` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `createdAt` bigint NOT NULL, `nextAttemptAt` bigint NULL, INDEX `webhook_deliveries_due` (`accountId`, `webhookId`, `state`, `nextAttemptAt`, `seq`), INDEX `webhook_deliveries_newest` (`accountId`, `webhookId`, `createdAt`, `deliveryId`), INDEX `webhook_deliveries_oldest` (`createdAt`), PRIMARY KEY (`accountId`, `webhookId`, `deliveryId`)) ENGINE=InnoDB

-- RenameColumnsOfsessions1763800000060
ALTER TABLE sessions RENAME COLUMN staleTold TO staleNotifiedFor;
ALTER TABLE sessions RENAME COLUMN stuckTold TO stuckNotifiedFor

-- Extendtasks1763800000071
CREATE INDEX `tasks_by_creator` ON `tasks` (`accountId`, `createdBy`, `state`, `turn`, `taskId`)

-- Extendapi_keys1763800000070
ALTER TABLE api_keys ADD COLUMN createdBy varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
CREATE INDEX `api_keys_by_creator` ON `api_keys` (`accountId`, `createdBy`, `createdAt`, `keyId`)

-- Extendwebhooks1763800000072
ALTER TABLE webhooks ADD COLUMN pausedUntil bigint NULL

-- Extendwebhook_deliveries1763800000073
CREATE INDEX `webhook_deliveries_backlog` ON `webhook_deliveries` (`state`, `createdAt`)

-- Createquestions1763800000090
CREATE TABLE `questions` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `questionId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `sessionId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `kind` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `title` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `details` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `options` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `freeText` smallint NOT NULL, `state` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `answerOption` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `answerText` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `answeredBy` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `createdAt` bigint NOT NULL, `expiresAt` bigint NOT NULL, `closedAt` bigint NULL, `previousState` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `previousStatus` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, INDEX `questions_newest` (`accountId`, `createdAt`, `questionId`), INDEX `questions_by_state` (`accountId`, `state`, `createdAt`, `questionId`), INDEX `questions_of_program` (`accountId`, `programId`, `createdAt`, `questionId`), INDEX `questions_of_session` (`accountId`, `sessionId`, `state`, `createdAt`, `questionId`), INDEX `questions_due` (`state`, `expiresAt`), INDEX `questions_closed` (`closedAt`), PRIMARY KEY (`accountId`, `questionId`)) ENGINE=InnoDB

-- Extendsessions1763800000120
ALTER TABLE sessions ADD COLUMN idleSince bigint NULL;
ALTER TABLE sessions ADD COLUMN contextUsedPercent double NULL;
ALTER TABLE sessions ADD COLUMN contextRisePercent double NULL;
ALTER TABLE sessions ADD COLUMN killedAt bigint NULL

-- Extendsession_changes1763800000121
ALTER TABLE session_changes ADD COLUMN idle smallint NULL;
ALTER TABLE session_changes ADD COLUMN contextUsedPercent double NULL

-- Createsession_handovers1763800000122
CREATE TABLE `session_handovers` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `sessionId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `handover` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, PRIMARY KEY (`accountId`, `sessionId`)) ENGINE=InnoDB

-- Createuptime1763800000100
CREATE TABLE `uptime` (`name` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `upSince` bigint NOT NULL, `renewedAt` bigint NOT NULL, PRIMARY KEY (`name`)) ENGINE=InnoDB

-- Extendaccounts1763800000150
ALTER TABLE accounts ADD COLUMN removedAt bigint NULL;
CREATE INDEX `accounts_removed` ON `accounts` (`removedAt`)

-- Extendprograms1763800000151
ALTER TABLE programs ADD COLUMN removedAt bigint NULL;
CREATE INDEX `programs_removed` ON `programs` (`removedAt`)

-- Extendsessions1763800000152
CREATE INDEX `sessions_archived` ON `sessions` (`accountId`, `archived`, `archivedAt`, `sessionId`)

-- Extendtasks1763800000153
CREATE INDEX `tasks_completed` ON `tasks` (`accountId`, `state`, `completedAt`, `taskId`);
CREATE INDEX `tasks_expired` ON `tasks` (`accountId`, `state`, `expiresAt`, `taskId`)

-- Extendmessages1763800000154
CREATE INDEX `messages_oldest` ON `messages` (`accountId`, `createdAt`, `messageId`)

-- Extendkept_answers1763800000155
CREATE INDEX `kept_answers_of_account` ON `kept_answers` (`accountId`, `createdAt`)

-- Extendapi_keys1763800000156
CREATE INDEX `api_keys_of_program` ON `api_keys` (`accountId`, `programId`, `keyId`)

-- Extendaudit1763800000157
ALTER TABLE audit ADD COLUMN address varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
CREATE INDEX `audit_by_outcome` ON `audit` (`accountId`, `outcome`, `at`, `auditId`);
CREATE INDEX `audit_by_action` ON `audit` (`accountId`, `action`, `at`, `auditId`);
CREATE INDEX `audit_by_key` ON `audit` (`accountId`, `keyId`, `at`, `auditId`)

-- Extendmessage_deliveries1763800000300
ALTER TABLE message_deliveries ADD COLUMN deliveredAt bigint NULL;
ALTER TABLE message_deliveries ADD COLUMN answeredAt bigint NULL

-- Extendprograms1763800000320
ALTER TABLE programs ADD COLUMN sessionRequiredAt bigint NULL

-- Extendstate_versions1763800000321
ALTER TABLE state_versions ADD COLUMN undoesTo bigint NULL;
ALTER TABLE state_versions ADD COLUMN keptUntil bigint NULL

-- Createinvitations1763800000360
CREATE TABLE `invitations` (`invitationId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `codeHash` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `locator` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `typedHash` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `typedTries` bigint NOT NULL, `grants` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `role` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `label` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `ttlDays` bigint NULL, `createdBy` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `createdAt` bigint NOT NULL, `expiresAt` bigint NOT NULL, `usedAt` bigint NULL, `keyId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `withdrawnAt` bigint NULL, INDEX `invitations_by_code` (`codeHash`), INDEX `invitations_by_locator` (`locator`), INDEX `invitations_newest` (`accountId`, `createdAt`, `invitationId`), INDEX `invitations_ended` (`expiresAt`), PRIMARY KEY (`invitationId`)) ENGINE=InnoDB

-- Extendweb_sessions1763800000361
ALTER TABLE web_sessions ADD COLUMN device varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
ALTER TABLE web_sessions ADD COLUMN ownsKey smallint NULL

-- Extendapi_keys1763800000380
ALTER TABLE api_keys ADD COLUMN connectionId varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
ALTER TABLE api_keys ADD COLUMN clientName varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
CREATE INDEX `api_keys_of_connection` ON `api_keys` (`accountId`, `connectionId`, `createdAt`, `keyId`)

-- Createconnections1763800000381
CREATE TABLE `connections` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `connectionId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `keyId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `role` varchar(20) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `clientId` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `clientName` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `ticketHash` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `createdAt` bigint NOT NULL, `expiresAt` bigint NOT NULL, `endedAt` bigint NULL, INDEX `connections_of_key` (`accountId`, `keyId`), INDEX `connections_of_program` (`accountId`, `programId`), INDEX `connections_expired` (`expiresAt`), PRIMARY KEY (`accountId`, `connectionId`)) ENGINE=InnoDB

-- Createoauth_records1763800000382
CREATE TABLE `oauth_records` (`model` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `idHash` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `grantHash` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `sealed` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `createdAt` bigint NOT NULL, `consumedAt` bigint NULL, `expiresAt` bigint NOT NULL, INDEX `oauth_records_of_account` (`accountId`, `expiresAt`), INDEX `oauth_records_of_grant` (`grantHash`, `model`, `consumedAt`), INDEX `oauth_records_unowned` (`model`, `accountId`, `expiresAt`), INDEX `oauth_records_expired` (`expiresAt`), PRIMARY KEY (`model`, `idHash`)) ENGINE=InnoDB

-- Extendmessage_deliveries1763800000410
ALTER TABLE message_deliveries ADD COLUMN kind varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
ALTER TABLE message_deliveries ADD COLUMN sender varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
ALTER TABLE message_deliveries ADD COLUMN stage bigint NULL;
CREATE INDEX `deliveries_by_stage` ON `message_deliveries` (`stage`, `accountId`, `recipient`, `createdAt`, `messageId`);
CREATE INDEX `deliveries_by_kind` ON `message_deliveries` (`accountId`, `recipient`, `kind`, `stage`, `createdAt`, `messageId`);
CREATE INDEX `deliveries_by_sender` ON `message_deliveries` (`accountId`, `recipient`, `sender`, `stage`, `createdAt`, `messageId`);
CREATE INDEX `deliveries_by_sender_and_kind` ON `message_deliveries` (`accountId`, `recipient`, `sender`, `kind`, `stage`, `createdAt`, `messageId`)

-- Extendapi_keys1763800000430
ALTER TABLE api_keys ADD COLUMN renewalGrantedBy varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
CREATE INDEX `api_keys_by_renewal` ON `api_keys` (`accountId`, `renewalGrantedBy`)

-- Createprogram_activity1763800000440
CREATE TABLE `program_activity` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `programId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `day` bigint NOT NULL, `quarters` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, INDEX `program_activity_oldest` (`day`), PRIMARY KEY (`accountId`, `programId`, `day`)) ENGINE=InnoDB

-- Createobserved_days1763800000441
CREATE TABLE `observed_days` (`day` bigint NOT NULL, `quarters` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, PRIMARY KEY (`day`)) ENGINE=InnoDB

-- Extendwebhooks1763800000452
ALTER TABLE webhooks ADD COLUMN format varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL

-- Createpush_subscriptions1763800000450
CREATE TABLE `push_subscriptions` (`accountId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `subscriptionId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `keyId` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `webSession` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `endpoint` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `p256dh` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `auth` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `types` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `showDetails` smallint NOT NULL, `quietHours` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `device` varchar(200) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NULL, `createdAt` bigint NOT NULL, `seenSeq` bigint NOT NULL, `nextAt` bigint NOT NULL, `failures` bigint NOT NULL, INDEX `push_subscriptions_newest` (`accountId`, `keyId`, `createdAt`, `subscriptionId`), INDEX `push_subscriptions_due` (`nextAt`), PRIMARY KEY (`accountId`, `subscriptionId`)) ENGINE=InnoDB

-- Createpush_keys1763800000451
CREATE TABLE `push_keys` (`name` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `publicKey` varchar(100) CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `privateKey` mediumtext CHARACTER SET "utf8mb4" COLLATE "utf8mb4_bin" NOT NULL, `createdAt` bigint NOT NULL, PRIMARY KEY (`name`)) ENGINE=InnoDB

// Generated from openapi/*.yaml by `make generate`. Do not edit.
export interface paths {
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions of the account.
         * @description Lists sessions, the most recently updated first, 10 unless `limit` says otherwise. Archived ones are left out unless asked for. When nextCursor is not
         *     null there are more: give it as `cursor`.
         */
        get: operations["listSessions"];
        put?: never;
        /**
         * Register a new session.
         * @description Registers a session, or updates the one that already has this sessionId: the fields that are sent replace the stored
         *     ones, and it counts as a heartbeat. A complete or archived session comes back to life as a new run: status, progress, context use,
         *     handoffRequired, idle and handover begin anew unless they are sent, while createdAt and the timeline stay. The id of a session that was taken over is
         *     used up: 409 session-superseded. Sessions appear on the dashboard: give them descriptive names. Concurrent sessions are limited per tier (free 1, pro 5, team 10); at the limit the answer is 409 session-limit-reached and names
         *     the sessions in the way. Stale sessions do not count.
         */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The session. `current` is the program's most recently updated live one.
                 * @example builder-session-1
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        /**
         * Read one session.
         * @description Reads one session as it is now. Without sessionId it is the program's current one.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a session's status and progress, and send its heartbeat.
         * @description Keeps people informed of what an agent does. Send a heartbeat (lastHeartbeat true) at least every 10 minutes, also while idle; the answer says when the next
         *     one is due and counts the program's pending tasks and messages, so polling is not needed. State blocked says that the session needs
         *     input from outside; pinned keeps it from being archived. Set handoffRequired when more than 60 % of the context window is used. Omitted fields
         *     keep their value; null clears progress, projectName and what is known of the context. Set idle when the turn has ended and the agent waits for its person: the
         *     next update without it ends that. Without sessionId it is the program's current session.
         */
        patch: operations["updateSession"];
        trace?: never;
    };
    "/v1/sessions/{sessionId}/turn-limit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The session. `current` is the program's most recently updated live one.
                 * @example builder-session-1
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report that an agent was stopped because it had gone on by itself for too long.
         * @description For whoever makes an agent go on with its messages at the end of a turn, such as hooks: agents that answer one another would never come to
         *     an end, so that is done at most 8 times without a person. Then this blocks the session, with the reason as its status, and one
         *     `turn-limit` event tells people. The next update with a state ends it.
         */
        post: operations["reportTurnLimit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The session. `current` is the program's most recently updated live one.
                 * @example builder-session-1
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        /**
         * Read how a session changed over time.
         * @description Lists the changes of a session's state, status, progress, context use and handoff flag, the newest first; the newest 1,000 are kept.
         *     Context use over time can be drawn from it.
         */
        get: operations["getSessionTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fleet/mass-silence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Let sessions be archived again after a mass silence.
         * @description When more than half of the live sessions fall silent within five minutes, the cause is more likely a network or a server than so many agents: they are
         *     spared from archival for six hours. This ends that at once.
         */
        delete: operations["endMassSilence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fleet/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the health of all programs.
         * @description Shows heartbeat age, pending messages and pending tasks of every program. Admin only. Use it to find stale or unresponsive agents: a heartbeat age over
         *     15 minutes usually means that the session died without cleanup, and many pending messages that an agent is stuck or crashed.
         */
        get: operations["getFleetHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fleet/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what programs did over time.
         * @description What each program did in the last day, week or month, as one letter for each period. The service looks at every live session once a minute and keeps,
         *     for 90 days, what it saw in each quarter of an hour. Questions and answers are counted exactly.
         */
        get: operations["getFleetHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the programs of the account.
         * @description Lists programs, the newest first, with the last heartbeat of each, the highest role among its valid keys, and whether a person asked it to pause.
         */
        get: operations["listPrograms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: ProgramId;
            };
            cookie?: never;
        };
        /**
         * Read one program.
         * @description Reads a program's last heartbeat, the highest role among its valid keys, and whether a person asked it to pause.
         */
        get: operations["getProgram"];
        put?: never;
        post?: never;
        /**
         * Remove a program and everything it has.
         * @description Revokes its keys and hides the program at once. A job then deletes its sessions, state, tasks, messages, questions, keys, webhooks and events, which takes
         *     a minute or more; until then the id is reserved, and using it is a 409. Audit entries and the event `program.removed` are kept for their usual time.
         */
        delete: operations["removeProgram"];
        options?: never;
        head?: never;
        /**
         * Change a program's display name, ask it to pause, or require its writes to name their session.
         * @description A paused program is told so in the answer to each of its heartbeats. Stopping its work is up to the agent. With `sessionRequired`, a process whose session
         *     another has taken over can write nothing by leaving out its session: what its keys of the role program send is refused unless it names an existing session of the program.
         */
        patch: operations["updateProgram"];
        trace?: never;
    };
    "/v1/programs/{programId}/boot": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: ProgramId;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a run and get everything that the last one left behind.
         * @description Call it first. It opens a session (same arguments as createSession) and returns it with the program's memory, the previous session, open tasks and unread
         *     messages. A previous session that asked for a handoff, or died, is completed: this one takes its slot and its claims, and it can write nothing any more. One that is
         *     alive and did not ask stays. The answer is cut to maxTokens: every part has room for its beginning, and leftOut says what is missing and how to get it.
         */
        post: operations["bootProgram"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/state": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        /**
         * Read a program's persistent state.
         * @description Call it on boot to restore the context of the previous session. State persists indefinitely: it survives session rotation, crashes and restarts.
         *     A program reads its own state; admins and auditors read any. Nothing stored yet is no error: exists is false and version 0.
         *
         *     Whoever has the state already sends its ETag as If-None-Match: while that is still the version, the answer is 304 without a body, and costs a small part
         *     of a read. A version changes only by a write. What ages by time alone, `stale` and `contextSummaryExpired`, changes none: 304 says that nothing was
         *     written since, and not that a read would be the same to the letter.
         */
        get: operations["getProgramState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Write a program's persistent state; partial updates merge.
         * @description Write after every significant task or decision: it is what makes a session handoff near-zero-cost. Partial writes merge: sending only contextSummary
         *     leaves learnedPatterns as they are. Objects merge field by field, null resets a field, lists of text are replaced, patterns merge by id. Programs
         *     can only write their own state.
         */
        patch: operations["updateProgramState"];
        trace?: never;
    };
    "/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tasks.
         * @description The most urgent first, then the oldest. A program sees the tasks for it or for `*`, and those that it made or claimed. To find work, give your program as target: the answer is what you may claim now. Instructions are
         *     not in the list; claiming a task gives them.
         */
        get: operations["listTasks"];
        put?: never;
        /**
         * Give work to a program.
         * @description Makes a task for one program or, with target `*`, for whichever claims it first; they see it in pendingTasks with their next heartbeat. Only to tell
         *     or ask something, send a message instead.
         */
        post: operations["createTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{taskId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        /**
         * Read one task.
         * @description Shows its instructions, who has claimed it, and its result. Reading claims nothing. To a program, a task for another one that it has not made is not there (404).
         */
        get: operations["getTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{taskId}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a task before working on it.
         * @description Of many claimants one wins; the others get 409 task-taken: take another. The claim holds while your session lives, so keep sending
         *     heartbeats; when it is complete, archived or silent for 15 minutes, others may claim the task. Claiming it again changes nothing.
         */
        post: operations["claimTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{taskId}/release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a claimed task back unfinished.
         * @description Others may claim it again. Only the program that has it, or an admin, may do this.
         */
        post: operations["releaseTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{taskId}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a claimed task with its outcome.
         * @description Only the program that has it, or an admin, may do this. After 409 claim-lapsed (your session was silent for too long) claim it again first; after 409
         *     task-taken stop working on it.
         */
        post: operations["completeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read your program's inbox.
         * @description Shows unread messages, the oldest first. Reading does not consume: acknowledge each that you have dealt with.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Send a message to a program.
         * @description It waits in the inbox of one program or, with `to` `*`, of every other one, until acknowledged or expired; they see it in
         *     pendingMessages with their next heartbeat. For work that one must finish, create a task instead.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/sent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages that your program has sent.
         * @description The newest first. Each tells how many recipients it has, how many of their agents have got its text, and how many have acknowledged and answered it.
         */
        get: operations["listSentMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that the texts of messages have reached your program's agent.
         * @description For whoever puts messages into an agent's context, such as hooks, after having done so. Through MCP it happens by itself. Delivered is not
         *     acknowledged: the messages stay in the inbox. `deliveredAt` is set once; doing it again changes nothing, and an id
         *     that is not in the inbox is ignored.
         */
        post: operations["confirmDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The message.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                messageId: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        /**
         * Read one message that was sent.
         * @description Its text, and how many of its recipients have got, acknowledged and answered it. Reading acknowledges nothing. To a program, a message that it neither sent nor got is not there (404);
         *     an admin or auditor who reads one between others leaves a row in the audit.
         */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{messageId}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The message.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                messageId: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a message as dealt with.
         * @description It leaves your program's inbox, not those of other recipients. Doing it again changes nothing.
         */
        post: operations["acknowledgeMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/state/versions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        /**
         * List the versions of a program's state.
         * @description Lists what each write has changed, the newest first. A write that changes nothing makes no version. The newest 100 versions are kept, and of those before the last of each day (UTC) for 30 days. Each can be read, compared and restored.
         */
        get: operations["listStateVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/state/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
                /**
                 * @description The version.
                 * @example 3
                 */
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        /**
         * Read a program's state as it was at a version.
         * @description The whole state of that version; what is stale or expired is judged now.
         */
        get: operations["getStateVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/state/diff": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        /**
         * Compare two versions of a program's state.
         * @description Names every field that differs, by its JSON pointer (RFC 6901) in the state; learned patterns stand under their id. Lists are compared as a whole; a side that
         *     lacks the field is null.
         */
        get: operations["diffState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/state/restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore an earlier version of a program's state.
         * @description Makes a new version whose sections and patterns are those of the earlier one. No version is lost: restoring the one before undoes it. The program itself or an
         *     admin may.
         */
        post: operations["restoreState"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/state/export": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        /**
         * Export a program's whole state as one document.
         * @description For backup and moving. The document holds everything that is stored and nothing that depends on the time of the export; give it to importState.
         */
        get: operations["exportState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/state/import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import a program's state from a document.
         * @description Where nothing is stored yet, the state becomes the document's to the byte. Otherwise `merge` lets the document win field by field and pattern by pattern, `skip`
         *     only adds what is not there yet, and `overwrite` makes the state the document's and nothing more. The program itself or an admin may.
         */
        post: operations["importState"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/patterns": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        /**
         * List or search a program's learned patterns.
         * @description Lists what the program has learned, the most recently reinforced first. All filters hold together. `text` finds patterns in whose domain, pattern and evidence
         *     every word of it begins a word; case and accents do not count. Superseded and refuted patterns are left out unless asked for. When nextCursor is not null there
         *     are more: give it as `cursor`.
         */
        get: operations["listPatterns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/patterns/{patternId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
                /**
                 * @description The pattern.
                 * @example p-1
                 */
                patternId: components["parameters"]["PatternId"];
            };
            cookie?: never;
        };
        /**
         * Read one learned pattern.
         * @description Reads one pattern, whatever its status.
         */
        get: operations["getPattern"];
        put?: never;
        post?: never;
        /**
         * Remove a learned pattern.
         * @description Removes one pattern for good; nothing else does. To keep it as a warning, set its status to refuted or superseded instead. The program itself or an admin may.
         */
        delete: operations["removePattern"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/patterns/{patternId}/reinforce": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
                /**
                 * @description The pattern.
                 * @example p-1
                 */
                patternId: components["parameters"]["PatternId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a learned pattern has proved true again.
         * @description Counts one reinforcement and makes the pattern fresh again; optionally sets a new confidence. Only the program itself may.
         */
        post: operations["reinforcePattern"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/patterns/{patternId}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
                /**
                 * @description The pattern.
                 * @example p-1
                 */
                patternId: components["parameters"]["PatternId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Promote a learned pattern, so that it never grows stale.
         * @description A promoted pattern never reads stale and takes no place from the others; `promoted: false` undoes it. The program itself or an admin may.
         */
        post: operations["promotePattern"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programs/{programId}/patterns/{patternId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
                /**
                 * @description The pattern.
                 * @example p-1
                 */
                patternId: components["parameters"]["PatternId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Say whether a learned pattern still holds.
         * @description A refuted pattern turned out wrong; a superseded one gave way to the pattern that supersededBy names. Both are kept and shown as such, and are never handed to a
         *     booting session. The program itself or an admin may.
         */
        put: operations["setPatternStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List questions.
         * @description The newest first. A program sees its own; auditors and admins see all of the account.
         */
        get: operations["listQuestions"];
        put?: never;
        /**
         * Ask a person.
         * @description Opens a question of a session. The session reads `blocked`, with the title as its status, until the question is closed; then it is what it was
         *     before. An admin answers it; the first answer wins. Unanswered it expires, and no expiry or failure is ever an answer: only `state: answered` is.
         */
        post: operations["askHuman"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/questions/{questionId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The question.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                questionId: components["parameters"]["QuestionId"];
            };
            cookie?: never;
        };
        /**
         * Read one question, or wait for its answer.
         * @description With `wait` the response comes as soon as the question is closed, and at the latest after that time, still `open`.
         */
        get: operations["getQuestion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/questions/{questionId}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The question.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                questionId: components["parameters"]["QuestionId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer a question.
         * @description The first answer wins: a later one is 409 `question-answered` and names who answered and when. Every answer leaves an audit row. A permission is
         *     given by the option `allow` alone.
         */
        post: operations["answerQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/questions/{questionId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The question.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                questionId: components["parameters"]["QuestionId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a question.
         * @description For one that was answered elsewhere, for example in the agent's own dialog. Withdrawing it again changes nothing.
         */
        post: operations["withdrawQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what happens in the account.
         * @description Server-Sent Events (WHATWG HTML, section 9.2). The answer does not end; a comment comes at least every 15 seconds. Three kinds of frames come:
         *
         *     - An **event**: `id` is its sequence number, `event` its type, `data` a FleetEvent. The numbers of an account have no gaps, in the order in which the
         *       events were stored; a filter, or what a key may not see, leaves out some of them.
         *     - `event: position`, `data` a StreamPosition: first of all, and again when numbers have passed that this stream leaves out. Its `id` is where the stream
         *       stands, so a reconnecting client resumes from there.
         *     - `event: pulse`, `data` a Pulse, without an `id`, only with `pulse=true`. A heartbeat that changes nothing else is no event: pulses tell of those, a few
         *       seconds after the fact, and of each session at most once in two seconds. One that is missed is made up for by the next.
         *
         *     Send the header `Last-Event-ID`, as every SSE client does when it reconnects, or `after`, to get everything after that number; the header wins. Without
         *     either the stream begins with what happens from now on. When what came after the number is no longer kept, or the number was never given, the answer is
         *     410 and names the oldest event that is there: read what you show anew, and follow from now on.
         *
         *     Auditors and admins see every event of the account. A program sees every session, the writes of its own state, and the tasks and messages that it made or
         *     sent, that are addressed to it or to all, or that it has taken, and what is said of itself (`program.updated`); nothing of keys and webhooks. A reader that is too slow is cut off and can resume. The stream ends within two seconds of
         *     the end of its key.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the keys of the account.
         * @description Lists keys, the newest first, never their secrets. Revoked and expired ones are shown as such.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make a key.
         * @description Makes a key for a program, an auditor or an admin. The key is shown in this answer and never again. A program exists from the moment that a key is made for it.
         *     No key can make one with more rights than its own, or one that outlives it: `expiresAt` is never later than that of the key in use. A `renewable` key is renewed by its
         *     program before it expires (`rotateKey`), for as long as the key in use is valid.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The public part of the key.
                 * @example 0196f0c27d5e
                 */
                keyId: KeyId;
            };
            cookie?: never;
        };
        /**
         * Read one key.
         * @description Reads what is known of a key, never its secret.
         */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /**
         * Revoke a key.
         * @description The key is refused from its next request on, and so is every key that it was rotated into. The webhooks of revoked keys are disabled until an admin enables
         *     them again; a rotation gives them to the new key. With `withDescendants` the keys that these made are revoked too,
         *     and those that they made in turn; `GET /v1/keys?createdBy=` shows them first. The key in use is not taken along. What is revoked already stays as it is.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The public part of the key.
                 * @example 0196f0c27d5e
                 */
                keyId: KeyId;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace a key by a new one.
         * @description Makes a key of the same program, role and expiry, which never outlives the key in use. The old one lives for 30 more seconds, so that a running agent can
         *     change over. A key is rotated once; the new one is rotated next. A program may rotate its own key; an admin any that it could have made. With `renew` a program replaces its own
         *     renewable key in the last 14 days, or in the second half of a shorter life: the new key has a whole life again, and the old one works until it expires, so that other machines with it are not cut off.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell what the key in use is and may be called.
         * @description Tells the account, role and program of the key that sends the request.
         */
        get: operations["whoAmI"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade a key for a cookie.
         * @description For web pages of this server. The cookie is HttpOnly and SameSite=Strict and acts with exactly the rights of the key; it ends with the key.
         *     Send the csrfToken of the answer as `X-CSRF-Token` with every request that the cookie accompanies and that is not GET or HEAD.
         *     `redeemInvitation` signs a browser in without a key; a server that listens on loopback prints such an invitation as a link at its start.
         *     A key has at most 20 web sessions; signing in once more ends the oldest. Each call makes a session of its own, so there is no Idempotency-Key: who lost the
         *     answer signs in again.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the web session of this cookie.
         * @description The cookie is refused from then on and removed from the browser. A request with a key has no web session, and ends nothing. Repeating it ends nothing more,
         *     so there is no Idempotency-Key.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-out-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End all web sessions of the key or of the account.
         * @description Ends every web session that was made with the key in use, this one too, and those of browsers that it invited; an admin may end those of all keys of the account, but those of operators only an
         *     operator. Their open invitations of browsers are withdrawn. The keys stay as they are.
         *     Repeating it ends nothing more, so there is no Idempotency-Key.
         */
        post: operations["signOutEverywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/web-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List web sessions.
         * @description The browsers that are signed in, the newest first: those of the key in use and those that it invited or, for admins, of every key of the account.
         */
        get: operations["listWebSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/web-sessions/{webSessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the web session, from listWebSessions.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                webSessionId: WebSessionId;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one web session.
         * @description Its cookie is refused from then on. Each key may end its own; an admin those of other keys of the account too, but those of operators only an operator.
         */
        delete: operations["endWebSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invitations of the account.
         * @description Lists invitations, the newest first, never their codes. Used, withdrawn and expired ones are kept for a day.
         */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Invite an agent or a browser.
         * @description Creates a code that is good once, for ten minutes. With `grants: key` it is traded for a key of a program (or of another role), for example by
         *     `fleetbeat connect claude-code --invite <code>`. With `grants: web-session` it signs one browser in: the address of the server with `/#link=<code>` behind it,
         *     as a link or a QR code. The code is shown in this answer and never again.
         *
         *     It grants no more rights than the key in use has, and nothing that outlives that key. It ends with that key too. An account has at most 100 open invitations.
         *     A code has 128 bits or more, so it can't be guessed. With `typedCode` there is a short code beside it, for where nothing can be pasted or scanned: it takes five tries.
         */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/redeem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade an invitation for a key or a signed-in browser.
         * @description Needs no key. Of several calls with one code, one succeeds; the others, and those that come late, are 410. `grants` and `role` are what the caller can use: an invitation for
         *     something else is 409 and stays open. A browser gets a cookie as from `signIn`, with a key of its own behind it whose secret nobody has; that key ends with the web session.
         *     An unknown code is 401 and counts for its address; after too many 429, but a right code is let in all the same. That does not hold for typed codes, which an address
         *     that guesses may not use. Nothing is retried, so there is no Idempotency-Key: who lost the answer asks for another invitation.
         */
        post: operations["redeemInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the invitation.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6f
                 */
                invitationId: InvitationId;
            };
            cookie?: never;
        };
        /**
         * Read one invitation.
         * @description Tells whether it is open, and the key that it was traded for.
         */
        get: operations["getInvitation"];
        put?: never;
        post?: never;
        /**
         * Withdraw an invitation.
         * @description Its code is refused from then on. One that has expired or was withdrawn already stays as it is. One that was used is 410: revoke the key that it was traded for instead.
         */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/authorization-requests/{requestId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the request, from the address of the consent page.
                 * @example V1StGXR8_Z5jdHi6B-myT
                 */
                requestId: components["parameters"]["RequestId"];
            };
            cookie?: never;
        };
        /**
         * Read who asks to be let in by OAuth.
         * @description For the consent page: the client that sent the browser here, where the answer goes, and what the signed-in person may let it in as. Requests live for ten minutes.
         *     Only for a cookie: consent is a person's, in a browser.
         */
        get: operations["getAuthorizationRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/authorization-requests/{requestId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the request, from the address of the consent page.
                 * @example V1StGXR8_Z5jdHi6B-myT
                 */
                requestId: components["parameters"]["RequestId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a client in by OAuth.
         * @description Lets the client act as a program, or with another role, never with more rights than the key behind the cookie. Its tokens end with that key and are listed among
         *     the keys. The browser that was sent here by the client then opens `continueAt`, which is good once; no other browser can use it.
         *     Only for a cookie. Each approval is one of its own, so there is no Idempotency-Key.
         */
        post: operations["approveAuthorizationRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhooks of the account.
         * @description Lists webhooks, the newest first, never their secrets.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Have events sent to a URL.
         * @description Sends each event of these types from now on as a POST, signed by Standard Webhooks (https://www.standardwebhooks.com) unless `format` says otherwise: verify the headers `webhook-id`,
         *     `webhook-timestamp` and `webhook-signature` with the secret, which is shown in this answer and never again. Each event comes at least once: use `webhook-id`
         *     to notice a repetition. Several deliveries may be under way at once, so their order is not promised: `data.sequence` has it. What is not answered with 2xx
         *     within 10 seconds is tried again, later and later, for about two days; `Retry-After` is honoured, up to an hour. An endpoint that fails several times in a
         *     row is paused for up to five minutes between attempts. Redirects are not followed. The URL must be https, its host public and its port 443 or 8443, unless
         *     the server's operator allows others. At most 20 for an account.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        /**
         * Read a webhook.
         * @description Tells a webhook and whether it fails, never its secret.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Remove a webhook.
         * @description Nothing is sent any more, also not what waits.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change, disable or enable a webhook.
         * @description What is left away stays as it is. A disabled webhook collects nothing: what happens meanwhile is not sent later. What waited already is sent when it is
         *     enabled again. A webhook that failed for days is disabled by the server.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret of a webhook.
         * @description For 24 hours each delivery is signed with both secrets, so that the receiver can change over. The new one is shown in this answer and never again.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test delivery now.
         * @description Sends one delivery of the type webhook.test, also from a disabled webhook, waits for what becomes of it and tells. It is not tried again. Each call sends one,
         *     so there is no Idempotency-Key.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        /**
         * List what was sent, each attempt of it, and what waits.
         * @description Lists deliveries, the newest first. They are kept for 30 days unless the server's operator has set another time.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/push-subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the push subscriptions of the key in use.
         * @description Tells the subscriptions, the newest first, and the public key of this server, which a page needs to subscribe.
         */
        get: operations["getPushSubscriptions"];
        put?: never;
        /**
         * Have a browser notified, also while the dashboard is closed.
         * @description Takes what `PushManager.subscribe` gives a page, made with the `publicKey` of `getPushSubscriptions`. Each notification is encrypted for that browser
         *     (RFC 8291), so the push service between learns only when one is sent. It has a title and a page to open; what an agent asks, and its status, are in it only
         *     with `showDetails`. What happens within a few seconds becomes one notification, and during the quiet hours none is sent.
         *
         *     The same endpoint again replaces its subscription. It ends with the key or web session that made it, and when the push service no longer
         *     knows the browser. A key has at most 20: a further one replaces the oldest. The rules for URLs of webhooks hold for the endpoint.
         */
        post: operations["createPushSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/push-subscriptions/{subscriptionId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The subscription's id.
                 * @example 6e340b9cffb37a989ca544e6bb780a2c
                 */
                subscriptionId: PushSubscriptionId;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Notify a browser no more.
         * @description Ends a subscription of the key in use. Nothing is sent to the browser after that.
         */
        delete: operations["deletePushSubscription"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the accounts of this server.
         * @description Lists accounts, the newest first.
         */
        get: operations["listAccounts"];
        put?: never;
        /**
         * Make an account and its first admin key.
         * @description Makes an account that is apart from every other: nothing of one is ever visible to another. The key is shown in this answer and never again. It expires
         *     no later than the key that makes the account.
         */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The account.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                accountId: AccountId;
            };
            cookie?: never;
        };
        /**
         * Read one account.
         * @description Reads an account's name and tier.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        /**
         * Remove an account and everything it has.
         * @description Revokes its keys at once; a job then deletes every row of the account, which takes a minute or more. Only the audit of the operator's own account says
         *     that it existed. An operator's own account can't be removed.
         */
        delete: operations["removeAccount"];
        options?: never;
        head?: never;
        /**
         * Change an account's name or tier.
         * @description A lower tier ends no session that runs; it lets no further one start until there is room. It holds from the next request on.
         */
        patch: operations["updateAccount"];
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read who did what, and who was refused.
         * @description Lists every refusal and every administrative act (keys, accounts, programs, restores), the newest first. A read of another program's state is told
         *     once for each key, operation and program in a quarter of an hour, however often it is repeated.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find the parts of this server.
         * @description The name and version of the server, and the paths of its parts. A browser that opens this address gets the dashboard.
         */
        get: operations["getIndex"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell whether the process answers.
         * @description Answers as long as the process runs. It asks nothing of the database.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell whether the server can do its work.
         * @description Ready means that the database answers within 2 seconds, that no update of a session has waited for it for 5, and that every migration is done. While the
         *     server stops it is not ready.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metrics of the server.
         * @description Counts and timings for Prometheus, in its text format: requests by operation and status, live and stale sessions, refusals, the process and its
         *     database connections. They are of all accounts together, so only an admin of the server's own account may read them.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read this document.
         * @description The OpenAPI document that validates every request to this server.
         */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the API reference.
         * @description A page for people, made from this document. It loads nothing from elsewhere.
         */
        get: operations["getReference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The last part of a problem's type.
                 * @example session-limit-reached
                 */
                kind: string;
            };
            cookie?: never;
        };
        /**
         * Read what a kind of problem means.
         * @description Every problem's `type` leads here. It says what happened and what to do.
         */
        get: operations["getProblemKind"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "session.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive session.created.
         * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
         *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
         *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
         */
        post: operations["receiveSessionCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "session.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive session.updated.
         * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
         *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
         *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
         */
        post: operations["receiveSessionUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "session.blocked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive session.blocked.
         * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
         *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
         *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
         */
        post: operations["receiveSessionBlocked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "session.handoff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive session.handoff.
         * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
         *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
         *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
         */
        post: operations["receiveSessionHandoff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "session.idle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive session.idle.
         * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
         *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
         *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
         */
        post: operations["receiveSessionIdle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "session.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive session.completed.
         * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
         *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
         *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
         */
        post: operations["receiveSessionCompleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "session.stale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive session.stale.
         * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
         *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
         *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
         */
        post: operations["receiveSessionStale"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "session.stuck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive session.stuck.
         * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
         *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
         *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
         */
        post: operations["receiveSessionStuck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "session.archived": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive session.archived.
         * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
         *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
         *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
         */
        post: operations["receiveSessionArchived"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "session.succeeded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive session.succeeded.
         * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
         *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
         *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
         */
        post: operations["receiveSessionSucceeded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "turn-limit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive turn-limit.
         * @description An agent went on by itself, because messages came at the end of its turns, as often as it may without a person. It is blocked until a person writes to it.
         */
        post: operations["receiveTurnLimit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "state.written": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive state.written.
         * @description A program's state was written.
         */
        post: operations["receiveStateWritten"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "task.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive task.created.
         * @description A task was created, claimed, given back or completed.
         */
        post: operations["receiveTaskCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "task.claimed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive task.claimed.
         * @description A task was created, claimed, given back or completed.
         */
        post: operations["receiveTaskClaimed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "task.released": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive task.released.
         * @description A task was created, claimed, given back or completed.
         */
        post: operations["receiveTaskReleased"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "task.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive task.completed.
         * @description A task was created, claimed, given back or completed.
         */
        post: operations["receiveTaskCompleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "message.sent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive message.sent.
         * @description A message was sent, or one of its recipients has got its text, acknowledged or answered it.
         */
        post: operations["receiveMessageSent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "message.delivered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive message.delivered.
         * @description A message was sent, or one of its recipients has got its text, acknowledged or answered it.
         */
        post: operations["receiveMessageDelivered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "message.acknowledged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive message.acknowledged.
         * @description A message was sent, or one of its recipients has got its text, acknowledged or answered it.
         */
        post: operations["receiveMessageAcknowledged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "message.answered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive message.answered.
         * @description A message was sent, or one of its recipients has got its text, acknowledged or answered it.
         */
        post: operations["receiveMessageAnswered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "question.asked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive question.asked.
         * @description A question was asked, answered, withdrawn or has expired. The command and the answer's own words are not in it.
         */
        post: operations["receiveQuestionAsked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "question.answered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive question.answered.
         * @description A question was asked, answered, withdrawn or has expired. The command and the answer's own words are not in it.
         */
        post: operations["receiveQuestionAnswered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "question.withdrawn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive question.withdrawn.
         * @description A question was asked, answered, withdrawn or has expired. The command and the answer's own words are not in it.
         */
        post: operations["receiveQuestionWithdrawn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "question.expired": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive question.expired.
         * @description A question was asked, answered, withdrawn or has expired. The command and the answer's own words are not in it.
         */
        post: operations["receiveQuestionExpired"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "mass-silence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive mass-silence.
         * @description So many sessions fell silent together that none of them is archived for a while. Told to auditors and admins.
         */
        post: operations["receiveMassSilence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "program.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive program.updated.
         * @description A program was paused, may go on, has another display name, or must name its sessions from now on or no more.
         */
        post: operations["receiveProgramUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "program.removed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive program.removed.
         * @description A program was removed. Its earlier events are deleted.
         */
        post: operations["receiveProgramRemoved"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "key.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive key.created.
         * @description A key was made, rotated or revoked. Told to auditors and admins, and never with its secret.
         */
        post: operations["receiveKeyCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "key.rotated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive key.rotated.
         * @description A key was made, rotated or revoked. Told to auditors and admins, and never with its secret.
         */
        post: operations["receiveKeyRotated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "key.revoked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive key.revoked.
         * @description A key was made, rotated or revoked. Told to auditors and admins, and never with its secret.
         */
        post: operations["receiveKeyRevoked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive webhook.created.
         * @description A webhook was made, changed or removed by an admin, or was disabled by the server. Told to auditors and admins, and never with its URL or its secret: a URL
         *     may carry a credential.
         */
        post: operations["receiveWebhookCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive webhook.updated.
         * @description A webhook was made, changed or removed by an admin, or was disabled by the server. Told to auditors and admins, and never with its URL or its secret: a URL
         *     may carry a credential.
         */
        post: operations["receiveWebhookUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.deleted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive webhook.deleted.
         * @description A webhook was made, changed or removed by an admin, or was disabled by the server. Told to auditors and admins, and never with its URL or its secret: a URL
         *     may carry a credential.
         */
        post: operations["receiveWebhookDeleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.disabled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive webhook.disabled.
         * @description A webhook was made, changed or removed by an admin, or was disabled by the server. Told to auditors and admins, and never with its URL or its secret: a URL
         *     may carry a credential.
         */
        post: operations["receiveWebhookDisabled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive webhook.test.
         * @description Somebody tries the webhook (testWebhook).
         */
        post: operations["receiveWebhookTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
declare const idKind: unique symbol;
/**
 * The id of something. Any text can be one, for example from a setting; but the id of one thing is not accepted as the id of
 * another.
 */
export type Id<Kind extends string> = string & { readonly [idKind]?: Kind };
/** @description A program's id, unique in its account. Case matters. */
export type ProgramId = Id<"ProgramId">;
/** @description A session's id, unique in its account. Case matters. */
export type SessionId = Id<"SessionId">;
/** @description Display name of the session. */
export type SessionName = string;
/**
 * @description What the session says of itself.
 * @enum {string}
 */
export type SessionState = "working" | "blocked" | "complete" | "pinned";
/** @description Where its working tree stood. */
export type WorkingTree = {
    /** @description The branch; null when none is checked out. */
    branch?: string | null;
    /** @description The commit that is checked out; null when there is none yet. */
    commit?: string | null;
    /**
     * Format: int32
     * @description Commits that its upstream branch has not; null when it has none.
     */
    ahead?: number | null;
    /**
     * Format: int32
     * @description Commits that only its upstream branch has; null when it has none.
     */
    behind?: number | null;
    /** @description Changed files, from its root; untracked ones too. */
    changedFiles?: string[];
    /**
     * Format: int32
     * @description How many have changed, also those that are not listed.
     */
    changedFileCount?: number;
};
/** @description A command and how it ended. */
export type CommandRun = {
    /** @description The command, cut where it is long. */
    command: string;
    /**
     * @description How it ended. unknown: it was still running, or nobody was told.
     * @enum {string}
     */
    outcome?: "succeeded" | "failed" | "interrupted" | "unknown";
    /**
     * Format: int64
     * @description Its exit code; null when there is none.
     */
    exitCode?: number | null;
};
/** @description A task's id. */
export type TaskId = Id<"TaskId">;
/** @description A task that a session had claimed. */
export type ClaimedTask = {
    /** @description A task's id. */
    taskId: TaskId;
    /** @description Its title. */
    title?: string;
};
/**
 * @description What is recorded of a run without the agent's doing, for whoever goes on after it: every part is optional, and at most 8,192 bytes as JSON. It replaces
 *     the one stored. It belongs to the session and is no part of the program's state.
 */
export type Handover = {
    /**
     * Format: date-time
     * @description When it was recorded.
     */
    recordedAt?: string;
    /** @description The last prompt of its person. */
    lastPrompt?: string;
    /** @description The agent's last answer. */
    lastAnswer?: string;
    /** @description Where its working tree stood. */
    workingTree?: WorkingTree;
    /** @description Its last commands, the newest last. */
    lastCommands?: CommandRun[];
    /** @description The tasks that it had claimed. */
    claimedTasks?: ClaimedTask[];
    /** @description Used part of its context window in percent. */
    contextUsedPercent?: number;
    /** @description What it has cost by its agent's own count, in US dollars. */
    costUsd?: number;
};
/** @description One run of a program. */
export type Session = {
    /**
     * @description A session's id, unique in its account. Case matters.
     * @example builder-session-1
     */
    sessionId: SessionId;
    /**
     * @description The program whose run this is.
     * @example builder
     */
    programId: string | null;
    /**
     * @description Display name of the session.
     * @example Auth refactor
     */
    name: SessionName;
    /**
     * @description Current status message.
     * @example Auth fix implemented. Running tests.
     */
    status: string | null;
    /**
     * @description What the session says of itself.
     * @example working
     */
    state: SessionState;
    /**
     * @description Progress in percent.
     * @example 75
     */
    progress: number | null;
    /** @description Associated project. */
    projectName: string | null;
    /**
     * Format: int64
     * @description Bytes of the context window in use.
     * @example 120000
     */
    contextBytes: number | null;
    /**
     * Format: int64
     * @description Size of the context window in bytes.
     * @example 400000
     */
    contextLimitBytes: number | null;
    /**
     * @description Used part of the context window: as the session says itself, or else from contextBytes and contextLimitBytes. Missing while neither is known.
     * @example 30
     */
    contextUsedPercent?: number;
    /**
     * Format: date-time
     * @description When the window will be full if its use goes on rising as it does. Null while that cannot be told.
     * @example 2026-02-24T11:40:00.000Z
     */
    contextFullAt: string | null;
    /**
     * @description The session asked for a successor.
     * @example false
     */
    handoffRequired: boolean;
    /**
     * @description More than 60 % of the context window is in use.
     * @example false
     */
    handoffAdvised: boolean;
    /**
     * @description Live by its own word, not idle, but silent for too long.
     * @example false
     */
    stale: boolean;
    /**
     * @description Alive, working and not idle, but without progress for too long.
     * @example false
     */
    stuck: boolean;
    /**
     * @description Its turn has ended and it waits for its person: silence is no sign of trouble. Silent, it holds no slot.
     * @example false
     */
    idle: boolean;
    /**
     * @description Put away; an update brings it back.
     * @example false
     */
    archived: boolean;
    /**
     * @description Why it was archived: it was silent, or idle and silent, for too long, or complete.
     * @enum {string|null}
     */
    archiveReason: "silent" | "idle" | "complete" | null;
    /** @description The session that took over. This one can no longer write. */
    successor: string | null;
    /**
     * Format: date-time
     * @description When it was registered.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description When it last wrote.
     * @example 2026-02-24T10:30:00.000Z
     */
    updatedAt: string;
    /**
     * Format: date-time
     * @description When it last sent a heartbeat.
     * @example 2026-02-24T10:30:00.000Z
     */
    lastHeartbeat: string;
    /**
     * Format: date-time
     * @description When state, status, idle, progress or context use last changed.
     * @example 2026-02-24T10:30:00.000Z
     */
    lastProgressAt: string;
    /**
     * Format: date-time
     * @description When it was completed.
     */
    completedAt: string | null;
    /**
     * @description Why it is complete when it did not say so itself: it asked for a successor and got one, its process was known to have died, or it was silent for too long and was succeeded.
     * @enum {string|null}
     */
    completeReason: "handed-off" | "killed" | "succeeded" | null;
    /**
     * Format: date-time
     * @description When it was archived.
     */
    archivedAt: string | null;
    /** @description Only where one session is read, and only when something was recorded. */
    handover?: Handover;
};
/** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
export type NextCursor = string | null;
/** @description A page of sessions. */
export type SessionPage = {
    /** @description The page's entries. */
    sessions: Session[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
/** @description One wrong field. */
export type FieldError = {
    /**
     * @description Where the field stands.
     * @enum {string}
     */
    in: "body" | "query" | "path" | "header";
    /** @description The field as a JSON pointer (RFC 6901) with a leading #. */
    pointer: string;
    /** @description What would be right. */
    message: string;
};
/**
 * @description Concurrent sessions: free 1, pro 5, team 10, unlimited without a limit.
 * @enum {string}
 */
export type Tier = "free" | "pro" | "team" | "unlimited";
/** @description What went wrong, as RFC 9457 has it. The kind decides which other members there are. */
export type Problem = {
    /**
     * @description The kind of problem. A stable URI reference; this server has a page there. Kinds are added, so treat an unknown one by its status.
     * @enum {string}
     */
    type: "/problems/invalid-request" | "/problems/session-required" | "/problems/unauthenticated" | "/problems/forbidden" | "/problems/csrf-refused" | "/problems/route-not-found" | "/problems/session-not-found" | "/problems/program-not-found" | "/problems/key-not-found" | "/problems/pattern-not-found" | "/problems/state-version-not-found" | "/problems/mass-silence-not-found" | "/problems/account-not-found" | "/problems/task-not-found" | "/problems/message-not-found" | "/problems/invitation-not-found" | "/problems/web-session-not-found" | "/problems/authorization-request-not-found" | "/problems/question-not-found" | "/problems/webhook-not-found" | "/problems/push-subscription-not-found" | "/problems/problem-not-found" | "/problems/method-not-allowed" | "/problems/key-not-rotatable" | "/problems/invitation-of-another-kind" | "/problems/session-limit-reached" | "/problems/session-of-another-program" | "/problems/session-superseded" | "/problems/webhook-limit-reached" | "/problems/account-limit-reached" | "/problems/program-being-removed" | "/problems/removal-refused" | "/problems/idempotency-key-reused" | "/problems/session-not-live" | "/problems/task-taken" | "/problems/task-not-claimed" | "/problems/claim-lapsed" | "/problems/task-expired" | "/problems/task-completed" | "/problems/question-answered" | "/problems/question-closed" | "/problems/state-full" | "/problems/invitation-closed" | "/problems/events-gone" | "/problems/version-mismatch" | "/problems/body-too-large" | "/problems/request-too-slow" | "/problems/headers-too-large" | "/problems/unsupported-media-type" | "/problems/too-many-requests" | "/problems/internal-error" | "/problems/unavailable";
    /** @description The kind in words. */
    title: string;
    /**
     * Format: int32
     * @description The HTTP status.
     */
    status: number;
    /** @description What went wrong this time and what would be right. */
    detail: string;
    /** @description The id of the request. The header X-Request-Id has it too. */
    instance: string;
    /** @description The fields that are wrong, one entry each. */
    errors?: FieldError[];
    /** @description Concurrent sessions: free 1, pro 5, team 10, unlimited without a limit. */
    tier?: Tier;
    /**
     * Format: int64
     * @description The limit that was reached.
     */
    limit?: number;
    /**
     * Format: int64
     * @description How many count towards the limit now.
     */
    active?: number;
    /** @description The sessions that hold the slots. */
    inTheWay?: SessionId[];
    /** @description Who has answered the question. */
    answeredBy?: string;
    /**
     * Format: date-time
     * @description When the question was answered.
     */
    answeredAt?: string;
    /** @description A session's id, unique in its account. Case matters. */
    successor?: SessionId;
    /**
     * Format: int32
     * @description Seconds to wait before trying again. The header Retry-After has them too.
     */
    retryAfterSeconds?: number;
    /** @description A program's id, unique in its account. Case matters. */
    claimedBy?: ProgramId;
    /** @description A session's id, unique in its account. Case matters. */
    claimedSession?: SessionId;
    /**
     * Format: int64
     * @description The oldest event that is kept; null when none is.
     */
    oldestEvent?: number | null;
    /**
     * Format: int64
     * @description The newest event.
     */
    latestEvent?: number;
    /**
     * Format: int64
     * @description The version that is stored now.
     */
    currentVersion?: number;
};
/** @description Current status message. */
export type Status = string;
/** @description Progress in percent. */
export type Progress = number;
/** @description Associated project. */
export type ProjectName = string;
/** @description True when the turn has ended and the agent waits for its person. The next update that brings a status or state without it ends that. */
export type Idle = boolean;
/** @description Used part of the context window in percent, for an agent that knows it. It is shown in place of the part that follows from contextBytes and contextLimitBytes. */
export type ContextUsedPercent = number;
/**
 * Format: int64
 * @description Bytes of the context window in use.
 */
export type ContextBytes = number;
/**
 * Format: int64
 * @description Size of the context window in bytes.
 */
export type ContextLimitBytes = number;
export type SessionCreate = {
    /**
     * @description Display name of the session.
     * @example Auth refactor
     */
    name: SessionName;
    /**
     * @description Your own id for the session; made by the server when omitted. An existing session is updated.
     * @example builder-session-1
     */
    sessionId?: SessionId;
    /**
     * @description The program; a program's key knows it already.
     * @example builder
     */
    programId?: ProgramId;
    /**
     * @description Current status message.
     * @example Starting auth module review
     */
    status?: Status;
    /**
     * @description Defaults to working for a new or revived session.
     * @example working
     */
    state?: SessionState;
    /** @description Progress in percent. */
    progress?: Progress;
    /** @description Associated project. */
    projectName?: ProjectName;
    /** @description True when the turn has ended and the agent waits for its person. The next update that brings a status or state without it ends that. */
    idle?: Idle;
    /** @description Used part of the context window in percent, for an agent that knows it. It is shown in place of the part that follows from contextBytes and contextLimitBytes. */
    contextUsedPercent?: ContextUsedPercent;
    /** @description Bytes of the context window in use. */
    contextBytes?: ContextBytes;
    /** @description Size of the context window in bytes. */
    contextLimitBytes?: ContextLimitBytes;
    /** @description A successor should take over. */
    handoffRequired?: boolean;
    /**
     * @description What is recorded of a run without the agent's doing, for whoever goes on after it: every part is optional, and at most 8,192 bytes as JSON. It replaces
     *     the one stored. It belongs to the session and is no part of the program's state.
     */
    handover?: Handover;
};
/** @description A session after a write, and what its program should know. */
export type SessionReport = {
    /**
     * @description A session's id, unique in its account. Case matters.
     * @example builder-session-1
     */
    sessionId: SessionId;
    /**
     * @description The program whose run this is.
     * @example builder
     */
    programId: string | null;
    /**
     * @description Display name of the session.
     * @example Auth refactor
     */
    name: SessionName;
    /**
     * @description Current status message.
     * @example Auth fix implemented. Running tests.
     */
    status: string | null;
    /**
     * @description What the session says of itself.
     * @example working
     */
    state: SessionState;
    /**
     * @description Progress in percent.
     * @example 75
     */
    progress: number | null;
    /** @description Associated project. */
    projectName: string | null;
    /**
     * Format: int64
     * @description Bytes of the context window in use.
     * @example 120000
     */
    contextBytes: number | null;
    /**
     * Format: int64
     * @description Size of the context window in bytes.
     * @example 400000
     */
    contextLimitBytes: number | null;
    /**
     * @description Used part of the context window: as the session says itself, or else from contextBytes and contextLimitBytes. Missing while neither is known.
     * @example 30
     */
    contextUsedPercent?: number;
    /**
     * Format: date-time
     * @description When the window will be full if its use goes on rising as it does. Null while that cannot be told.
     * @example 2026-02-24T11:40:00.000Z
     */
    contextFullAt: string | null;
    /**
     * @description The session asked for a successor.
     * @example false
     */
    handoffRequired: boolean;
    /**
     * @description More than 60 % of the context window is in use.
     * @example false
     */
    handoffAdvised: boolean;
    /**
     * @description Live by its own word, not idle, but silent for too long.
     * @example false
     */
    stale: boolean;
    /**
     * @description Alive, working and not idle, but without progress for too long.
     * @example false
     */
    stuck: boolean;
    /**
     * @description Its turn has ended and it waits for its person: silence is no sign of trouble. Silent, it holds no slot.
     * @example false
     */
    idle: boolean;
    /**
     * @description Put away; an update brings it back.
     * @example false
     */
    archived: boolean;
    /**
     * @description Why it was archived: it was silent, or idle and silent, for too long, or complete.
     * @enum {string|null}
     */
    archiveReason: "silent" | "idle" | "complete" | null;
    /** @description The session that took over. This one can no longer write. */
    successor: string | null;
    /**
     * Format: date-time
     * @description When it was registered.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description When it last wrote.
     * @example 2026-02-24T10:30:00.000Z
     */
    updatedAt: string;
    /**
     * Format: date-time
     * @description When it last sent a heartbeat.
     * @example 2026-02-24T10:30:00.000Z
     */
    lastHeartbeat: string;
    /**
     * Format: date-time
     * @description When state, status, idle, progress or context use last changed.
     * @example 2026-02-24T10:30:00.000Z
     */
    lastProgressAt: string;
    /**
     * Format: date-time
     * @description When it was completed.
     */
    completedAt: string | null;
    /**
     * @description Why it is complete when it did not say so itself: it asked for a successor and got one, its process was known to have died, or it was silent for too long and was succeeded.
     * @enum {string|null}
     */
    completeReason: "handed-off" | "killed" | "succeeded" | null;
    /**
     * Format: date-time
     * @description When it was archived.
     */
    archivedAt: string | null;
    /** @description Only where one session is read, and only when something was recorded. */
    handover?: Handover;
    /**
     * Format: int64
     * @description Tasks that wait for the program.
     * @example 1
     */
    pendingTasks: number;
    /**
     * Format: int64
     * @description Unread messages of the program.
     * @example 0
     */
    pendingMessages: number;
    /**
     * @description A person asked the program to pause.
     * @example false
     */
    programPaused: boolean;
    /**
     * Format: int32
     * @description Send the next heartbeat within this time.
     * @example 600
     */
    nextHeartbeatInSeconds: number;
    /**
     * Format: date-time
     * @description Only in the last 14 days of the key in use: when it expires. Hooks renew a renewable key by themselves; for any other a person makes a new one.
     */
    keyExpiresAt?: string;
    /** @description Through MCP alone, in the answer to update_session: the messages of the program that no agent has got yet, quoted for a model. Elsewhere read them with listMessages. */
    newMessages?: string;
};
export type SessionUpdate = {
    /** @description May be repeated here; the one in the path counts and must be the same. */
    sessionId?: SessionId;
    /**
     * @description Current status message.
     * @example Auth fix implemented. Running tests.
     */
    status: Status;
    /** @description What the session says of itself. */
    state?: SessionState;
    /**
     * @description Progress in percent; null clears it.
     * @example 75
     */
    progress?: number | null;
    /** @description Associated project; null clears it. */
    projectName?: string | null;
    /**
     * @description True moves the heartbeat to the server's clock.
     * @example true
     */
    lastHeartbeat?: boolean;
    /** @description True when the turn has ended and the agent waits for its person. The next update that brings a status or state without it ends that. */
    idle?: Idle;
    /** @description Used part of the context window in percent, for an agent that knows it. It is shown in place of the part that follows from contextBytes and contextLimitBytes. Null clears it. */
    contextUsedPercent?: number | null;
    /**
     * Format: int64
     * @description Bytes of the context window in use; null clears it.
     */
    contextBytes?: number | null;
    /**
     * Format: int64
     * @description Size of the context window in bytes; null clears it.
     */
    contextLimitBytes?: number | null;
    /**
     * @description What is recorded of a run without the agent's doing, for whoever goes on after it: every part is optional, and at most 8,192 bytes as JSON. It replaces
     *     the one stored. It belongs to the session and is no part of the program's state.
     */
    handover?: Handover;
    /** @description True when its process is known to have died: the next boot takes over and is told so. The next heartbeat ends that. */
    killed?: boolean;
    /** @description Set it when the threshold for context rotation is exceeded. */
    handoffRequired?: boolean;
};
export type TurnLimit = {
    /**
     * Format: int32
     * @description How many turns it went on by itself.
     * @example 8
     */
    turns: number;
    /**
     * Format: int32
     * @description How many messages it was not made to go on with.
     * @example 1
     */
    waitingMessages: number;
    /** @description The programs that sent them. */
    senders: ProgramId[];
};
/** @description What a session was like after one of its changes. */
export type SessionChange = {
    /**
     * Format: int64
     * @description Counts the session's changes.
     */
    number: number;
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /**
     * @description What happened.
     * @enum {string}
     */
    kind: "created" | "updated" | "archived" | "succeeded";
    /** @description What the session says of itself. */
    state: SessionState;
    /** @description Status message. */
    status: string | null;
    /** @description It waited for its person. */
    idle: boolean;
    /** @description Progress in percent. */
    progress: number | null;
    /** @description Used part of the context window, as far as it is known. */
    contextUsedPercent: number | null;
    /**
     * Format: int64
     * @description Bytes of the context window in use.
     */
    contextBytes: number | null;
    /**
     * Format: int64
     * @description Size of the context window in bytes.
     */
    contextLimitBytes: number | null;
    /** @description The session asked for a successor. */
    handoffRequired: boolean;
};
/** @description A page of a session's changes. */
export type Timeline = {
    /** @description The page's entries. */
    changes: SessionChange[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
/** @description Sessions that fell silent together and are spared from archival; null while there are none. */
export type MassSilence = {
    /**
     * Format: date-time
     * @description The last sign of life of the first.
     */
    since: string;
    /**
     * Format: date-time
     * @description The last sign of life of the last.
     */
    until: string;
    /**
     * Format: int64
     * @description How many fell silent.
     */
    sessions: number;
    /**
     * Format: date-time
     * @description Until when they are spared.
     */
    sparedUntil: string;
} | null;
/** @description How one program is doing. The row speaks of the session that matters most: one that needs somebody, then a live one, then the newest. */
export type ProgramHealth = {
    /** @description A program's id, unique in its account. Case matters. */
    programId: ProgramId;
    /**
     * Format: date-time
     * @description Of that session; null when there never was one.
     */
    lastHeartbeat: string | null;
    /** @description Age of the last heartbeat, rounded down: 45s, 2m, 3h, 2d. */
    heartbeatAge: string | null;
    /**
     * Format: int64
     * @description The same in seconds.
     */
    heartbeatAgeSeconds: number | null;
    /**
     * Format: int64
     * @description Unread and unexpired messages.
     */
    pendingMessages: number;
    /**
     * Format: int64
     * @description Unclaimed and unexpired tasks that the program may claim. A task for all is one task that counts here for each program, so rows are not to be added up.
     */
    pendingTasks: number;
    /**
     * @description What that session says of itself.
     * @enum {string|null}
     */
    state: "working" | "blocked" | "complete" | "pinned" | null;
    /**
     * @description healthy: a session is alive. stale: the live ones are silent. idle: those that are silent wait for their person. offline: none is live.
     * @enum {string}
     */
    health: "healthy" | "stale" | "idle" | "offline";
    /**
     * Format: int64
     * @description Live sessions that are not stale.
     */
    activeSessions: number;
    /** @description That session asks for a successor. */
    handoffRequired: boolean;
    /** @description Context use of that session. */
    contextUsedPercent: number | null;
};
/** @description The fleet at a glance. */
export type FleetHealth = {
    /** @description Sessions that fell silent together and are spared from archival; null while there are none. */
    massSilence: MassSilence;
    /**
     * Format: int64
     * @description Pending tasks that any program may claim. They are part of pendingTasks in every row.
     * @example 0
     */
    pendingTasksForAll: number;
    /** @description The page's entries. */
    programs: ProgramHealth[];
};
/** @description What one program did over time. */
export type ProgramHistory = {
    /** @description A program's id, unique in its account. Case matters. */
    programId: ProgramId;
    /**
     * @description One letter for each period, the oldest first: `a` asked (a session was blocked), `w` worked, `s` silent (a live session was not heard of for longer than the stale period),
     *     `i` idle, `-` no live session, `?` unknown, because the service did not run or could not hear. Of a quarter of an hour the first of these that was seen counts; of a
     *     longer period the one that most of its quarters have, of those with a session.
     */
    periods: string;
    /**
     * Format: int64
     * @description Questions that it asked in this time.
     */
    questionsAsked: number;
    /**
     * Format: int64
     * @description How long half of the answered ones waited at most; null without an answer.
     */
    medianAnswerSeconds: number | null;
};
/** @description What programs did over time. */
export type FleetHistory = {
    /**
     * Format: date-time
     * @description When the first period began. The last one is not over yet.
     * @example 2026-02-23T10:45:00Z
     */
    from: string;
    /**
     * Format: int32
     * @description How long each period is.
     * @example 15
     * @enum {integer}
     */
    periodMinutes: 15 | 120 | 480;
    /** @description The page's entries. */
    programs: ProgramHistory[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
/** @description A named agent identity. */
export type Program = {
    /**
     * @description A program's id, unique in its account. Case matters.
     * @example builder
     */
    programId: ProgramId;
    /**
     * @description Name for people; the id until one is given.
     * @example Builder
     */
    displayName: string;
    /**
     * @description The highest role among its valid keys.
     * @example program
     * @enum {string|null}
     */
    role: "program" | "auditor" | "admin" | "operator" | null;
    /**
     * @description A person asked it to pause.
     * @example false
     */
    paused: boolean;
    /**
     * @description Whether its writes must name their session: 400 session-required otherwise.
     * @example false
     */
    sessionRequired: boolean;
    /**
     * Format: date-time
     * @description Null when there never was one.
     * @example 2026-02-24T10:30:00.000Z
     */
    lastHeartbeat: string | null;
    /**
     * Format: date-time
     * @description Since when it exists.
     * @example 2026-02-20T09:00:00.000Z
     */
    createdAt: string;
};
/** @description A page of programs. */
export type ProgramPage = {
    /** @description The page's entries. */
    programs: Program[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
/** @description A removal that has taken effect, and whose rows are being deleted. */
export type ProgramRemoval = {
    /**
     * @description A program's id, unique in its account. Case matters.
     * @example reviewer
     */
    programId: ProgramId;
    /**
     * Format: date-time
     * @description From when on its keys are refused.
     * @example 2026-02-24T10:00:00.000Z
     */
    removedAt: string;
};
export type ProgramUpdate = {
    /** @description Name for people. */
    displayName?: string;
    /**
     * @description Whether it should pause.
     * @example true
     */
    paused?: boolean;
    /** @description Whether its writes must name their session. */
    sessionRequired?: boolean;
};
export type BootRequest = {
    /**
     * @description Display name of the session.
     * @example Auth refactor
     */
    name: SessionName;
    /**
     * @description Your own id for the session; made by the server when omitted.
     * @example builder-session-2
     */
    sessionId?: SessionId;
    /**
     * @description Current status message.
     * @example Reading what was left
     */
    status?: Status;
    /** @description Defaults to working. */
    state?: SessionState;
    /** @description Progress in percent. */
    progress?: Progress;
    /** @description Associated project. */
    projectName?: ProjectName;
    /** @description Used part of the context window in percent, for an agent that knows it. It is shown in place of the part that follows from contextBytes and contextLimitBytes. */
    contextUsedPercent?: ContextUsedPercent;
    /** @description Bytes of the context window in use. */
    contextBytes?: ContextBytes;
    /** @description Size of the context window in bytes. */
    contextLimitBytes?: ContextLimitBytes;
    /**
     * Format: int32
     * @description About how large the answer may be, at 3 bytes a token.
     * @default 2000
     */
    maxTokens?: number;
};
/** @description The program's previous run; null at its first. */
export type PreviousSession = {
    /** @description A session's id, unique in its account. Case matters. */
    sessionId: SessionId;
    /** @description Display name of the session. */
    name: SessionName;
    /** @description Its last status message. */
    status: string | null;
    /** @description What the session says of itself. */
    state: SessionState;
    /** @description Its last progress. */
    progress: number | null;
    /**
     * @description alive: it still runs. complete: it said so. handed-off: it asked for this one. killed: its process died in the middle of its work, which status and handover
     *     describe. succeeded: it was silent for too long. silent, idle: it was archived for its silence, or while it waited for its person.
     * @enum {string}
     */
    ended: "alive" | "complete" | "handed-off" | "killed" | "succeeded" | "silent" | "idle";
    /** @description It asked for a successor. */
    handoffRequired: boolean;
    /**
     * Format: date-time
     * @description When it last sent a heartbeat.
     */
    lastHeartbeat: string;
    /** @description What was recorded of it; missing when nothing was. */
    handover?: Handover;
} | null;
/**
 * Format: int64
 * @description Grows by one with every write.
 */
export type Version = number;
export type Items = string[];
/** @description Where the work stands. */
export type ContextSummary = {
    /** @description What was last worked on. */
    lastTask: string | null;
    /** @description What is under way. */
    activeWorkItems: Items;
    /** @description What the next run must know. */
    handoffNotes: string | null;
    /** @description What nobody has decided yet. */
    openQuestions: Items;
};
/** @description Unique in the program. */
export type PatternId = Id<"PatternId">;
/** @description What the pattern is about. */
export type Domain = string;
/** @description What was learned. */
export type PatternText = string;
/** @description How sure the program is. */
export type Confidence = number;
/** @description A pattern that holds and is fresh. */
export type RememberedPattern = {
    /** @description Unique in the program. */
    id: PatternId;
    /** @description What the pattern is about. */
    domain: Domain;
    /** @description What was learned. */
    pattern: PatternText;
    /** @description How sure the program is. */
    confidence: Confidence;
};
export type FreeObject = {
    [key: string]: unknown;
};
/** @description How the program likes to work. */
export type Config = {
    /** @description How results are to look, for example markdown. */
    preferredOutputFormat: string | null;
    /** @description Which tools the program prefers. */
    toolPreferences: FreeObject;
    /** @description What surprises in its surroundings. */
    knownQuirks: string[];
    /** @description Settings of the program's own. */
    customSettings: FreeObject;
};
/** @description What is usual for the program. */
export type Baselines = {
    /** @description How long a task usually takes. */
    avgTaskDurationMinutes: number | null;
    /** @description What usually goes wrong. */
    commonFailureModes: string[];
    /**
     * Format: int64
     * @description How many sessions it has completed.
     */
    sessionsCompleted: number;
    /** @description How long its last session took. */
    lastSessionDurationMinutes: number | null;
};
/** @description What the program remembers, cut to size. */
export type Memory = {
    /** @description Grows by one with every write. */
    version: Version;
    /** @description Where the work stands. */
    contextSummary: ContextSummary;
    /** @description The summary is old and may be out of date. */
    contextSummaryExpired: boolean;
    /** @description The most useful first: confidence times freshness, promoted ones before all. */
    learnedPatterns: RememberedPattern[];
    /** @description How the program likes to work. */
    config?: Config;
    /** @description What is usual for the program. */
    baselines?: Baselines;
};
/** @description What is to be done. */
export type TaskTitle = string;
/** @description A program's id, or * for all programs of the account. */
export type Target = string;
/**
 * Format: int32
 * @description 5 is the most urgent.
 */
export type Priority = number;
/** @description A task without its long texts. */
export type TaskSummary = {
    /**
     * @description A task's id.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
     */
    taskId: TaskId;
    /**
     * @description What is to be done.
     * @example Review PR #45
     */
    title: TaskTitle;
    /**
     * @description A program's id, or * for all programs of the account.
     * @example reviewer
     */
    target: Target;
    /**
     * @description 5 is the most urgent.
     * @example 4
     */
    priority: Priority;
    /**
     * @description A task whose claimant is no longer alive reads created.
     * @example created
     * @enum {string}
     */
    state: "created" | "claimed" | "completed";
    /**
     * @description How it ended.
     * @enum {string|null}
     */
    outcome: "succeeded" | "failed" | "cancelled" | null;
    /**
     * @description It was not claimed in its time and can no longer be.
     * @example false
     */
    expired: boolean;
    /** @description The program that has it. */
    claimedBy: string | null;
    /** @description The session that has it. */
    claimedSession: string | null;
    /**
     * @description The program that made it; null for an admin without a program.
     * @example builder
     */
    createdBy: string | null;
    /**
     * Format: date-time
     * @description When it was made.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description When it was claimed.
     */
    claimedAt: string | null;
    /**
     * Format: date-time
     * @description When it was completed.
     */
    completedAt: string | null;
    /**
     * Format: date-time
     * @description When it expires unless it is claimed.
     * @example 2026-02-25T10:00:00.000Z
     */
    expiresAt: string | null;
};
/** @description A message's id. */
export type MessageId = Id<"MessageId">;
/** @description The public part of a key. */
export type KeyId = Id<"KeyId">;
/**
 * @description PING asks whether somebody is there, PONG says yes. HANDSHAKE introduces the sender. DIRECTIVE asks for something, ACK says understood. QUERY asks, RESULT answers. STATUS tells.
 * @enum {string}
 */
export type MessageKind = "PING" | "PONG" | "HANDSHAKE" | "DIRECTIVE" | "STATUS" | "ACK" | "QUERY" | "RESULT";
/** @description What it says. */
export type MessageText = string;
/** @description A message as one recipient has it. */
export type Message = {
    /**
     * @description A message's id.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
     */
    messageId: MessageId;
    /**
     * @description The program that sent it; null for an admin without a program.
     * @example builder
     */
    sender: string | null;
    /**
     * @description The public part of a key.
     * @example 0196f0c27d5e
     */
    senderKeyId: KeyId;
    /**
     * @description A program's id, or * for all programs of the account.
     * @example reviewer
     */
    to: Target;
    /**
     * @description PING asks whether somebody is there, PONG says yes. HANDSHAKE introduces the sender. DIRECTIVE asks for something, ACK says understood. QUERY asks, RESULT answers. STATUS tells.
     * @example QUERY
     */
    kind: MessageKind;
    /**
     * @description What it says.
     * @example Is PR #45 ready to merge?
     */
    text: MessageText;
    /** @description The message that this one answers. */
    replyTo: string | null;
    /**
     * Format: date-time
     * @description When it was sent.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description When it leaves every inbox.
     */
    expiresAt: string | null;
    /**
     * @description A program's id, unique in its account. Case matters.
     * @example reviewer
     */
    recipient: ProgramId;
    /**
     * Format: date-time
     * @description When its text first reached an agent of the recipient.
     * @example 2026-02-24T10:01:00.000Z
     */
    deliveredAt: string | null;
    /**
     * Format: date-time
     * @description When the recipient marked it as dealt with.
     * @example 2026-02-24T10:05:00.000Z
     */
    acknowledgedAt: string | null;
    /**
     * Format: date-time
     * @description When the recipient first sent a message with `replyTo` this one.
     */
    answeredAt: string | null;
};
/** @description Something that did not fit. */
export type LeftOut = {
    /** @description What is missing or cut short. */
    part: string;
    /**
     * Format: int64
     * @description How many items or characters.
     */
    count: number;
    /** @description How to get it. */
    how: string;
};
/** @description A session, and what its program needs to go on. */
export type Boot = {
    /** @description A session after a write, and what its program should know. */
    session: SessionReport;
    /** @description The program's previous run; null at its first. */
    previousSession: PreviousSession;
    /** @description What the program remembers, cut to size. */
    state: Memory;
    /** @description The tasks that this session has claimed (from the session before it), then those that wait, the most urgent first. */
    tasks: TaskSummary[];
    /** @description Unread messages, the oldest first. They stay unread until they are acknowledged. */
    messages: Message[];
    /** @description What did not fit into maxTokens. */
    leftOut: LeftOut[];
    /**
     * Format: int64
     * @description The size of this answer, at 3 bytes a token.
     * @example 560
     */
    tokens: number;
};
/**
 * @description Whether it still holds.
 * @enum {string}
 */
export type PatternStatus = "active" | "superseded" | "refuted";
/** @description Something that the program learned. */
export type LearnedPattern = {
    /**
     * @description Unique in the program.
     * @example p-1
     */
    id: PatternId;
    /**
     * @description What the pattern is about.
     * @example auth
     */
    domain: Domain;
    /**
     * @description What was learned.
     * @example Always validate JWT expiry before role check
     */
    pattern: PatternText;
    /**
     * @description How sure the program is.
     * @example 0.95
     */
    confidence: Confidence;
    /** @description What supports it. */
    evidence: string | null;
    /**
     * @description Whether it still holds.
     * @example active
     */
    status: PatternStatus;
    /** @description The pattern that a superseded one gave way to. */
    supersededBy: string | null;
    /**
     * @description A promoted pattern never grows stale.
     * @example true
     */
    promoted: boolean;
    /**
     * Format: int64
     * @description How often it was seen again.
     * @example 1
     */
    reinforcements: number;
    /**
     * Format: date-time
     * @description When it was first written.
     * @example 2026-02-20T09:00:00.000Z
     */
    discoveredAt: string;
    /**
     * Format: date-time
     * @description When it was last written again.
     * @example 2026-02-24T10:30:00.000Z
     */
    lastReinforcedAt: string;
    /**
     * @description Not reinforced for too long or crowded out by stronger ones.
     * @example false
     */
    stale: boolean;
};
/** @description How fast memories age. */
export type Decay = {
    /**
     * Format: int32
     * @description Days after which the context summary reads expired.
     */
    contextSummaryTTLDays: number;
    /**
     * Format: int32
     * @description Days without reinforcement after which a pattern reads stale.
     */
    learnedPatternMaxAge: number;
    /**
     * Format: int32
     * @description Beyond this number the weakest patterns read stale.
     */
    maxUnpromotedPatterns: number;
};
/** @description What a program remembers. */
export type ProgramState = {
    /**
     * @description A program's id, unique in its account. Case matters.
     * @example builder
     */
    programId: ProgramId;
    /**
     * @description False until something was written.
     * @example true
     */
    exists: boolean;
    /**
     * @description Grows by one with every write.
     * @example 4
     */
    version: Version;
    /**
     * @description The session that last named itself in a write.
     * @example builder-session-3
     */
    sessionId: string | null;
    /** @description Where the work stands. */
    contextSummary: ContextSummary;
    /**
     * @description The summary is older than its TTL. It is still there, but may be out of date.
     * @example false
     */
    contextSummaryExpired: boolean;
    /** @description The page's entries. */
    learnedPatterns: LearnedPattern[];
    /** @description How the program likes to work. */
    config: Config;
    /** @description What is usual for the program. */
    baselines: Baselines;
    /** @description How fast memories age. */
    decay: Decay;
    /**
     * Format: date-time
     * @description When it was last written.
     * @example 2026-02-24T10:30:00.000Z
     */
    updatedAt: string | null;
};
/** @description Where the work stands. */
export type ContextSummaryUpdate = {
    /** @description The last task. */
    lastTask?: string | null;
    /** @description What is under way. */
    activeWorkItems?: string[] | null;
    /** @description What the next session must know. */
    handoffNotes?: string | null;
    /** @description What is undecided. */
    openQuestions?: string[] | null;
};
export type PatternUpdate = {
    /** @description Unique in the program. */
    id: PatternId;
    /** @description What the pattern is about. */
    domain?: Domain;
    /** @description What was learned. */
    pattern?: PatternText;
    /** @description How sure the program is; 0.5 for a new pattern. */
    confidence?: number;
    /** @description What supports it. */
    evidence?: string | null;
};
/** @description How the program likes to work. */
export type ConfigUpdate = {
    /** @description Preferred output format. */
    preferredOutputFormat?: string | null;
    /** @description Preferences by tool. */
    toolPreferences?: {
        [key: string]: unknown;
    } | null;
    /** @description Oddities to remember. */
    knownQuirks?: string[] | null;
    /** @description Anything else. */
    customSettings?: {
        [key: string]: unknown;
    } | null;
};
/** @description What is usual for the program. */
export type BaselinesUpdate = {
    /** @description Average duration of a task. */
    avgTaskDurationMinutes?: number | null;
    /** @description What often goes wrong. */
    commonFailureModes?: string[] | null;
    /**
     * Format: int64
     * @description How many sessions were completed.
     */
    sessionsCompleted?: number | null;
    /** @description Duration of the last session. */
    lastSessionDurationMinutes?: number | null;
};
/** @description How fast memories age. */
export type DecayUpdate = {
    /**
     * Format: int32
     * @description Days until the summary reads expired; 7 by default.
     */
    contextSummaryTTLDays?: number | null;
    /**
     * Format: int32
     * @description Days without reinforcement until a pattern reads stale; 30 by default.
     */
    learnedPatternMaxAge?: number | null;
    /**
     * Format: int32
     * @description How many unpromoted patterns read fresh; 50 by default.
     */
    maxUnpromotedPatterns?: number | null;
};
export type ProgramStateUpdate = {
    /** @description May be repeated here; the one in the path counts and must be the same. */
    programId?: ProgramId;
    /**
     * @description The session that writes.
     * @example builder-session-4
     */
    sessionId?: SessionId;
    /** @description Where the work stands. */
    contextSummary?: ContextSummaryUpdate;
    /** @description Merged by id. A new pattern needs domain and pattern. */
    learnedPatterns?: PatternUpdate[];
    /** @description How the program likes to work. */
    config?: ConfigUpdate;
    /** @description What is usual for the program. */
    baselines?: BaselinesUpdate;
    /** @description How fast memories age. */
    decay?: DecayUpdate;
};
/** @description What a write has stored. Patterns are counted and not repeated; a write of one costs the same at ten and at a thousand. */
export type WrittenState = {
    /**
     * @description A program's id, unique in its account. Case matters.
     * @example builder
     */
    programId: ProgramId;
    /**
     * @description True after a write.
     * @example true
     */
    exists: boolean;
    /**
     * @description Grows by one with every write.
     * @example 5
     */
    version: Version;
    /**
     * @description The session that last named itself in a write.
     * @example builder-session-4
     */
    sessionId: string | null;
    /** @description Where the work stands. */
    contextSummary: ContextSummary;
    /**
     * @description The summary is older than its TTL.
     * @example false
     */
    contextSummaryExpired: boolean;
    /** @description How the program likes to work. */
    config: Config;
    /** @description What is usual for the program. */
    baselines: Baselines;
    /** @description How fast memories age. */
    decay: Decay;
    /**
     * Format: date-time
     * @description When it was last written.
     * @example 2026-02-24T10:30:00.000Z
     */
    updatedAt: string | null;
    /**
     * Format: int32
     * @description How many patterns of this write were new.
     * @example 0
     */
    patternsAdded: number;
    /**
     * Format: int32
     * @description How many were known already.
     * @example 0
     */
    patternsReinforced: number;
    /**
     * Format: int32
     * @description How many are stored now.
     * @example 1
     */
    patternsStored: number;
};
/** @description A page of tasks. */
export type TaskPage = {
    /** @description The page's entries. */
    tasks: TaskSummary[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
export type TaskCreate = {
    /**
     * @description What is to be done.
     * @example Review PR #45
     */
    title: TaskTitle;
    /**
     * @description A program's id, or * for all programs of the account.
     * @example reviewer
     */
    target: Target;
    /**
     * @description All that whoever takes it must know.
     * @example Look at the validation of phone numbers first.
     */
    instructions?: string;
    /**
     * Format: int32
     * @description 5 is the most urgent.
     * @default 3
     * @example 4
     */
    priority?: number;
    /**
     * Format: int32
     * @description After this time unclaimed it can no longer be claimed. Omitted: it never expires.
     * @example 86400
     */
    ttlSeconds?: number;
    /** @description Your session. When it is given, nothing is created once another session has taken over from it: 409 session-superseded. A program may be required to give it. */
    sessionId?: SessionId;
};
/** @description A task. */
export type Task = {
    /**
     * @description A task's id.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
     */
    taskId: TaskId;
    /**
     * @description What is to be done.
     * @example Review PR #45
     */
    title: TaskTitle;
    /**
     * @description A program's id, or * for all programs of the account.
     * @example reviewer
     */
    target: Target;
    /**
     * @description 5 is the most urgent.
     * @example 4
     */
    priority: Priority;
    /**
     * @description A task whose claimant is no longer alive reads created.
     * @example created
     * @enum {string}
     */
    state: "created" | "claimed" | "completed";
    /**
     * @description How it ended.
     * @enum {string|null}
     */
    outcome: "succeeded" | "failed" | "cancelled" | null;
    /**
     * @description It was not claimed in its time and can no longer be.
     * @example false
     */
    expired: boolean;
    /** @description The program that has it. */
    claimedBy: string | null;
    /** @description The session that has it. */
    claimedSession: string | null;
    /**
     * @description The program that made it; null for an admin without a program.
     * @example builder
     */
    createdBy: string | null;
    /**
     * Format: date-time
     * @description When it was made.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description When it was claimed.
     */
    claimedAt: string | null;
    /**
     * Format: date-time
     * @description When it was completed.
     */
    completedAt: string | null;
    /**
     * Format: date-time
     * @description When it expires unless it is claimed.
     * @example 2026-02-25T10:00:00.000Z
     */
    expiresAt: string | null;
    /**
     * @description All that whoever takes it must know.
     * @example Look at the validation of phone numbers first.
     */
    instructions: string;
    /** @description What came of it. */
    result: string | null;
};
export type TaskClaim = {
    /**
     * @description Your session; `current` is the program's most recently updated live one.
     * @default current
     * @example current
     */
    sessionId?: SessionId;
};
/** @description Your session. When given, only its own claim counts, and none once another session has taken over. */
export type OwnSession = SessionId;
export type TaskRelease = {
    /**
     * @description Your session. When given, only its own claim counts, and none once another session has taken over.
     * @example reviewer-session-1
     */
    sessionId?: OwnSession;
};
/**
 * @description How it ended.
 * @enum {string}
 */
export type Outcome = "succeeded" | "failed" | "cancelled";
export type TaskCompletion = {
    /**
     * @description How it ended.
     * @example succeeded
     */
    outcome: Outcome;
    /**
     * @description What came of it.
     * @example Approved with two comments.
     */
    result?: string;
    /** @description Your session. When given, only its own claim counts, and none once another session has taken over. */
    sessionId?: OwnSession;
};
/** @description A page of an inbox. */
export type MessagePage = {
    /** @description The page's entries. */
    messages: Message[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
export type MessageSend = {
    /**
     * @description A program's id, or * for all programs of the account.
     * @example reviewer
     */
    to: Target;
    /**
     * @description PING asks whether somebody is there, PONG says yes. HANDSHAKE introduces the sender. DIRECTIVE asks for something, ACK says understood. QUERY asks, RESULT answers. STATUS tells.
     * @example QUERY
     */
    kind: MessageKind;
    /**
     * @description What it says.
     * @example Is PR #45 ready to merge?
     */
    text: MessageText;
    /** @description The message that this one answers. */
    replyTo?: MessageId;
    /**
     * Format: int32
     * @description After this time it leaves every inbox. Omitted: it never expires.
     */
    ttlSeconds?: number;
    /** @description Your session. When it is given, nothing is sent once another session has taken over from it: 409 session-superseded. A program may be required to give it. */
    sessionId?: SessionId;
};
/** @description A message as its sender has it. */
export type SentMessage = {
    /**
     * @description A message's id.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
     */
    messageId: MessageId;
    /**
     * @description The program that sent it; null for an admin without a program.
     * @example builder
     */
    sender: string | null;
    /**
     * @description The public part of a key.
     * @example 0196f0c27d5e
     */
    senderKeyId: KeyId;
    /**
     * @description A program's id, or * for all programs of the account.
     * @example reviewer
     */
    to: Target;
    /**
     * @description PING asks whether somebody is there, PONG says yes. HANDSHAKE introduces the sender. DIRECTIVE asks for something, ACK says understood. QUERY asks, RESULT answers. STATUS tells.
     * @example QUERY
     */
    kind: MessageKind;
    /**
     * @description What it says.
     * @example Is PR #45 ready to merge?
     */
    text: MessageText;
    /** @description The message that this one answers. */
    replyTo: string | null;
    /**
     * Format: date-time
     * @description When it was sent.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description When it leaves every inbox.
     */
    expiresAt: string | null;
    /**
     * Format: int64
     * @description How many inboxes it went to.
     * @example 1
     */
    recipients: number;
    /**
     * Format: int64
     * @description How many recipients' agents have got its text.
     * @example 0
     */
    delivered: number;
    /**
     * Format: int64
     * @description How many recipients have marked it as dealt with.
     * @example 0
     */
    acknowledged: number;
    /**
     * Format: int64
     * @description How many recipients have answered it.
     * @example 0
     */
    answered: number;
};
/** @description A page of sent messages. */
export type SentMessagePage = {
    /** @description The page's entries. */
    messages: SentMessage[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
export type DeliveryConfirmation = {
    /** @description The messages that the agent was shown. */
    messageIds: MessageId[];
    /** @description The session that was shown them. When it is given, nothing is delivered once another session has taken over from it: 409 session-superseded. A program may be required to give it. */
    sessionId?: SessionId;
};
/** @description What a confirmation has changed. */
export type ConfirmedDelivery = {
    /** @description The messages that were not delivered before. */
    messageIds: MessageId[];
};
/** @description What one write has changed. */
export type StateVersion = {
    /** @description Grows by one with every write. */
    version: Version;
    /**
     * Format: date-time
     * @description When it was written.
     */
    at: string;
    /**
     * @description Which kind of write it was.
     * @enum {string}
     */
    cause: "write" | "reinforce" | "promote" | "status" | "remove" | "restore" | "import";
    /**
     * Format: int64
     * @description The version that it restored.
     */
    restoredVersion: number | null;
    /** @description The session that the write named. */
    sessionId: string | null;
    /** @description The public part of a key. */
    keyId: KeyId;
    /** @description The sections that it changed. */
    sections: ("contextSummary" | "config" | "baselines" | "decay")[];
    /**
     * Format: int32
     * @description How many patterns it added.
     */
    patternsAdded: number;
    /**
     * Format: int32
     * @description How many it changed.
     */
    patternsChanged: number;
    /**
     * Format: int32
     * @description How many it removed.
     */
    patternsRemoved: number;
};
/** @description A page of versions. */
export type StateVersionPage = {
    /** @description The page's entries. */
    versions: StateVersion[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
/** @description One field that differs. */
export type FieldChange = {
    /** @description The field, as a JSON pointer (RFC 6901) into the state. */
    pointer: string;
    /** @description Its value in the one version; null where it was not set. */
    before: unknown;
    /** @description Its value in the other; null where it is not set. */
    after: unknown;
};
/** @description What differs between two versions. */
export type StateDifference = {
    /**
     * @description Grows by one with every write.
     * @example 3
     */
    from: Version;
    /**
     * @description Grows by one with every write.
     * @example 4
     */
    to: Version;
    /** @description Sorted by pointer. */
    changes: FieldChange[];
    /**
     * Format: int64
     * @description How many changes beyond these there are.
     * @example 0
     */
    leftOut: number;
};
export type Restoration = {
    /**
     * Format: int64
     * @description The version to go back to.
     * @example 3
     */
    version: number;
    /** @description The session that writes. */
    sessionId?: SessionId;
};
/** @description A learned pattern as it is stored. */
export type StoredPattern = {
    /**
     * @description Unique in the program.
     * @example p-1
     */
    id: PatternId;
    /**
     * @description What the pattern is about.
     * @example auth
     */
    domain: Domain;
    /**
     * @description What was learned.
     * @example Always validate JWT expiry before role check
     */
    pattern: PatternText;
    /**
     * @description How sure the program is.
     * @example 0.95
     */
    confidence: Confidence;
    /** @description What supports it. */
    evidence: string | null;
    /**
     * @description Whether it still holds.
     * @example active
     */
    status: PatternStatus;
    /** @description The pattern that a superseded one gave way to. */
    supersededBy: string | null;
    /**
     * @description A promoted pattern never grows stale.
     * @example true
     */
    promoted: boolean;
    /**
     * Format: int64
     * @description How often it was seen again.
     * @example 1
     */
    reinforcements: number;
    /**
     * Format: date-time
     * @description When it was first written.
     * @example 2026-02-20T09:00:00.000Z
     */
    discoveredAt: string;
    /**
     * Format: date-time
     * @description When it was last written again.
     * @example 2026-02-24T10:30:00.000Z
     */
    lastReinforcedAt: string;
};
/** @description A program's whole state. Sections hold the fields that were set; patterns are sorted by id. */
export type StateDocument = {
    /**
     * @description What the document is.
     * @example fleetbeat-state
     * @enum {string}
     */
    format: "fleetbeat-state";
    /**
     * Format: int32
     * @description The version of its form.
     * @example 1
     * @enum {integer}
     */
    formatVersion: 1;
    /**
     * @description A program's id, unique in its account. Case matters.
     * @example builder
     */
    programId: ProgramId;
    /**
     * @description The session that last named itself in a write.
     * @example builder-session-3
     */
    sessionId: string | null;
    /** @description Where the work stands. */
    contextSummary: ContextSummaryUpdate;
    /**
     * Format: date-time
     * @description When the summary was last written.
     * @example 2026-02-24T10:30:00.000Z
     */
    contextSummaryAt: string | null;
    /** @description How the program likes to work. */
    config: ConfigUpdate;
    /** @description What is usual for the program. */
    baselines: BaselinesUpdate;
    /** @description How fast memories age. */
    decay: DecayUpdate;
    /**
     * Format: date-time
     * @description When the state was last written.
     * @example 2026-02-24T10:30:00.000Z
     */
    updatedAt: string | null;
    /** @description Everything that was learned. */
    learnedPatterns: StoredPattern[];
};
export type StateImport = {
    /**
     * @description What to do with what is stored already.
     * @default merge
     * @example overwrite
     * @enum {string}
     */
    mode?: "merge" | "skip" | "overwrite";
    /** @description A program's whole state. Sections hold the fields that were set; patterns are sorted by id. */
    document: StateDocument;
    /** @description The session that writes. */
    sessionId?: SessionId;
};
/** @description A page of patterns. */
export type PatternPage = {
    /** @description The page's entries. */
    patterns: LearnedPattern[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
export type Reinforcement = {
    /**
     * @description How sure the program is now; unchanged when omitted.
     * @example 0.95
     */
    confidence?: number;
    /**
     * @description The session that writes.
     * @example builder-session-4
     */
    sessionId?: SessionId;
};
/** @description A pattern as a write has left it. */
export type WrittenPattern = {
    /**
     * @description A program's id, unique in its account. Case matters.
     * @example builder
     */
    programId: ProgramId;
    /**
     * @description Grows by one with every write.
     * @example 6
     */
    version: Version;
    /** @description A learned pattern as it is stored. */
    pattern: StoredPattern;
};
export type Promotion = {
    /**
     * @description False takes the promotion back.
     * @default true
     * @example true
     */
    promoted?: boolean;
    /** @description The session that writes. */
    sessionId?: SessionId;
};
export type PatternStatusChange = {
    /**
     * @description Whether it still holds.
     * @example superseded
     */
    status: PatternStatus;
    /**
     * @description The pattern that it gave way to; needed with superseded, and only there.
     * @example p-2
     */
    supersededBy?: PatternId;
    /** @description The session that writes. */
    sessionId?: SessionId;
};
/** @description A question's id. */
export type QuestionId = Id<"QuestionId">;
/**
 * @description permission: may this tool run? question: anything else.
 * @enum {string}
 */
export type QuestionKind = "permission" | "question";
/** @description The question in one line; it is the session's status meanwhile. */
export type QuestionTitle = string;
/** @description Something the person needs to decide, verbatim. */
export type QuestionDetail = {
    /** @description What it is, for example Command. */
    label: string;
    /** @description The text itself, for example the command with its line breaks. */
    value: string;
};
/** @description One possible answer. */
export type QuestionOption = string;
/** @description A question and what became of it. */
export type Question = {
    /**
     * @description A question's id.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
     */
    questionId: QuestionId;
    /**
     * @description A session's id, unique in its account. Case matters.
     * @example builder-session-1
     */
    sessionId: SessionId;
    /**
     * @description The program that asks; null for a session without one.
     * @example builder
     */
    programId: string | null;
    /**
     * @description permission: may this tool run? question: anything else.
     * @example permission
     */
    kind: QuestionKind;
    /**
     * @description The question in one line; it is the session's status meanwhile.
     * @example May Bash run this command?
     */
    title: QuestionTitle;
    /** @description What the person needs to decide, verbatim. */
    details: QuestionDetail[];
    /** @description Answers to choose from. */
    options: QuestionOption[];
    /**
     * @description Whether the answer may be in the person's own words.
     * @example true
     */
    freeText: boolean;
    /**
     * @description withdrawn: answered elsewhere, or its session has ended. Only answered carries an answer.
     * @example open
     * @enum {string}
     */
    state: "open" | "answered" | "withdrawn" | "expired";
    /** @description The answer; null unless the state is answered. */
    answer: {
        /** @description The option that was chosen. */
        option: string | null;
        /** @description The person's own words. */
        text: string | null;
    } | null;
    /** @description Who answered: the label of the key, or its id. */
    answeredBy: string | null;
    /**
     * Format: date-time
     * @description When it was asked.
     * @example 2026-02-24T10:30:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description When it expires unless it is answered.
     * @example 2026-02-25T10:30:00.000Z
     */
    expiresAt: string;
    /**
     * Format: date-time
     * @description When it was answered, withdrawn or expired.
     */
    closedAt: string | null;
};
/** @description A page of questions. */
export type QuestionPage = {
    /** @description The page's entries. */
    questions: Question[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
export type QuestionAsk = {
    /**
     * @description The session that asks; `current` is the program's most recently updated live one.
     * @default current
     * @example builder-session-1
     */
    sessionId?: SessionId;
    /**
     * @description permission: may this tool run? question: anything else.
     * @default question
     * @example permission
     * @enum {string}
     */
    kind?: "permission" | "question";
    /**
     * @description The question in one line; it is the session's status meanwhile.
     * @example May Bash run this command?
     */
    title: QuestionTitle;
    /** @description What the person needs to decide, verbatim. */
    details?: QuestionDetail[];
    /** @description Answers to choose from. Omitted: allow and deny for a permission, none for a question. */
    options?: QuestionOption[];
    /**
     * @description Whether the answer may be in the person's own words.
     * @default true
     */
    freeText?: boolean;
    /**
     * Format: int32
     * @description After this time unanswered it expires.
     * @default 86400
     */
    ttlSeconds?: number;
};
/** @description The answer in the person's own words. */
export type AnswerText = string;
export type QuestionAnswer = {
    /**
     * @description One possible answer.
     * @example deny
     */
    option?: QuestionOption;
    /**
     * @description The answer in the person's own words.
     * @example Not from this branch.
     */
    text?: AnswerText;
};
/**
 * @description What happened.
 * @enum {string}
 */
export type EventType = "session.created" | "session.updated" | "session.blocked" | "session.handoff" | "session.idle" | "session.completed" | "session.stale" | "session.stuck" | "session.archived" | "session.succeeded" | "state.written" | "task.created" | "task.claimed" | "task.released" | "task.completed" | "message.sent" | "message.delivered" | "message.acknowledged" | "message.answered" | "question.asked" | "question.answered" | "question.withdrawn" | "question.expired" | "turn-limit" | "mass-silence" | "program.updated" | "program.removed" | "key.created" | "key.rotated" | "key.revoked" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "webhook.disabled";
/**
 * Format: int64
 * @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted.
 */
export type Sequence = number;
/** @description The session as it was then. What a reader derives from the time (stale, stuck) is not in it. */
export type SessionNews = {
    /** @description Its display name. */
    name: string;
    /** @description What it does. */
    status: string | null;
    /**
     * @description As it was declared.
     * @enum {string}
     */
    state: "working" | "blocked" | "complete" | "pinned";
    /** @description It waits for its person. */
    idle?: boolean;
    /** @description In percent. */
    progress: number | null;
    /** @description The project. */
    projectName: string | null;
    /** @description Used part of the context window, as far as it is known. */
    contextUsedPercent?: number | null;
    /**
     * Format: int64
     * @description Used bytes of the context window.
     */
    contextBytes: number | null;
    /**
     * Format: int64
     * @description The size of the context window.
     */
    contextLimitBytes: number | null;
    /** @description It asks for a successor. */
    handoffRequired: boolean;
    /** @description It is put away. */
    archived: boolean;
    /**
     * @description Why it is put away.
     * @enum {string|null}
     */
    archiveReason: "silent" | "idle" | "complete" | null;
    /** @description The session that took over. */
    successor: string | null;
    /**
     * Format: date-time
     * @description The last write of its own.
     */
    updatedAt: string;
    /**
     * Format: date-time
     * @description The last heartbeat.
     */
    lastHeartbeat: string;
    /**
     * Format: date-time
     * @description When state, status, idle, progress or context use last changed.
     */
    lastProgressAt: string;
};
/**
 * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
 *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
 *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
 */
export type SessionEvent = {
    /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
    sequence: Sequence;
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "session.created" | "session.updated" | "session.blocked" | "session.handoff" | "session.idle" | "session.completed" | "session.stale" | "session.stuck" | "session.archived" | "session.succeeded";
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /** @description The program that runs it. */
    programId: string | null;
    /** @description A session's id, unique in its account. Case matters. */
    sessionId: SessionId;
    /** @description The session as it was then. What a reader derives from the time (stale, stuck) is not in it. */
    data: SessionNews;
};
/** @description An agent went on by itself, because messages came at the end of its turns, as often as it may without a person. It is blocked until a person writes to it. */
export type TurnLimitEvent = {
    /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
    sequence: Sequence;
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "turn-limit";
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /** @description The program that was stopped. */
    programId: string | null;
    /** @description A session's id, unique in its account. Case matters. */
    sessionId: SessionId;
    data: TurnLimit;
};
/** @description A program's state was written. */
export type StateEvent = {
    /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
    sequence: Sequence;
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "state.written";
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /** @description A program's id, unique in its account. Case matters. */
    programId: ProgramId;
    /** @description The session that wrote. */
    sessionId: string | null;
    /** @description Which version it now has. */
    data: {
        /**
         * Format: int64
         * @description The version that the write has made.
         */
        version: number;
        /**
         * @description Which kind of write it was.
         * @enum {string}
         */
        cause: "write" | "reinforce" | "promote" | "status" | "remove" | "restore" | "import";
    };
};
/** @description A task was created, claimed, given back or completed. */
export type TaskEvent = {
    /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
    sequence: Sequence;
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "task.created" | "task.claimed" | "task.released" | "task.completed";
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /** @description The program that has it, else the one that it is meant for; null for a task for all. */
    programId: string | null;
    /** @description The session that has it. */
    sessionId: string | null;
    /** @description The task as it was then. */
    data: {
        /** @description A task's id. */
        taskId: TaskId;
        /** @description What is to be done. */
        title: TaskTitle;
        /** @description A program's id, or * for all programs of the account. */
        target: Target;
        /** @description 5 is the most urgent. */
        priority: Priority;
        /** @description The program that made it; null for an admin without a program. */
        createdBy: string | null;
        /** @description How it ended. */
        outcome?: Outcome;
    };
};
/** @description A message was sent, or one of its recipients has got its text, acknowledged or answered it. */
export type MessageEvent = {
    /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
    sequence: Sequence;
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "message.sent" | "message.delivered" | "message.acknowledged" | "message.answered";
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /** @description The program that has sent it, or the recipient that it has reached, or that has acknowledged or answered it; null for an admin without a program. */
    programId: string | null;
    /** @description It concerns no session. */
    sessionId: null;
    /** @description The message without its text. */
    data: {
        /** @description A message's id. */
        messageId: MessageId;
        /** @description The program that sent it; null for an admin without a program. */
        sender: string | null;
        /** @description A program's id, or * for all programs of the account. */
        to: Target;
        /** @description PING asks whether somebody is there, PONG says yes. HANDSHAKE introduces the sender. DIRECTIVE asks for something, ACK says understood. QUERY asks, RESULT answers. STATUS tells. */
        kind: MessageKind;
        /** @description The message that this one answers. */
        replyTo: string | null;
        /**
         * Format: int64
         * @description How many inboxes it went to; told when it is sent.
         */
        recipients?: number;
    };
};
/** @description A question was asked, answered, withdrawn or has expired. The command and the answer's own words are not in it. */
export type QuestionEvent = {
    /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
    sequence: Sequence;
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "question.asked" | "question.answered" | "question.withdrawn" | "question.expired";
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /** @description The program that asks. */
    programId: string | null;
    /** @description A session's id, unique in its account. Case matters. */
    sessionId: SessionId;
    /** @description The question as it was then. */
    data: {
        /** @description A question's id. */
        questionId: QuestionId;
        /** @description permission: may this tool run? question: anything else. */
        kind: QuestionKind;
        /** @description The question in one line; it is the session's status meanwhile. */
        title: QuestionTitle;
        /** @description The option that was chosen; told when it is answered. */
        option?: string | null;
        /** @description Who answered; told when it is answered. */
        answeredBy?: string | null;
    };
};
/** @description So many sessions fell silent together that none of them is archived for a while. Told to auditors and admins. */
export type MassSilenceEvent = {
    /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
    sequence: Sequence;
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "mass-silence";
    /**
     * Format: date-time
     * @description When it was noticed.
     */
    at: string;
    /** @description It concerns no program alone. */
    programId: null;
    /** @description It concerns no session. */
    sessionId: null;
    /** @description The silence. */
    data: {
        /**
         * Format: date-time
         * @description The last sign of life of the first that fell silent.
         */
        since: string;
        /**
         * Format: date-time
         * @description The last sign of life of the last that fell silent.
         */
        until: string;
        /**
         * Format: int64
         * @description How many fell silent.
         */
        sessions: number;
        /**
         * Format: date-time
         * @description Until when they are not archived.
         */
        sparedUntil: string;
    };
};
/** @description A program was paused, may go on, has another display name, or must name its sessions from now on or no more. */
export type ProgramEvent = {
    /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
    sequence: Sequence;
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "program.updated";
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /** @description A program's id, unique in its account. Case matters. */
    programId: ProgramId;
    /** @description It concerns no session. */
    sessionId: null;
    /** @description The program as it is then. */
    data: {
        /** @description Name for people. */
        displayName: string;
        /** @description It is asked to pause. */
        paused: boolean;
        /** @description Its writes must name their session. */
        sessionRequired: boolean;
    };
};
/** @description A program was removed. Its earlier events are deleted. */
export type ProgramRemovedEvent = {
    /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
    sequence: Sequence;
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "program.removed";
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /** @description A program's id, unique in its account. Case matters. */
    programId: ProgramId;
    /** @description A removal is of no session. */
    sessionId: null;
    /** @description The program as it was then. */
    data: {
        /** @description Name for people. */
        displayName: string;
    };
};
/**
 * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
 *     operator is an admin who also manages accounts.
 * @enum {string}
 */
export type Role = "program" | "auditor" | "admin" | "operator";
/** @description A key was made, rotated or revoked. Told to auditors and admins, and never with its secret. */
export type KeyEvent = {
    /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
    sequence: Sequence;
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "key.created" | "key.rotated" | "key.revoked";
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /** @description The program of the key; null for none. */
    programId: string | null;
    /** @description It concerns no session. */
    sessionId: null;
    /** @description Which one. */
    data: {
        /** @description The public part of a key. */
        keyId: KeyId;
        /**
         * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
         *     operator is an admin who also manages accounts.
         */
        role: Role;
        /** @description The key that takes its place; told when it is rotated. */
        rotatedTo?: KeyId;
    };
};
/** @description A webhook's id. */
export type WebhookId = Id<"WebhookId">;
/**
 * @description A webhook was made, changed or removed by an admin, or was disabled by the server. Told to auditors and admins, and never with its URL or its secret: a URL
 *     may carry a credential.
 */
export type WebhookEvent = {
    /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
    sequence: Sequence;
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "webhook.created" | "webhook.updated" | "webhook.deleted" | "webhook.disabled";
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /** @description The program whose events it is told; null for all. */
    programId: string | null;
    /** @description It concerns no session. */
    sessionId: null;
    /** @description Which one, and why. */
    data: {
        /** @description A webhook's id. */
        webhookId: WebhookId;
        /**
         * @description Why the server has disabled it: after days of failures, because the endpoint answered 410, or because its key was revoked. Told when it is disabled.
         * @enum {string|null}
         */
        reason?: "failing" | "gone" | "key-revoked" | null;
    };
};
/** @description Something that happened. */
export type FleetEvent = SessionEvent | TurnLimitEvent | StateEvent | TaskEvent | MessageEvent | QuestionEvent | MassSilenceEvent | ProgramEvent | ProgramRemovedEvent | KeyEvent | WebhookEvent;
/** @description Where the stream stands. */
export type StreamPosition = {
    /** @description Every event up to this one was sent, or is none that this stream shows. */
    sequence: Sequence;
};
/** @description One session's signs of life. */
export type SessionPulse = {
    /** @description A session's id, unique in its account. Case matters. */
    sessionId: SessionId;
    /** @description The program that runs it. */
    programId: string | null;
    /**
     * Format: date-time
     * @description The last heartbeat.
     */
    lastHeartbeat: string;
    /**
     * Format: date-time
     * @description The last write of the session's own.
     */
    updatedAt: string;
};
/** @description Sessions that have given a sign of life. */
export type Pulse = {
    /** @description One entry for each session. */
    pulses: SessionPulse[];
};
/** @description The data of one frame. */
export type StreamItem = FleetEvent | StreamPosition | Pulse;
/** @description A key without its secret. */
export type Key = {
    /**
     * @description The public part of a key.
     * @example 0196f0c27d5e
     */
    keyId: KeyId;
    /**
     * @description The program that the key acts as.
     * @example builder
     */
    programId: string | null;
    /**
     * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
     *     operator is an admin who also manages accounts.
     * @example program
     */
    role: Role;
    /**
     * @description What the key is for.
     * @example Laptop of the build team
     */
    label: string | null;
    /**
     * @description Whether its program may renew it.
     * @example true
     */
    renewable: boolean;
    /**
     * @description The key of the account that made it, or rotated another into it. Null when the server or an operator of another account did.
     * @example 0196f0c20001
     */
    createdBy: string | null;
    /**
     * Format: date-time
     * @description When it was made.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description Null means never.
     * @example 2026-05-25T10:00:00.000Z
     */
    expiresAt: string | null;
    /**
     * Format: date-time
     * @description From when it is refused. Null when nobody revoked it. A renewed key is not revoked.
     */
    revokedAt: string | null;
    /** @description The key that it was rotated into. */
    rotatedTo: string | null;
    /**
     * @description A key that was made as such, or the token of a client that a person let in by OAuth. Revoking a token ends what the client was given.
     * @example key
     * @enum {string}
     */
    kind: "key" | "oauth";
    /** @description The client that holds the token. Null for a key. */
    client: string | null;
    /**
     * Format: date-time
     * @description When it was last used, to the minute. Null when it never was.
     * @example 2026-02-24T10:30:00.000Z
     */
    lastUsedAt: string | null;
};
/** @description A page of keys. */
export type KeyPage = {
    /** @description The page's entries. */
    keys: Key[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
/** @description What the key is for. */
export type Label = string;
export type KeyCreate = {
    /**
     * @description The program that the key acts as. Needed for the role program.
     * @example builder
     */
    programId?: ProgramId;
    /**
     * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
     *     operator is an admin who also manages accounts.
     * @default program
     * @example program
     */
    role?: Role;
    /**
     * @description What the key is for.
     * @example Laptop of the build team
     */
    label?: Label;
    /**
     * Format: int32
     * @description Days until the key expires, but no longer than the key that makes it; 0 means as long as that.
     * @default 90
     * @example 90
     */
    ttlDays?: number;
    /**
     * @description Whether the program may renew the key. For keys of the role program that expire.
     * @default false
     * @example true
     */
    renewable?: boolean;
};
/** @description A key with its secret. */
export type NewKey = {
    /**
     * @description The public part of a key.
     * @example 0196f0c27d5e
     */
    keyId: KeyId;
    /**
     * @description The whole key.
     * @example fb_0196f0c27d5e_example-only
     */
    key: string;
    /**
     * @description The program that the key acts as.
     * @example builder
     */
    programId: string | null;
    /**
     * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
     *     operator is an admin who also manages accounts.
     * @example program
     */
    role: Role;
    /**
     * @description What the key is for.
     * @example Laptop of the build team
     */
    label: string | null;
    /**
     * @description Whether its program may renew it.
     * @example true
     */
    renewable: boolean;
    /**
     * @description The key of the account that made it, or rotated another into it. Null when the server or an operator of another account did.
     * @example 0196f0c20001
     */
    createdBy: string | null;
    /**
     * Format: date-time
     * @description When it was made.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description Null means never.
     * @example 2026-05-25T10:00:00.000Z
     */
    expiresAt: string | null;
};
/** @description Who the key in use is. */
export type Me = {
    /**
     * @description The account.
     * @example main
     */
    accountId: string;
    /**
     * @description Its display name.
     * @example main
     */
    accountName: string;
    /**
     * @description Concurrent sessions: free 1, pro 5, team 10, unlimited without a limit.
     * @example unlimited
     */
    tier: Tier;
    /**
     * @description The public part of a key.
     * @example 0196f0c27d5e
     */
    keyId: KeyId;
    /**
     * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
     *     operator is an admin who also manages accounts.
     * @example program
     */
    role: Role;
    /**
     * @description The program that the key acts as.
     * @example builder
     */
    programId: string | null;
    /** @description What the key is for. */
    label: string | null;
    /**
     * @description Whether its program may renew it.
     * @example false
     */
    renewable: boolean;
    /**
     * Format: date-time
     * @description Null means never.
     */
    expiresAt: string | null;
    /** @description For a request with a cookie: what to send as X-CSRF-Token. Null for a key. */
    csrfToken: string | null;
};
export type SignIn = {
    /**
     * @description A whole key.
     * @example fb_0196f0c27d5e_example-only
     */
    key: string;
};
/** @description A new web session. */
export type SignedIn = {
    /**
     * @description To be sent as X-CSRF-Token.
     * @example 9JxU7wW0Jm7vQYkZ0mYb0n3K0h3dQX1l1mXrJ2y8v5A
     */
    csrfToken: string;
    /**
     * Format: date-time
     * @description When the web session ends, however much it is used.
     * @example 2026-03-26T10:00:00.000Z
     */
    expiresAt: string;
    /**
     * Format: int64
     * @description It ends earlier when it is not used for this long.
     * @example 604800
     */
    idleSeconds: number;
    /** @description Who the key in use is. */
    me: Me;
};
export type SignOutEverywhere = {
    /**
     * @description The web sessions of the key in use and of browsers that it invited, or those of every key of the account, for admins.
     * @default key
     * @example key
     * @enum {string}
     */
    scope?: "key" | "account";
};
/** @description What was ended. */
export type SignedOut = {
    /**
     * Format: int64
     * @description How many web sessions were ended.
     * @example 3
     */
    ended: number;
};
/** @description The id of a web session. It opens nothing. */
export type WebSessionId = Id<"WebSessionId">;
/** @description A browser that is signed in. */
export type WebSession = {
    /** @description The id of a web session. It opens nothing. */
    webSessionId: WebSessionId;
    /** @description The public part of a key. */
    keyId: KeyId;
    /**
     * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
     *     operator is an admin who also manages accounts.
     */
    role: Role;
    /** @description The browser and the system that it named when it signed in, for example `Safari on iOS`. Null when it named none. */
    device: string | null;
    /** @description Whether it is the one that sends this request. */
    current: boolean;
    /**
     * Format: date-time
     * @description When it signed in.
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description When it was last used, to the minute.
     */
    lastUsedAt: string;
    /**
     * Format: date-time
     * @description When it ends, however much it is used.
     */
    expiresAt: string;
};
/** @description A page of web sessions. */
export type WebSessionPage = {
    /** @description The page's entries. */
    webSessions: WebSession[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
/** @description The id of an invitation. It opens nothing. */
export type InvitationId = Id<"InvitationId">;
/**
 * @description `open` can be used. `inviter-revoked`: the key that created it is revoked or has expired.
 * @enum {string}
 */
export type InvitationState = "open" | "used" | "withdrawn" | "expired" | "inviter-revoked";
/**
 * @description What it is traded for: a key, or a browser that is signed in.
 * @enum {string}
 */
export type InvitationGrants = "key" | "web-session";
/** @description An invitation without its code. */
export type Invitation = {
    /**
     * @description The id of an invitation. It opens nothing.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6f
     */
    invitationId: InvitationId;
    /**
     * @description `open` can be used. `inviter-revoked`: the key that created it is revoked or has expired.
     * @example used
     */
    state: InvitationState;
    /**
     * @description What it is traded for: a key, or a browser that is signed in.
     * @example key
     */
    grants: InvitationGrants;
    /**
     * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
     *     operator is an admin who also manages accounts.
     * @example program
     */
    role: Role;
    /**
     * @description The program that the key acts as.
     * @example builder
     */
    programId: string | null;
    /** @description What the key is for. */
    label: string | null;
    /**
     * @description The public part of a key.
     * @example 0196f0c20001
     */
    createdBy: KeyId;
    /**
     * Format: date-time
     * @description When it was created.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description From when it is refused.
     * @example 2026-02-24T10:10:00.000Z
     */
    expiresAt: string;
    /**
     * Format: date-time
     * @description When it was used. Null when it was not.
     * @example 2026-02-24T10:01:00.000Z
     */
    usedAt: string | null;
    /**
     * @description The key that it was traded for; that of the web session for a browser.
     * @example 0196f0c27d5e
     */
    keyId: string | null;
    /**
     * Format: int64
     * @description How often the typed code may still be tried; null when there is none. At 0 only the long code works.
     */
    typedTriesLeft: number | null;
};
/** @description A page of invitations. */
export type InvitationPage = {
    /** @description The page's entries. */
    invitations: Invitation[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
export type InvitationCreate = {
    /**
     * @description What it is traded for: a key, or a browser that is signed in.
     * @default key
     */
    grants?: InvitationGrants;
    /**
     * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
     *     operator is an admin who also manages accounts.
     * @default program
     */
    role?: Role;
    /**
     * @description The program that the key acts as. Needed for the role program.
     * @example builder
     */
    programId?: ProgramId;
    /** @description What the key is for. */
    label?: Label;
    /**
     * Format: int32
     * @description Days until the key expires, 90 by default, but no longer than the key in use; 0 means as long as that. A program's key is renewable unless this is given. Not for a web session, which has times of its own.
     */
    ttlDays?: number;
    /**
     * @description Also create a short code that can be typed.
     * @default false
     */
    typedCode?: boolean;
};
/** @description An invitation with its code. */
export type NewInvitation = {
    /**
     * @description The id of an invitation. It opens nothing.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6f
     */
    invitationId: InvitationId;
    /**
     * @description The code. Behind `/#link=` of the server's address it is a link.
     * @example 5v0e6k3m8q2r7t1w4x9yzabcde
     */
    code: string;
    /** @description The short code; null when none was asked for. */
    typedCode: string | null;
    /**
     * @description What it is traded for: a key, or a browser that is signed in.
     * @example key
     */
    grants: InvitationGrants;
    /**
     * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
     *     operator is an admin who also manages accounts.
     * @example program
     */
    role: Role;
    /**
     * @description The program that the key acts as.
     * @example builder
     */
    programId: string | null;
    /** @description What the key is for. */
    label: string | null;
    /**
     * @description The public part of a key.
     * @example 0196f0c20001
     */
    createdBy: KeyId;
    /**
     * Format: date-time
     * @description When it was created.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description From when it is refused.
     * @example 2026-02-24T10:10:00.000Z
     */
    expiresAt: string;
};
/** @description The code, or the typed code. Case, spaces and hyphens do not matter, and neither does O for 0 or I and L for 1. */
export type InvitationCode = string;
export type InvitationRedemption = {
    /**
     * @description The code, or the typed code. Case, spaces and hyphens do not matter, and neither does O for 0 or I and L for 1.
     * @example 5v0e6k3m8q2r7t1w4x9yzabcde
     */
    code: InvitationCode;
    /**
     * @description What it is traded for: a key, or a browser that is signed in.
     * @default key
     */
    grants?: InvitationGrants;
    /** @description Only if the invitation is for this role; otherwise it is 409 and stays open. */
    role?: Role;
};
/** @description One of the two, as the invitation grants. */
export type InvitationRedeemed = {
    /**
     * @description The id of an invitation. It opens nothing.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6f
     */
    invitationId: InvitationId;
    /**
     * @description What it is traded for: a key, or a browser that is signed in.
     * @example key
     */
    grants: InvitationGrants;
    /** @description The key. Keep it safe; it is shown once. */
    key: NewKey | null;
    /** @description The web session. */
    signedIn: SignedIn | null;
};
/** @description A client that waits for a person's consent. */
export type AuthorizationRequest = {
    /**
     * @description Its id: the address of its metadata, or what this server gave it when it registered.
     * @example https://editor.example/oauth/client.json
     */
    clientId: string;
    /**
     * @description The name that it gives itself. Nobody has checked it.
     * @example Editor
     */
    clientName: string | null;
    /**
     * @description The host that publishes its metadata. Null for a client that registered itself.
     * @example editor.example
     */
    clientHost: string | null;
    /**
     * @description Where the answer goes: a host, or the scheme of an app on this device.
     * @example 127.0.0.1
     */
    redirectHost: string;
    /** @description What the client asked for and the person may give, the least rights first. */
    roles: Role[];
    /** @description The program that a program's key must choose. Null when any may be chosen. */
    programId: string | null;
    /**
     * Format: date-time
     * @description When the request ends.
     * @example 2026-02-24T10:10:00.000Z
     */
    expiresAt: string;
};
/** @description As what the client is let in. */
export type Approval = {
    /**
     * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
     *     operator is an admin who also manages accounts.
     * @example program
     */
    role: Role;
    /**
     * @description The program that the client acts as. Needed for the role program.
     * @example builder
     */
    programId?: ProgramId;
};
/** @description Where the browser goes on. */
export type Approved = {
    /**
     * @description A path of this server, good once.
     * @example /oauth/consent/V1StGXR8_Z5jdHi6B-myT/finish?ticket=example-only
     */
    continueAt: string;
};
/**
 * Format: uri
 * @description Where deliveries go.
 */
export type WebhookUrl = string;
/** @description What it is told. */
export type WebhookEventTypes = EventType[];
/**
 * @description What is sent. standard is Standard Webhooks. The others are one text with a link, in the form that the service takes, unsigned: the URL is Slack's or Discord's
 *     webhook; `https://ntfy.sh/<topic>`, or a server of your own; `https://api.telegram.org/bot<token>/sendMessage?chat_id=<id>`. It never changes.
 * @default standard
 * @enum {string}
 */
export type WebhookFormat = "standard" | "slack" | "discord" | "ntfy" | "telegram";
/** @description A webhook without its secret. */
export type Webhook = {
    /**
     * @description A webhook's id.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
     */
    webhookId: WebhookId;
    /**
     * @description Where deliveries go.
     * @example https://hooks.example.com/fleetbeat
     */
    url: WebhookUrl;
    /** @description What it is told. */
    types: WebhookEventTypes;
    /**
     * @description What is sent. standard is Standard Webhooks. The others are one text with a link, in the form that the service takes, unsigned: the URL is Slack's or Discord's
     *     webhook; `https://ntfy.sh/<topic>`, or a server of your own; `https://api.telegram.org/bot<token>/sendMessage?chat_id=<id>`. It never changes.
     * @example standard
     */
    format: WebhookFormat;
    /** @description Only events of this program. Null for all. */
    programId: string | null;
    /**
     * @description What it is for.
     * @example To the team's channel
     */
    description: string | null;
    /**
     * @description Whether it is sent anything.
     * @example true
     */
    enabled: boolean;
    /**
     * @description Why it is disabled: by an admin, after days of failures, because the endpoint answered 410, or because its key was revoked.
     * @enum {string|null}
     */
    disabledReason: "admin" | "failing" | "gone" | "key-revoked" | null;
    /**
     * Format: date-time
     * @description The first failure since the last success. Null while all goes well.
     */
    failingSince: string | null;
    /**
     * Format: date-time
     * @description Nothing is sent before: the endpoint failed several times in a row, or asked for it by Retry-After. Null when it is not paused.
     */
    pausedUntil: string | null;
    /**
     * @description The key that made it or enabled it last. When that key is revoked, it is disabled.
     * @example 0196f0c27d5e
     */
    createdByKey: KeyId;
    /**
     * Format: date-time
     * @description When it was made.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description When it was last changed.
     * @example 2026-02-24T10:00:00.000Z
     */
    updatedAt: string;
};
/** @description A page of webhooks. */
export type WebhookPage = {
    /** @description The page's entries. */
    webhooks: Webhook[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
export type WebhookCreate = {
    /**
     * @description Where deliveries go.
     * @example https://hooks.example.com/fleetbeat
     */
    url: WebhookUrl;
    /** @description What it is told. */
    types: WebhookEventTypes;
    /**
     * @description What is sent. standard is Standard Webhooks. The others are one text with a link, in the form that the service takes, unsigned: the URL is Slack's or Discord's
     *     webhook; `https://ntfy.sh/<topic>`, or a server of your own; `https://api.telegram.org/bot<token>/sendMessage?chat_id=<id>`. It never changes.
     */
    format?: WebhookFormat;
    /** @description Only events of this program. */
    programId?: ProgramId;
    /**
     * @description What it is for.
     * @example To the team's channel
     */
    description?: string;
};
/** @description A webhook with its secret. */
export type NewWebhook = {
    /**
     * @description A webhook's id.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
     */
    webhookId: WebhookId;
    /**
     * @description Where deliveries go.
     * @example https://hooks.example.com/fleetbeat
     */
    url: WebhookUrl;
    /** @description What it is told. */
    types: WebhookEventTypes;
    /**
     * @description What is sent. standard is Standard Webhooks. The others are one text with a link, in the form that the service takes, unsigned: the URL is Slack's or Discord's
     *     webhook; `https://ntfy.sh/<topic>`, or a server of your own; `https://api.telegram.org/bot<token>/sendMessage?chat_id=<id>`. It never changes.
     * @example standard
     */
    format: WebhookFormat;
    /** @description Only events of this program. Null for all. */
    programId: string | null;
    /**
     * @description What it is for.
     * @example To the team's channel
     */
    description: string | null;
    /**
     * @description Whether it is sent anything.
     * @example true
     */
    enabled: boolean;
    /**
     * @description Why it is disabled: by an admin, after days of failures, because the endpoint answered 410, or because its key was revoked.
     * @enum {string|null}
     */
    disabledReason: "admin" | "failing" | "gone" | "key-revoked" | null;
    /**
     * Format: date-time
     * @description The first failure since the last success. Null while all goes well.
     */
    failingSince: string | null;
    /**
     * Format: date-time
     * @description Nothing is sent before: the endpoint failed several times in a row, or asked for it by Retry-After. Null when it is not paused.
     */
    pausedUntil: string | null;
    /**
     * @description The key that made it or enabled it last. When that key is revoked, it is disabled.
     * @example 0196f0c27d5e
     */
    createdByKey: KeyId;
    /**
     * Format: date-time
     * @description When it was made.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description When it was last changed.
     * @example 2026-02-24T10:00:00.000Z
     */
    updatedAt: string;
    /**
     * @description What deliveries are signed with.
     * @example whsec_ZXhhbXBsZS1vbmx5LWV4YW1wbGUtb25seQ==
     */
    secret: string;
};
export type WebhookUpdate = {
    /** @description Where deliveries go. */
    url?: WebhookUrl;
    /** @description What it is told. */
    types?: WebhookEventTypes;
    /** @description Only events of this program; null for all. */
    programId?: string | null;
    /** @description What it is for. */
    description?: string | null;
    /**
     * @description Whether it is sent anything. True makes it the webhook of the key in use, which takes it over from a key that is to be revoked.
     * @example true
     */
    enabled?: boolean;
};
/**
 * @description pending is not taken yet and is tried (again); failed is tried no more.
 * @enum {string}
 */
export type WebhookDeliveryState = "pending" | "delivered" | "failed";
/** @description One try to deliver. */
export type WebhookAttempt = {
    /**
     * Format: date-time
     * @description When it began.
     */
    at: string;
    /**
     * Format: int64
     * @description How long it took.
     */
    ms: number;
    /**
     * Format: int32
     * @description The HTTP status of the answer. Null when there was none.
     */
    status: number | null;
    /** @description Why it failed. Null when it was taken. */
    error: string | null;
};
/** @description An event on its way to a webhook, or a test. */
export type WebhookDelivery = {
    /**
     * @description The same in each attempt; the header webhook-id has it.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6f
     */
    deliveryId: string;
    /**
     * @description The type of the event; or webhook.test.
     * @example webhook.test
     */
    type: string;
    /**
     * Format: int64
     * @description The number of the event. Null for a test.
     */
    sequence: number | null;
    /**
     * @description pending is not taken yet and is tried (again); failed is tried no more.
     * @example failed
     */
    state: WebhookDeliveryState;
    /**
     * Format: date-time
     * @description When it was made.
     * @example 2026-02-24T10:30:00.000Z
     */
    createdAt: string;
    /**
     * Format: date-time
     * @description When it is tried (again). Null when it is not.
     */
    nextAttemptAt: string | null;
    /** @description The oldest first. */
    attempts: WebhookAttempt[];
};
/** @description A page of deliveries. */
export type WebhookDeliveryPage = {
    /** @description The page's entries. */
    deliveries: WebhookDelivery[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
/** @description A subscription's id. It follows from the endpoint. */
export type PushSubscriptionId = Id<"PushSubscriptionId">;
/** @description What the browser is notified of: question.asked, session.blocked, .handoff, .stuck, .stale, .idle, .completed and turn-limit. Others are refused. */
export type PushTypes = EventType[];
/** @description A time of day. */
export type TimeOfDay = string;
/** @description Nothing is sent from one time of day to another, which may be past midnight. What happens meanwhile is not sent later. */
export type QuietHours = {
    /** @description A time of day. */
    from: TimeOfDay;
    /** @description A time of day. */
    to: TimeOfDay;
    /** @description The browser's time zone by its IANA name. */
    timeZone: string;
} | null;
/** @description A browser that is notified. The endpoint is a secret of the browser's, and is not shown. */
export type PushSubscription = {
    /**
     * @description A subscription's id. It follows from the endpoint.
     * @example 6e340b9cffb37a989ca544e6bb780a2c
     */
    subscriptionId: PushSubscriptionId;
    /**
     * @description The host of its push service.
     * @example fcm.googleapis.com
     */
    service: string;
    /** @description What the browser is notified of: question.asked, session.blocked, .handoff, .stuck, .stale, .idle, .completed and turn-limit. Others are refused. */
    types: PushTypes;
    /**
     * @description Whether notifications show what is asked.
     * @example false
     */
    showDetails: boolean;
    /** @description Nothing is sent from one time of day to another, which may be past midnight. What happens meanwhile is not sent later. */
    quietHours: QuietHours;
    /**
     * @description The browser and system that subscribed, as they named themselves.
     * @example Chrome on Android
     */
    device: string | null;
    /**
     * Format: date-time
     * @description When it was made.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
};
/** @description The push subscriptions of a key, and what a page needs for another one. */
export type PushSubscriptions = {
    /**
     * @description The key of this server (RFC 8292), for `applicationServerKey`.
     * @example BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4
     */
    publicKey: string;
    /** @description The newest first. */
    subscriptions: PushSubscription[];
};
export type PushSubscriptionCreate = {
    /**
     * Format: uri
     * @description Where the browser's push service takes notifications.
     * @example https://fcm.googleapis.com/fcm/send/example
     */
    endpoint: string;
    /** @description The keys of the browser, in base64url. */
    keys: {
        /** @description Its public key. */
        p256dh: string;
        /** @description Its authentication secret. */
        auth: string;
    };
    /** @description What the browser is notified of: question.asked, session.blocked, .handoff, .stuck, .stale, .idle, .completed and turn-limit. Others are refused. */
    types: PushTypes;
    /**
     * @description Whether notifications show what is asked, commands included, and the status of sessions.
     * @default false
     */
    showDetails?: boolean;
    /** @description Nothing is sent from one time of day to another, which may be past midnight. What happens meanwhile is not sent later. */
    quietHours?: QuietHours;
};
/** @description An account's id. */
export type AccountId = Id<"AccountId">;
/** @description Display name of the account. */
export type AccountName = string;
/** @description An account. */
export type Account = {
    /**
     * @description An account's id.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
     */
    accountId: AccountId;
    /**
     * @description Display name of the account.
     * @example Payments team
     */
    name: AccountName;
    /**
     * @description Concurrent sessions: free 1, pro 5, team 10, unlimited without a limit.
     * @example pro
     */
    tier: Tier;
    /**
     * Format: date-time
     * @description When it was made.
     * @example 2026-02-24T10:00:00.000Z
     */
    createdAt: string;
};
/** @description A page of accounts. */
export type AccountPage = {
    /** @description The page's entries. */
    accounts: Account[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
export type AccountCreate = {
    /**
     * @description Display name of the account.
     * @example Payments team
     */
    name: AccountName;
    /**
     * @description Concurrent sessions: free 1, pro 5, team 10, unlimited without a limit.
     * @default free
     * @example team
     */
    tier?: Tier;
};
/** @description An account and its first admin key. */
export type NewAccount = {
    /**
     * @description An account's id.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
     */
    accountId: AccountId;
    /**
     * @description Display name of the account.
     * @example Payments team
     */
    name: AccountName;
    /**
     * @description Concurrent sessions: free 1, pro 5, team 10, unlimited without a limit.
     * @example team
     */
    tier: Tier;
    /**
     * @description The public part of a key.
     * @example 0196f0c27d5e
     */
    keyId: KeyId;
    /**
     * @description The whole key.
     * @example fb_0196f0c27d5e_example-only
     */
    key: string;
};
/** @description A removal that has taken effect, and whose rows are being deleted. */
export type AccountRemoval = {
    /**
     * @description An account's id.
     * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
     */
    accountId: AccountId;
    /**
     * Format: date-time
     * @description From when on its keys are refused.
     * @example 2026-02-24T10:00:00.000Z
     */
    removedAt: string;
};
export type AccountUpdate = {
    /** @description Display name of the account. */
    name?: AccountName;
    /**
     * @description Concurrent sessions: free 1, pro 5, team 10, unlimited without a limit.
     * @example pro
     */
    tier?: Tier;
};
/** @description One act or refusal. */
export type AuditEntry = {
    /** @description Its id. */
    auditId: string;
    /**
     * Format: date-time
     * @description When.
     */
    at: string;
    /** @description The public part of a key. */
    keyId: KeyId;
    /**
     * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
     *     operator is an admin who also manages accounts.
     */
    role: Role;
    /** @description The program of the key. */
    programId: string | null;
    /** @description The IP address of the caller; null for what was recorded without one. */
    address: string | null;
    /** @description The operation. */
    action: string;
    /** @description What it was done to: the id of a key, program, session or account. */
    subject: string | null;
    /**
     * @description Whether it was allowed.
     * @enum {string}
     */
    outcome: "done" | "denied";
    /** @description More of it. */
    detail: string | null;
};
/** @description A page of the audit. */
export type AuditPage = {
    /** @description The page's entries. */
    audit: AuditEntry[];
    /** @description Give it as `cursor`, with the same filters, to read the next page. Null on the last page. */
    nextCursor: NextCursor;
};
/** @description The parts of this server, as paths. */
export type ServerIndex = {
    /**
     * @description The name of the service.
     * @enum {string}
     */
    name: "Fleetbeat";
    /** @description The server's version. */
    version: string;
    /** @description The dashboard, for a browser. */
    dashboard: string;
    /** @description The guide, for a browser. */
    guide: string;
    /** @description The API reference, for a browser. */
    reference: string;
    /** @description The OpenAPI document. */
    document: string;
    /** @description The MCP endpoint. */
    mcp: string;
    /** @description The command `fleetbeat` as a package of npm. */
    install: string;
    /** @description Where a browser signs in with its organisation's account; absent when that is off. */
    organisationSignIn?: string;
};
/** @description The process is alive. */
export type Liveness = {
    /**
     * @description The process answers.
     * @enum {string}
     */
    status: "ok";
    /** @description The server's version. */
    version: string;
};
/** @description The server can do its work. */
export type Readiness = {
    /**
     * @description Requests can be served.
     * @enum {string}
     */
    status: "ready";
    /**
     * @description The kind of database.
     * @enum {string}
     */
    database: "sqlite" | "mysql";
    /**
     * @description The tables are up to date.
     * @enum {string}
     */
    migrations: "done";
    /** @description The archival of silent and complete sessions. */
    sweep: {
        /**
         * Format: date-time
         * @description When it last came to its end, in whatever process. Null when it never did.
         */
        lastRunAt: string | null;
    };
    /** @description Settings of the database that are weaker than what the service promises, each with its consequence. Empty on SQLite. */
    warnings: string[];
};
/** @description The request is not valid. */
export type InvalidRequestProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/invalid-request";
    /** @description The fields that are wrong, one entry each. */
    errors?: FieldError[];
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/invalid-request";
};
/** @description The program's writes must name their session. */
export type SessionRequiredProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/session-required";
    /** @description The fields that are wrong, one entry each. */
    errors: FieldError[];
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/session-required";
};
/** @description No session slot is free. */
export type SessionLimitReachedProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/session-limit-reached";
    /** @description Concurrent sessions: free 1, pro 5, team 10, unlimited without a limit. */
    tier: Tier;
    /**
     * Format: int64
     * @description The limit that was reached.
     */
    limit: number;
    /**
     * Format: int64
     * @description How many count towards the limit now.
     */
    active: number;
    /** @description The sessions that hold the slots. */
    inTheWay: SessionId[];
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/session-limit-reached";
};
/** @description Another session has taken over. */
export type SessionSupersededProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/session-superseded";
    /** @description A session's id, unique in its account. Case matters. */
    successor: SessionId;
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/session-superseded";
};
/** @description The account has as many webhooks as it may have. */
export type WebhookLimitReachedProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/webhook-limit-reached";
    /**
     * Format: int64
     * @description The limit that was reached.
     */
    limit: number;
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/webhook-limit-reached";
};
/** @description The account stores as much as it may. */
export type AccountLimitReachedProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/account-limit-reached";
    /**
     * Format: int64
     * @description The limit that was reached.
     */
    limit: number;
    /**
     * Format: int64
     * @description How many count towards the limit now.
     */
    active: number;
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/account-limit-reached";
};
/** @description Another session has the task. */
export type TaskTakenProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/task-taken";
    /** @description A session's id, unique in its account. Case matters. */
    claimedSession: SessionId;
    /** @description A program's id, unique in its account. Case matters. */
    claimedBy?: ProgramId;
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/task-taken";
};
/** @description The question is answered already. */
export type QuestionAnsweredProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/question-answered";
    /** @description Who has answered the question. */
    answeredBy: string;
    /**
     * Format: date-time
     * @description When the question was answered.
     */
    answeredAt: string;
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/question-answered";
};
/** @description The memory is full. */
export type StateFullProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/state-full";
    /**
     * Format: int64
     * @description The limit that was reached.
     */
    limit?: number;
    /**
     * Format: int64
     * @description How many count towards the limit now.
     */
    active?: number;
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/state-full";
};
/** @description The events behind this number are gone. */
export type EventsGoneProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/events-gone";
    /**
     * Format: int64
     * @description The oldest event that is kept; null when none is.
     */
    oldestEvent: number | null;
    /**
     * Format: int64
     * @description The newest event.
     */
    latestEvent: number;
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/events-gone";
};
/** @description The state has changed since it was read. */
export type VersionMismatchProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/version-mismatch";
    /**
     * Format: int64
     * @description The version that is stored now.
     */
    currentVersion: number;
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/version-mismatch";
};
/** @description Too many requests. */
export type TooManyRequestsProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/too-many-requests";
    /**
     * Format: int32
     * @description Seconds to wait before trying again. The header Retry-After has them too.
     */
    retryAfterSeconds: number;
    /**
     * Format: int64
     * @description The limit that was reached.
     */
    limit?: number;
    /**
     * Format: int64
     * @description How many count towards the limit now.
     */
    active?: number;
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/too-many-requests";
};
/** @description The service is not available right now. */
export type UnavailableProblem = Omit<Problem, "type"> & {
    /**
     * @description The kind of problem.
     * @constant
     */
    type: "/problems/unavailable";
    /**
     * Format: int32
     * @description Seconds to wait before trying again. The header Retry-After has them too.
     */
    retryAfterSeconds: number;
} & {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "/problems/unavailable";
};
/**
 * @description A session was created, has changed (not by a heartbeat alone), became stale or stuck, was archived, or was succeeded by another one. Stale and stuck are
 *     told once, within a minute, and again after it came back and fell silent, or stood still, anew. Blocked, handoff, idle and completed come right after the
 *     `session.created` or `session.updated` that brought the session there, with the same data: once each time it becomes so.
 */
export type SessionEventDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "session.created" | "session.updated" | "session.blocked" | "session.handoff" | "session.idle" | "session.completed" | "session.stale" | "session.stuck" | "session.archived" | "session.succeeded";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    /** @description The session as it was then. What a reader derives from the time (stale, stuck) is not in it. */
    data: {
        /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
        sequence: Sequence;
        /** @description The program that runs it. */
        programId: string | null;
        /** @description A session's id, unique in its account. Case matters. */
        sessionId: SessionId;
        /** @description Its display name. */
        name: string;
        /** @description What it does. */
        status: string | null;
        /**
         * @description As it was declared.
         * @enum {string}
         */
        state: "working" | "blocked" | "complete" | "pinned";
        /** @description It waits for its person. */
        idle?: boolean;
        /** @description In percent. */
        progress: number | null;
        /** @description The project. */
        projectName: string | null;
        /** @description Used part of the context window, as far as it is known. */
        contextUsedPercent?: number | null;
        /**
         * Format: int64
         * @description Used bytes of the context window.
         */
        contextBytes: number | null;
        /**
         * Format: int64
         * @description The size of the context window.
         */
        contextLimitBytes: number | null;
        /** @description It asks for a successor. */
        handoffRequired: boolean;
        /** @description It is put away. */
        archived: boolean;
        /**
         * @description Why it is put away.
         * @enum {string|null}
         */
        archiveReason: "silent" | "idle" | "complete" | null;
        /** @description The session that took over. */
        successor: string | null;
        /**
         * Format: date-time
         * @description The last write of its own.
         */
        updatedAt: string;
        /**
         * Format: date-time
         * @description The last heartbeat.
         */
        lastHeartbeat: string;
        /**
         * Format: date-time
         * @description When state, status, idle, progress or context use last changed.
         */
        lastProgressAt: string;
    };
};
/** @description An agent went on by itself, because messages came at the end of its turns, as often as it may without a person. It is blocked until a person writes to it. */
export type TurnLimitEventDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "turn-limit";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    data: {
        /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
        sequence: Sequence;
        /** @description The program that was stopped. */
        programId: string | null;
        /** @description A session's id, unique in its account. Case matters. */
        sessionId: SessionId;
        /**
         * Format: int32
         * @description How many turns it went on by itself.
         * @example 8
         */
        turns: number;
        /**
         * Format: int32
         * @description How many messages it was not made to go on with.
         * @example 1
         */
        waitingMessages: number;
        /** @description The programs that sent them. */
        senders: ProgramId[];
    };
};
/** @description A program's state was written. */
export type StateEventDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "state.written";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    /** @description Which version it now has. */
    data: {
        /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
        sequence: Sequence;
        /** @description A program's id, unique in its account. Case matters. */
        programId: ProgramId;
        /** @description The session that wrote. */
        sessionId: string | null;
        /**
         * Format: int64
         * @description The version that the write has made.
         */
        version: number;
        /**
         * @description Which kind of write it was.
         * @enum {string}
         */
        cause: "write" | "reinforce" | "promote" | "status" | "remove" | "restore" | "import";
    };
};
/** @description A task was created, claimed, given back or completed. */
export type TaskEventDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "task.created" | "task.claimed" | "task.released" | "task.completed";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    /** @description The task as it was then. */
    data: {
        /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
        sequence: Sequence;
        /** @description The program that has it, else the one that it is meant for; null for a task for all. */
        programId: string | null;
        /** @description The session that has it. */
        sessionId: string | null;
        /** @description A task's id. */
        taskId: TaskId;
        /** @description What is to be done. */
        title: TaskTitle;
        /** @description A program's id, or * for all programs of the account. */
        target: Target;
        /** @description 5 is the most urgent. */
        priority: Priority;
        /** @description The program that made it; null for an admin without a program. */
        createdBy: string | null;
        /** @description How it ended. */
        outcome?: Outcome;
    };
};
/** @description A message was sent, or one of its recipients has got its text, acknowledged or answered it. */
export type MessageEventDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "message.sent" | "message.delivered" | "message.acknowledged" | "message.answered";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    /** @description The message without its text. */
    data: {
        /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
        sequence: Sequence;
        /** @description The program that has sent it, or the recipient that it has reached, or that has acknowledged or answered it; null for an admin without a program. */
        programId: string | null;
        /** @description It concerns no session. */
        sessionId: null;
        /** @description A message's id. */
        messageId: MessageId;
        /** @description The program that sent it; null for an admin without a program. */
        sender: string | null;
        /** @description A program's id, or * for all programs of the account. */
        to: Target;
        /** @description PING asks whether somebody is there, PONG says yes. HANDSHAKE introduces the sender. DIRECTIVE asks for something, ACK says understood. QUERY asks, RESULT answers. STATUS tells. */
        kind: MessageKind;
        /** @description The message that this one answers. */
        replyTo: string | null;
        /**
         * Format: int64
         * @description How many inboxes it went to; told when it is sent.
         */
        recipients?: number;
    };
};
/** @description A question was asked, answered, withdrawn or has expired. The command and the answer's own words are not in it. */
export type QuestionEventDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "question.asked" | "question.answered" | "question.withdrawn" | "question.expired";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    /** @description The question as it was then. */
    data: {
        /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
        sequence: Sequence;
        /** @description The program that asks. */
        programId: string | null;
        /** @description A session's id, unique in its account. Case matters. */
        sessionId: SessionId;
        /** @description A question's id. */
        questionId: QuestionId;
        /** @description permission: may this tool run? question: anything else. */
        kind: QuestionKind;
        /** @description The question in one line; it is the session's status meanwhile. */
        title: QuestionTitle;
        /** @description The option that was chosen; told when it is answered. */
        option?: string | null;
        /** @description Who answered; told when it is answered. */
        answeredBy?: string | null;
    };
};
/** @description So many sessions fell silent together that none of them is archived for a while. Told to auditors and admins. */
export type MassSilenceEventDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "mass-silence";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    /** @description The silence. */
    data: {
        /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
        sequence: Sequence;
        /** @description It concerns no program alone. */
        programId: null;
        /** @description It concerns no session. */
        sessionId: null;
        /**
         * Format: date-time
         * @description The last sign of life of the first that fell silent.
         */
        since: string;
        /**
         * Format: date-time
         * @description The last sign of life of the last that fell silent.
         */
        until: string;
        /**
         * Format: int64
         * @description How many fell silent.
         */
        sessions: number;
        /**
         * Format: date-time
         * @description Until when they are not archived.
         */
        sparedUntil: string;
    };
};
/** @description A program was paused, may go on, has another display name, or must name its sessions from now on or no more. */
export type ProgramEventDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "program.updated";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    /** @description The program as it is then. */
    data: {
        /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
        sequence: Sequence;
        /** @description A program's id, unique in its account. Case matters. */
        programId: ProgramId;
        /** @description It concerns no session. */
        sessionId: null;
        /** @description Name for people. */
        displayName: string;
        /** @description It is asked to pause. */
        paused: boolean;
        /** @description Its writes must name their session. */
        sessionRequired: boolean;
    };
};
/** @description A program was removed. Its earlier events are deleted. */
export type ProgramRemovedEventDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "program.removed";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    /** @description The program as it was then. */
    data: {
        /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
        sequence: Sequence;
        /** @description A program's id, unique in its account. Case matters. */
        programId: ProgramId;
        /** @description A removal is of no session. */
        sessionId: null;
        /** @description Name for people. */
        displayName: string;
    };
};
/** @description A key was made, rotated or revoked. Told to auditors and admins, and never with its secret. */
export type KeyEventDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "key.created" | "key.rotated" | "key.revoked";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    /** @description Which one. */
    data: {
        /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
        sequence: Sequence;
        /** @description The program of the key; null for none. */
        programId: string | null;
        /** @description It concerns no session. */
        sessionId: null;
        /** @description The public part of a key. */
        keyId: KeyId;
        /**
         * @description program acts as one program. auditor reads everything. admin also manages sessions and keys.
         *     operator is an admin who also manages accounts.
         */
        role: Role;
        /** @description The key that takes its place; told when it is rotated. */
        rotatedTo?: KeyId;
    };
};
/**
 * @description A webhook was made, changed or removed by an admin, or was disabled by the server. Told to auditors and admins, and never with its URL or its secret: a URL
 *     may carry a credential.
 */
export type WebhookEventDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "webhook.created" | "webhook.updated" | "webhook.deleted" | "webhook.disabled";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    /** @description Which one, and why. */
    data: {
        /** @description An event's number in its account, from 1 on. Numbers are missing only where the events of a removed program were deleted. */
        sequence: Sequence;
        /** @description The program whose events it is told; null for all. */
        programId: string | null;
        /** @description It concerns no session. */
        sessionId: null;
        /** @description A webhook's id. */
        webhookId: WebhookId;
        /**
         * @description Why the server has disabled it: after days of failures, because the endpoint answered 410, or because its key was revoked. Told when it is disabled.
         * @enum {string|null}
         */
        reason?: "failing" | "gone" | "key-revoked" | null;
    };
};
/** @description Somebody tries the webhook (testWebhook). */
export type WebhookTestDelivery = {
    /**
     * @description What happened.
     * @enum {string}
     */
    type: "webhook.test";
    /**
     * Format: date-time
     * @description When it happened.
     */
    timestamp: string;
    /** @description The webhook. */
    data: {
        /** @description A webhook's id. */
        webhookId: WebhookId;
    };
};
export interface components {
    schemas: {
        ProgramId: ProgramId;
        SessionId: SessionId;
        SessionName: SessionName;
        SessionState: SessionState;
        WorkingTree: WorkingTree;
        CommandRun: CommandRun;
        TaskId: TaskId;
        ClaimedTask: ClaimedTask;
        Handover: Handover;
        Session: Session;
        NextCursor: NextCursor;
        SessionPage: SessionPage;
        FieldError: FieldError;
        Tier: Tier;
        Problem: Problem;
        Status: Status;
        Progress: Progress;
        ProjectName: ProjectName;
        Idle: Idle;
        ContextUsedPercent: ContextUsedPercent;
        ContextBytes: ContextBytes;
        ContextLimitBytes: ContextLimitBytes;
        SessionCreate: SessionCreate;
        SessionReport: SessionReport;
        SessionUpdate: SessionUpdate;
        TurnLimit: TurnLimit;
        SessionChange: SessionChange;
        Timeline: Timeline;
        MassSilence: MassSilence;
        ProgramHealth: ProgramHealth;
        FleetHealth: FleetHealth;
        ProgramHistory: ProgramHistory;
        FleetHistory: FleetHistory;
        Program: Program;
        ProgramPage: ProgramPage;
        ProgramRemoval: ProgramRemoval;
        ProgramUpdate: ProgramUpdate;
        BootRequest: BootRequest;
        PreviousSession: PreviousSession;
        Version: Version;
        Items: Items;
        ContextSummary: ContextSummary;
        PatternId: PatternId;
        Domain: Domain;
        PatternText: PatternText;
        Confidence: Confidence;
        RememberedPattern: RememberedPattern;
        FreeObject: FreeObject;
        Config: Config;
        Baselines: Baselines;
        Memory: Memory;
        TaskTitle: TaskTitle;
        Target: Target;
        Priority: Priority;
        TaskSummary: TaskSummary;
        MessageId: MessageId;
        KeyId: KeyId;
        MessageKind: MessageKind;
        MessageText: MessageText;
        Message: Message;
        LeftOut: LeftOut;
        Boot: Boot;
        PatternStatus: PatternStatus;
        LearnedPattern: LearnedPattern;
        Decay: Decay;
        ProgramState: ProgramState;
        ContextSummaryUpdate: ContextSummaryUpdate;
        PatternUpdate: PatternUpdate;
        ConfigUpdate: ConfigUpdate;
        BaselinesUpdate: BaselinesUpdate;
        DecayUpdate: DecayUpdate;
        ProgramStateUpdate: ProgramStateUpdate;
        WrittenState: WrittenState;
        TaskPage: TaskPage;
        TaskCreate: TaskCreate;
        Task: Task;
        TaskClaim: TaskClaim;
        OwnSession: OwnSession;
        TaskRelease: TaskRelease;
        Outcome: Outcome;
        TaskCompletion: TaskCompletion;
        MessagePage: MessagePage;
        MessageSend: MessageSend;
        SentMessage: SentMessage;
        SentMessagePage: SentMessagePage;
        DeliveryConfirmation: DeliveryConfirmation;
        ConfirmedDelivery: ConfirmedDelivery;
        StateVersion: StateVersion;
        StateVersionPage: StateVersionPage;
        FieldChange: FieldChange;
        StateDifference: StateDifference;
        Restoration: Restoration;
        StoredPattern: StoredPattern;
        StateDocument: StateDocument;
        StateImport: StateImport;
        PatternPage: PatternPage;
        Reinforcement: Reinforcement;
        WrittenPattern: WrittenPattern;
        Promotion: Promotion;
        PatternStatusChange: PatternStatusChange;
        QuestionId: QuestionId;
        QuestionKind: QuestionKind;
        QuestionTitle: QuestionTitle;
        QuestionDetail: QuestionDetail;
        QuestionOption: QuestionOption;
        Question: Question;
        QuestionPage: QuestionPage;
        QuestionAsk: QuestionAsk;
        AnswerText: AnswerText;
        QuestionAnswer: QuestionAnswer;
        EventType: EventType;
        Sequence: Sequence;
        SessionNews: SessionNews;
        SessionEvent: SessionEvent;
        TurnLimitEvent: TurnLimitEvent;
        StateEvent: StateEvent;
        TaskEvent: TaskEvent;
        MessageEvent: MessageEvent;
        QuestionEvent: QuestionEvent;
        MassSilenceEvent: MassSilenceEvent;
        ProgramEvent: ProgramEvent;
        ProgramRemovedEvent: ProgramRemovedEvent;
        Role: Role;
        KeyEvent: KeyEvent;
        WebhookId: WebhookId;
        WebhookEvent: WebhookEvent;
        FleetEvent: FleetEvent;
        StreamPosition: StreamPosition;
        SessionPulse: SessionPulse;
        Pulse: Pulse;
        StreamItem: StreamItem;
        Key: Key;
        KeyPage: KeyPage;
        Label: Label;
        KeyCreate: KeyCreate;
        NewKey: NewKey;
        Me: Me;
        SignIn: SignIn;
        SignedIn: SignedIn;
        SignOutEverywhere: SignOutEverywhere;
        SignedOut: SignedOut;
        WebSessionId: WebSessionId;
        WebSession: WebSession;
        WebSessionPage: WebSessionPage;
        InvitationId: InvitationId;
        InvitationState: InvitationState;
        InvitationGrants: InvitationGrants;
        Invitation: Invitation;
        InvitationPage: InvitationPage;
        InvitationCreate: InvitationCreate;
        NewInvitation: NewInvitation;
        InvitationCode: InvitationCode;
        InvitationRedemption: InvitationRedemption;
        InvitationRedeemed: InvitationRedeemed;
        AuthorizationRequest: AuthorizationRequest;
        Approval: Approval;
        Approved: Approved;
        WebhookUrl: WebhookUrl;
        WebhookEventTypes: WebhookEventTypes;
        WebhookFormat: WebhookFormat;
        Webhook: Webhook;
        WebhookPage: WebhookPage;
        WebhookCreate: WebhookCreate;
        NewWebhook: NewWebhook;
        WebhookUpdate: WebhookUpdate;
        WebhookDeliveryState: WebhookDeliveryState;
        WebhookAttempt: WebhookAttempt;
        WebhookDelivery: WebhookDelivery;
        WebhookDeliveryPage: WebhookDeliveryPage;
        PushSubscriptionId: PushSubscriptionId;
        PushTypes: PushTypes;
        TimeOfDay: TimeOfDay;
        QuietHours: QuietHours;
        PushSubscription: PushSubscription;
        PushSubscriptions: PushSubscriptions;
        PushSubscriptionCreate: PushSubscriptionCreate;
        AccountId: AccountId;
        AccountName: AccountName;
        Account: Account;
        AccountPage: AccountPage;
        AccountCreate: AccountCreate;
        NewAccount: NewAccount;
        AccountRemoval: AccountRemoval;
        AccountUpdate: AccountUpdate;
        AuditEntry: AuditEntry;
        AuditPage: AuditPage;
        ServerIndex: ServerIndex;
        Liveness: Liveness;
        Readiness: Readiness;
        InvalidRequestProblem: InvalidRequestProblem;
        SessionRequiredProblem: SessionRequiredProblem;
        SessionLimitReachedProblem: SessionLimitReachedProblem;
        SessionSupersededProblem: SessionSupersededProblem;
        WebhookLimitReachedProblem: WebhookLimitReachedProblem;
        AccountLimitReachedProblem: AccountLimitReachedProblem;
        TaskTakenProblem: TaskTakenProblem;
        QuestionAnsweredProblem: QuestionAnsweredProblem;
        StateFullProblem: StateFullProblem;
        EventsGoneProblem: EventsGoneProblem;
        VersionMismatchProblem: VersionMismatchProblem;
        TooManyRequestsProblem: TooManyRequestsProblem;
        UnavailableProblem: UnavailableProblem;
        SessionEventDelivery: SessionEventDelivery;
        TurnLimitEventDelivery: TurnLimitEventDelivery;
        StateEventDelivery: StateEventDelivery;
        TaskEventDelivery: TaskEventDelivery;
        MessageEventDelivery: MessageEventDelivery;
        QuestionEventDelivery: QuestionEventDelivery;
        MassSilenceEventDelivery: MassSilenceEventDelivery;
        ProgramEventDelivery: ProgramEventDelivery;
        ProgramRemovedEventDelivery: ProgramRemovedEventDelivery;
        KeyEventDelivery: KeyEventDelivery;
        WebhookEventDelivery: WebhookEventDelivery;
        WebhookTestDelivery: WebhookTestDelivery;
    };
    responses: {
        /** @description Something in the request is wrong. `errors` names the fields. Nothing was written. */
        BadRequest: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/invalid-request",
                 *       "title": "The request is not valid",
                 *       "status": 400,
                 *       "detail": "progress: must be <= 100",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e",
                 *       "errors": [
                 *         {
                 *           "in": "body",
                 *           "pointer": "#/progress",
                 *           "message": "must be <= 100"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The key is missing, wrong, expired or revoked. */
        Unauthenticated: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "WWW-Authenticate": components["headers"]["Challenge"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/unauthenticated",
                 *       "title": "A valid key is needed",
                 *       "status": 401,
                 *       "detail": "Send a key as Authorization: Bearer fb_<keyId>_<secret>. It may be missing, mistyped, expired or revoked.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description A budget of the key, its account, its program or its address is spent. Nothing was written. */
        TooManyRequests: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/too-many-requests",
                 *       "title": "Too many requests",
                 *       "status": 429,
                 *       "detail": "The budget 'key-writes' allows 60 in 60 seconds and is spent. Try again in 12 seconds.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e",
                 *       "retryAfterSeconds": 12
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The server failed. The log has the cause under the request id. */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/internal-error",
                 *       "title": "The server failed",
                 *       "status": 500,
                 *       "detail": "The server failed. Its log has the cause under this request's id.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The database cannot be reached, or the server is stopping. Try again later. */
        Unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/unavailable",
                 *       "title": "The service is not available right now",
                 *       "status": 503,
                 *       "detail": "The database cannot be reached. Try again in a moment.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The key may not do this. Nothing was written. */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/forbidden",
                 *       "title": "The key may not do this",
                 *       "status": 403,
                 *       "detail": "Only the program itself may write its state.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description What is stored stands against it. Nothing was written. */
        Conflict: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/session-limit-reached",
                 *       "title": "No session slot is free",
                 *       "status": 409,
                 *       "detail": "The tier free allows 1 concurrent session and 1 is active. Complete one first.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e",
                 *       "tier": "free",
                 *       "limit": 1,
                 *       "active": 1,
                 *       "inTheWay": [
                 *         "builder-session-1"
                 *       ]
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The body is larger than 256 kB (16 kB where no key is needed). It was not read. */
        BodyTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/body-too-large",
                 *       "title": "The body is too large",
                 *       "status": 413,
                 *       "detail": "A body may have at most 256 kB here.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The body is not application/json in UTF-8 (or, in a PATCH, application/merge-patch+json), or has a Content-Encoding. */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Accept-Patch": components["headers"]["AcceptPatch"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/unsupported-media-type",
                 *       "title": "The body has the wrong media type",
                 *       "status": 415,
                 *       "detail": "Send the body as Content-Type: application/json, in UTF-8.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description There is no such thing in this account. */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/session-not-found",
                 *       "title": "There is no such session",
                 *       "status": 404,
                 *       "detail": "No session 'builder-session-9' in this account. Create it first (createSession).",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The state is newer than the version in If-Match. Nothing was written. */
        VersionMismatch: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/version-mismatch",
                 *       "title": "The state has changed since it was read",
                 *       "status": 412,
                 *       "detail": "The state is at version 5, not 4. Read it again and repeat the change.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e",
                 *       "currentVersion": 5
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The task or the session is not in a state that allows it. Nothing was written. */
        TaskConflict: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/task-taken",
                 *       "title": "Another session has the task",
                 *       "status": 409,
                 *       "detail": "Task '0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e' is claimed by 'reviewer' in its session 'reviewer-session-1'. Take another one.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e",
                 *       "claimedBy": "reviewer",
                 *       "claimedSession": "reviewer-session-1"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The body is larger than 4 MB. It was not read. */
        DocumentTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/body-too-large",
                 *       "title": "The body is too large",
                 *       "status": 413,
                 *       "detail": "A body may have at most 4 MB here.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The question is closed already. Nothing was written. */
        QuestionClosed: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/question-answered",
                 *       "title": "The question is answered already",
                 *       "status": 409,
                 *       "detail": "Question '0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e' was answered by 'Ada' at 2026-02-24T10:31:00.000Z.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e",
                 *       "answeredBy": "Ada",
                 *       "answeredAt": "2026-02-24T10:31:00.000Z"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The stream cannot go on behind this number without leaving something out. */
        EventsGone: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/events-gone",
                 *       "title": "The events behind this number are gone",
                 *       "status": 410,
                 *       "detail": "The oldest event that is kept is 1200. Read what you show anew, and follow from now on.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e",
                 *       "oldestEvent": 1200,
                 *       "latestEvent": 5310
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The request may come from a page of another site. Nothing was written. */
        Forged: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/csrf-refused",
                 *       "title": "The request may be forged",
                 *       "status": 403,
                 *       "detail": "A request with a cookie needs the header X-CSRF-Token with the csrfToken that signIn and whoAmI tell.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
        /** @description The invitation is no longer good. */
        InvitationClosed: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/invitation-closed",
                 *       "title": "The invitation is no longer good",
                 *       "status": 410,
                 *       "detail": "This invitation was used already, at 2026-02-24T10:01:00.000Z. Ask for another one.",
                 *       "instance": "0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e"
                 *     }
                 */
                "application/problem+json": Problem;
            };
        };
    };
    parameters: {
        /** @description How many results. */
        Limit: number;
        /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
        Cursor: string;
        /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
        IdempotencyKey: string;
        /**
         * @description The session. `current` is the program's most recently updated live one.
         * @example builder-session-1
         */
        SessionId: string;
        /**
         * @description The program.
         * @example builder
         */
        ProgramId: ProgramId;
        /**
         * @description Answer with the state unless its version is one of these ETags, and with 304 if it is (RFC 9110, 13.1.2). Weak ones (`W/"4"`) count as well, `*` stands for whatever is
         *     stored, and an ETag that this server never gave is no version. Beside asOf, the version that held then is compared.
         * @example "4"
         */
        IfNoneMatch: string;
        /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
        RetryKey: string;
        /**
         * @description Write only if the version is one of these ETags, else 412 (RFC 9110, 13.1.1). Weak ones (`W/"4"`) and tags that this server never gave match nothing,
         *     `*` stands for whatever was written.
         * @example "4"
         */
        IfMatch: string;
        /**
         * @description The task.
         * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
         */
        TaskId: TaskId;
        /** @description Whose inbox; your own program's unless you are an admin. */
        Inbox: ProgramId;
        /**
         * @description The message.
         * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
         */
        MessageId: MessageId;
        /** @description Your session. When it is given, nothing is acknowledged once another session has taken over from it: 409 session-superseded. A program may be required to give it. */
        OwnSession: SessionId;
        /**
         * @description The version.
         * @example 3
         */
        Version: number;
        /**
         * @description The pattern.
         * @example p-1
         */
        PatternId: PatternId;
        /**
         * @description The question.
         * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
         */
        QuestionId: QuestionId;
        /**
         * @description The id of the request, from the address of the consent page.
         * @example V1StGXR8_Z5jdHi6B-myT
         */
        RequestId: string;
        /**
         * @description The webhook's id.
         * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
         */
        WebhookId: WebhookId;
    };
    requestBodies: never;
    headers: {
        /** @description How to authenticate (RFC 9110). */
        Challenge: string;
        /** @description Seconds to wait before trying again (RFC 9110). */
        RetryAfter: number;
        /** @description What remains of each budget and in how many seconds it is whole again (draft-ietf-httpapi-ratelimit-headers). */
        RateLimit: string;
        /** @description The budgets that hold for the key and its account (draft-ietf-httpapi-ratelimit-headers). */
        RateLimitPolicy: string;
        /** @description The id of the request, as the server's log has it. */
        RequestId: string;
        /** @description The origin of the calling page, where the server's setting FLEETBEAT_CORS_ORIGINS names it; absent otherwise. */
        AllowedOrigin: string;
        /** @description The path of what was created. */
        Location: string;
        /** @description Present when this is the stored response to an earlier request with the same Idempotency-Key. */
        Replayed: "true";
        /** @description The media types that PATCH takes here (RFC 5789), in the answer to a PATCH with another one. */
        AcceptPatch: string;
        /**
         * @description The version of the state, to be sent back as If-Match or If-None-Match (RFC 9110).
         * @example "4"
         */
        Version: string;
        /** @description The cookie, or its removal (RFC 6265). */
        SetCookie: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listSessions: {
        parameters: {
            query?: {
                /**
                 * @description Only sessions in this state.
                 * @example working
                 */
                state?: "working" | "blocked" | "pinned" | "complete" | "all";
                /** @description Only sessions of this program. */
                programId?: ProgramId;
                /** @description Also archived sessions. */
                includeArchived?: boolean;
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of sessions. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SessionPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionCreate;
            };
        };
        responses: {
            /** @description The session existed and was updated. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SessionReport;
                };
            };
            /** @description The session was made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SessionReport;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The session. `current` is the program's most recently updated live one.
                 * @example builder-session-1
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Session;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The session. `current` is the program's most recently updated live one.
                 * @example builder-session-1
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionUpdate;
                "application/merge-patch+json": SessionUpdate;
            };
        };
        responses: {
            /** @description The session as it now is, and what waits for its program. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SessionReport;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    reportTurnLimit: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The session. `current` is the program's most recently updated live one.
                 * @example builder-session-1
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": TurnLimit;
            };
        };
        responses: {
            /** @description The session, blocked. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SessionReport;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSessionTimeline: {
        parameters: {
            query?: {
                /** @description How many changes. */
                limit?: number;
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The session. `current` is the program's most recently updated live one.
                 * @example builder-session-1
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of changes. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Timeline;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    endMassSilence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are spared no longer. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row for each program of the account. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": FleetHealth;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetHistory: {
        parameters: {
            query?: {
                /**
                 * @description How far back: a day in periods of 15 minutes, a week in periods of 2 hours, 30 days in periods of 8 hours.
                 * @example 24h
                 */
                range?: "24h" | "7d" | "30d";
                /**
                 * @description Only this program.
                 * @example builder
                 */
                programId?: ProgramId;
                /** @description How many programs. */
                limit?: number;
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of programs, by id. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": FleetHistory;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPrograms: {
        parameters: {
            query?: {
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of programs. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ProgramPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProgram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: ProgramId;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The program. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Program;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeProgram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: ProgramId;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The program is removed; its rows are being deleted. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ProgramRemoval;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateProgram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: ProgramId;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": ProgramUpdate;
                "application/merge-patch+json": ProgramUpdate;
            };
        };
        responses: {
            /** @description The program as it now is. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Program;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    bootProgram: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: ProgramId;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": BootRequest;
            };
        };
        responses: {
            /** @description The session existed and starts a new run. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Boot;
                };
            };
            /** @description The session was opened. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Boot;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProgramState: {
        parameters: {
            query?: {
                /**
                 * @description The state that held at this instant, judged at this instant.
                 * @example 2026-02-24T10:30:00Z
                 */
                asOf?: string;
            };
            header?: {
                /**
                 * @description Answer with the state unless its version is one of these ETags, and with 304 if it is (RFC 9110, 13.1.2). Weak ones (`W/"4"`) count as well, `*` stands for whatever is
                 *     stored, and an ETag that this server never gave is no version. Beside asOf, the version that held then is compared.
                 * @example "4"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state as it is now, or as it was at asOf. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ProgramState;
                };
            };
            /** @description If-None-Match names the version that a read would show. Nothing was written since. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateProgramState: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["RetryKey"];
                /**
                 * @description Write only if the version is one of these ETags, else 412 (RFC 9110, 13.1.1). Weak ones (`W/"4"`) and tags that this server never gave match nothing,
                 *     `*` stands for whatever was written.
                 * @example "4"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": ProgramStateUpdate;
                "application/merge-patch+json": ProgramStateUpdate;
            };
        };
        responses: {
            /** @description What is stored now, with a count in place of the patterns. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    ETag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WrittenState;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTasks: {
        parameters: {
            query?: {
                /**
                 * @description pending: may be claimed now. created: unclaimed, also expired ones. Default: pending; with claimedBy, claimed.
                 * @example pending
                 */
                state?: "pending" | "created" | "claimed" | "completed" | "all";
                /**
                 * @description Only tasks that this program may take, its own and those for `*`. With `*`, only the latter.
                 * @example reviewer
                 */
                target?: Target;
                /** @description Only tasks that this program has claimed or completed. */
                claimedBy?: ProgramId;
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of tasks. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": TaskPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": TaskCreate;
            };
        };
        responses: {
            /** @description The task was made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Task;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Task;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    claimTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The task.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": TaskClaim;
            };
        };
        responses: {
            /** @description The task is the session's. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Task;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["TaskConflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    releaseTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The task.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": TaskRelease;
            };
        };
        responses: {
            /** @description The task is free. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Task;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["TaskConflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    completeTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The task.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": TaskCompletion;
            };
        };
        responses: {
            /** @description The task is completed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Task;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["TaskConflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description Also acknowledged ones. */
                includeRead?: boolean;
                /** @description Only messages whose text has not reached any run of the program. */
                undelivered?: boolean;
                /** @description Only messages of this kind. */
                kind?: MessageKind;
                /** @description Only messages from this program. */
                sender?: ProgramId;
                /** @description Whose inbox; your own program's unless you are an admin. */
                programId?: components["parameters"]["Inbox"];
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the inbox. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": MessagePage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": MessageSend;
            };
        };
        responses: {
            /** @description The message was sent. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SentMessage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSentMessages: {
        parameters: {
            query?: {
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of sent messages. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SentMessagePage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    confirmDelivery: {
        parameters: {
            query?: {
                /** @description Whose inbox; your own program's unless you are an admin. */
                programId?: components["parameters"]["Inbox"];
            };
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": DeliveryConfirmation;
            };
        };
        responses: {
            /** @description Which of them were not delivered before. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ConfirmedDelivery;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The message.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                messageId: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SentMessage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    acknowledgeMessage: {
        parameters: {
            query?: {
                /** @description Whose inbox; your own program's unless you are an admin. */
                programId?: components["parameters"]["Inbox"];
                /** @description Your session. When it is given, nothing is acknowledged once another session has taken over from it: 409 session-superseded. A program may be required to give it. */
                sessionId?: components["parameters"]["OwnSession"];
            };
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The message.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                messageId: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message, read. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Message;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listStateVersions: {
        parameters: {
            query?: {
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of versions. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": StateVersionPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getStateVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
                /**
                 * @description The version.
                 * @example 3
                 */
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state of that version. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ProgramState;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    diffState: {
        parameters: {
            query: {
                /**
                 * @description The version to compare from.
                 * @example 3
                 */
                from: number;
                /**
                 * @description The version to compare to.
                 * @example 4
                 */
                to: number;
            };
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What differs. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": StateDifference;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    restoreState: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Write only if the version is one of these ETags, else 412 (RFC 9110, 13.1.1). Weak ones (`W/"4"`) and tags that this server never gave match nothing,
                 *     `*` stands for whatever was written.
                 * @example "4"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Restoration;
            };
        };
        responses: {
            /** @description What is stored now, with a count in place of the patterns. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    ETag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WrittenState;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportState: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Answer with the state unless its version is one of these ETags, and with 304 if it is (RFC 9110, 13.1.2). Weak ones (`W/"4"`) count as well, `*` stands for whatever is
                 *     stored, and an ETag that this server never gave is no version. Beside asOf, the version that held then is compared.
                 * @example "4"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": StateDocument;
                };
            };
            /** @description If-None-Match names the version that an export would hold. Nothing was written since. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    importState: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Write only if the version is one of these ETags, else 412 (RFC 9110, 13.1.1). Weak ones (`W/"4"`) and tags that this server never gave match nothing,
                 *     `*` stands for whatever was written.
                 * @example "4"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": StateImport;
            };
        };
        responses: {
            /** @description What is stored now, with a count in place of the patterns. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    ETag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WrittenState;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["DocumentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPatterns: {
        parameters: {
            query?: {
                /**
                 * @description Only patterns of exactly this domain.
                 * @example auth
                 */
                domain?: Domain;
                /**
                 * @description Only patterns that have these words, each at least as the beginning of one.
                 * @example jwt expiry
                 */
                text?: string;
                /** @description Only patterns of at least this confidence. */
                minConfidence?: number;
                /** @description Only patterns that read stale, or only those that do not. */
                stale?: boolean;
                /** @description Only patterns of this status. */
                status?: "active" | "superseded" | "refuted" | "all";
                /** @description Only promoted patterns, or only those that are not. */
                promoted?: boolean;
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of patterns. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": PatternPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPattern: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
                /**
                 * @description The pattern.
                 * @example p-1
                 */
                patternId: components["parameters"]["PatternId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pattern. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": LearnedPattern;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    removePattern: {
        parameters: {
            query?: {
                /** @description The session that removes it. */
                sessionId?: SessionId;
            };
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["RetryKey"];
                /**
                 * @description Write only if the version is one of these ETags, else 412 (RFC 9110, 13.1.1). Weak ones (`W/"4"`) and tags that this server never gave match nothing,
                 *     `*` stands for whatever was written.
                 * @example "4"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
                /**
                 * @description The pattern.
                 * @example p-1
                 */
                patternId: components["parameters"]["PatternId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. The ETag is the state's new version. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    ETag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    reinforcePattern: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Write only if the version is one of these ETags, else 412 (RFC 9110, 13.1.1). Weak ones (`W/"4"`) and tags that this server never gave match nothing,
                 *     `*` stands for whatever was written.
                 * @example "4"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
                /**
                 * @description The pattern.
                 * @example p-1
                 */
                patternId: components["parameters"]["PatternId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Reinforcement;
            };
        };
        responses: {
            /** @description The pattern as it is now stored. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    ETag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WrittenPattern;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    promotePattern: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Write only if the version is one of these ETags, else 412 (RFC 9110, 13.1.1). Weak ones (`W/"4"`) and tags that this server never gave match nothing,
                 *     `*` stands for whatever was written.
                 * @example "4"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
                /**
                 * @description The pattern.
                 * @example p-1
                 */
                patternId: components["parameters"]["PatternId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Promotion;
            };
        };
        responses: {
            /** @description The pattern as it is now stored. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    ETag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WrittenPattern;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    setPatternStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["RetryKey"];
                /**
                 * @description Write only if the version is one of these ETags, else 412 (RFC 9110, 13.1.1). Weak ones (`W/"4"`) and tags that this server never gave match nothing,
                 *     `*` stands for whatever was written.
                 * @example "4"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The program.
                 * @example builder
                 */
                programId: components["parameters"]["ProgramId"];
                /**
                 * @description The pattern.
                 * @example p-1
                 */
                patternId: components["parameters"]["PatternId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": PatternStatusChange;
            };
        };
        responses: {
            /** @description The pattern as it is now stored. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    ETag: components["headers"]["Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WrittenPattern;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listQuestions: {
        parameters: {
            query?: {
                /**
                 * @description Only questions in this state.
                 * @example open
                 */
                state?: "open" | "answered" | "withdrawn" | "expired" | "all";
                /**
                 * @description Only questions of this program.
                 * @example builder
                 */
                programId?: ProgramId;
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of questions. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": QuestionPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    askHuman: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": QuestionAsk;
            };
        };
        responses: {
            /** @description The question is open. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Question;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getQuestion: {
        parameters: {
            query?: {
                /**
                 * @description How long to wait for the question to be closed, in seconds.
                 * @example 0
                 */
                wait?: number;
            };
            header?: never;
            path: {
                /**
                 * @description The question.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                questionId: components["parameters"]["QuestionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The question as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Question;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    answerQuestion: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The question.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                questionId: components["parameters"]["QuestionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": QuestionAnswer;
            };
        };
        responses: {
            /** @description The question with this answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Question;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["QuestionClosed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    withdrawQuestion: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The question.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                questionId: components["parameters"]["QuestionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The question is withdrawn. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Question;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["QuestionClosed"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description Only events that concern this program, as owner, sender, recipient, or the one that has the task. */
                programId?: ProgramId;
                /**
                 * @description Only events of these types, with commas between them.
                 * @example [
                 *       "session.stale",
                 *       "session.updated"
                 *     ]
                 */
                types?: EventType[];
                /** @description Begin behind the event with this number. */
                after?: number;
                /** @description Also tell of heartbeats. */
                pulse?: boolean;
            };
            header?: {
                /** @description The id of the last frame that was received. It takes the place of `after`. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. The schema is that of the `data` of a frame. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": StreamItem;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["EventsGone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description Only keys of this program. */
                programId?: ProgramId;
                /** @description Only keys that the key with this id made, or rotated another into. */
                createdBy?: KeyId;
                /** @description Only keys that somebody has to replace within 14 days. Renewed ones, tokens, and the keys behind signed-in browsers are left out. */
                expiring?: boolean;
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of keys. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": KeyPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": KeyCreate;
            };
        };
        responses: {
            /** @description The key. Keep it safe; it is shown once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NewKey;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The public part of the key.
                 * @example 0196f0c27d5e
                 */
                keyId: KeyId;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Key;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeKey: {
        parameters: {
            query?: {
                /** @description Also revoke the keys that it made, and all that these made. */
                withDescendants?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The public part of the key.
                 * @example 0196f0c27d5e
                 */
                keyId: KeyId;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is revoked. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateKey: {
        parameters: {
            query?: {
                /** @description Renew the key in use instead of ending it. */
                renew?: boolean;
            };
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The public part of the key.
                 * @example 0196f0c27d5e
                 */
                keyId: KeyId;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new key. Keep it safe; it is shown once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NewKey;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    whoAmI: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key in use. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Me;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SignIn;
            };
        };
        responses: {
            /** @description The cookie is set. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SignedIn;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forged"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The web session is ended. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forged"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    signOutEverywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SignOutEverywhere;
            };
        };
        responses: {
            /** @description The web sessions are ended. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SignedOut;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebSessions: {
        parameters: {
            query?: {
                /** @description The web sessions of the key in use and of browsers that it invited, or those of every key of the account, for admins. */
                scope?: "key" | "account";
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of web sessions. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WebSessionPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    endWebSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the web session, from listWebSessions.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                webSessionId: WebSessionId;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The web session is ended. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listInvitations: {
        parameters: {
            query?: {
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of invitations. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": InvitationPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": InvitationCreate;
            };
        };
        responses: {
            /** @description The invitation, with its code. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NewInvitation;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    redeemInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": InvitationRedemption;
            };
        };
        responses: {
            /** @description The key, or the web session, whose cookie is set. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": InvitationRedeemed;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forged"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["InvitationClosed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the invitation.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6f
                 */
                invitationId: InvitationId;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The invitation. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Invitation;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the invitation.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6f
                 */
                invitationId: InvitationId;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The invitation is withdrawn. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["InvitationClosed"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAuthorizationRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the request, from the address of the consent page.
                 * @example V1StGXR8_Z5jdHi6B-myT
                 */
                requestId: components["parameters"]["RequestId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AuthorizationRequest;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    approveAuthorizationRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the request, from the address of the consent page.
                 * @example V1StGXR8_Z5jdHi6B-myT
                 */
                requestId: components["parameters"]["RequestId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Approval;
            };
        };
        responses: {
            /** @description Approved. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Approved;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of webhooks. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WebhookPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": WebhookCreate;
            };
        };
        responses: {
            /** @description The webhook with its secret. Keep it safe; it is shown once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NewWebhook;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Webhook;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook is removed. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": WebhookUpdate;
                "application/merge-patch+json": WebhookUpdate;
            };
        };
        responses: {
            /** @description The webhook as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Webhook;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook with its new secret. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NewWebhook;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What became of it. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WebhookDelivery;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Only deliveries in this state. */
                state?: WebhookDeliveryState;
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of deliveries. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WebhookDeliveryPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPushSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All subscriptions of the key. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": PushSubscriptions;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPushSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": PushSubscriptionCreate;
            };
        };
        responses: {
            /** @description The subscription, which replaced the one of this endpoint. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": PushSubscription;
                };
            };
            /** @description The new subscription. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": PushSubscription;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deletePushSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The subscription's id.
                 * @example 6e340b9cffb37a989ca544e6bb780a2c
                 */
                subscriptionId: PushSubscriptionId;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The subscription is ended. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of accounts. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AccountPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your own for each request; a retry with the same one gets the first answer and has no second effect. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": AccountCreate;
            };
        };
        responses: {
            /** @description The account. Keep its key safe; it is shown once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NewAccount;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The account.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                accountId: AccountId;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Account;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The account.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                accountId: AccountId;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account is removed; its rows are being deleted. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AccountRemoval;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The account.
                 * @example 0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e
                 */
                accountId: AccountId;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": AccountUpdate;
                "application/merge-patch+json": AccountUpdate;
            };
        };
        responses: {
            /** @description The account as it now is. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Account;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Only what was done, or only what was denied. */
                outcome?: "done" | "denied";
                /**
                 * @description Only this operation.
                 * @example revokeKey
                 */
                action?: string;
                /** @description Only acts of this key. */
                keyId?: KeyId;
                /** @description Only from this instant on. */
                since?: string;
                /** @description Only before this instant. */
                until?: string;
                /** @description How many results. */
                limit?: components["parameters"]["Limit"];
                /** @description The nextCursor of the page before. It belongs to its list and filters, and is refused elsewhere; `limit` may change. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the audit. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AuditPage;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getIndex: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The parts of this server. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Fleetbeat",
                     *       "version": "0.1.0",
                     *       "dashboard": "/",
                     *       "guide": "/guide",
                     *       "reference": "/docs",
                     *       "document": "/openapi.json",
                     *       "mcp": "/mcp",
                     *       "install": "/install/fleetbeat-0.1.0.tgz"
                     *     }
                     */
                    "application/json": ServerIndex;
                };
            };
            400: components["responses"]["BadRequest"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process answers. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "version": "0.1.0"
                     *     }
                     */
                    "application/json": Liveness;
                };
            };
            400: components["responses"]["BadRequest"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "database": "sqlite",
                     *       "migrations": "done",
                     *       "sweep": {
                     *         "lastRunAt": "2026-02-24T10:30:00.000Z"
                     *       },
                     *       "warnings": []
                     *     }
                     */
                    "application/json": Readiness;
                };
            };
            400: components["responses"]["BadRequest"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example fleetbeat_sessions{liveness="active"} 3 */
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.0",
                     *       "info": {
                     *         "title": "Fleetbeat",
                     *         "version": "0.1.0"
                     *       },
                     *       "paths": {}
                     *     }
                     */
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
        };
    };
    getReference: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html><title>Fleetbeat API reference</title> */
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest"];
        };
    };
    getProblemKind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The last part of a problem's type.
                 * @example session-limit-reached
                 */
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowedOrigin"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html><title>No session slot is free</title> */
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
        };
    };
    receiveSessionCreated: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveSessionUpdated: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveSessionBlocked: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveSessionHandoff: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveSessionIdle: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveSessionCompleted: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveSessionStale: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveSessionStuck: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveSessionArchived: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveSessionSucceeded: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": SessionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveTurnLimit: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": TurnLimitEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveStateWritten: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": StateEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveTaskCreated: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": TaskEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveTaskClaimed: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": TaskEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveTaskReleased: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": TaskEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveTaskCompleted: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": TaskEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveMessageSent: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": MessageEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveMessageDelivered: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": MessageEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveMessageAcknowledged: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": MessageEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveMessageAnswered: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": MessageEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveQuestionAsked: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": QuestionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveQuestionAnswered: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": QuestionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveQuestionWithdrawn: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": QuestionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveQuestionExpired: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": QuestionEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveMassSilence: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": MassSilenceEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveProgramUpdated: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": ProgramEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveProgramRemoved: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": ProgramRemovedEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveKeyCreated: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": KeyEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveKeyRotated: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": KeyEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveKeyRevoked: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": KeyEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveWebhookCreated: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": WebhookEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveWebhookUpdated: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": WebhookEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveWebhookDeleted: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": WebhookEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveWebhookDisabled: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": WebhookEventDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveWebhookTest: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the delivery, the same in every attempt. */
                "webhook-id": string;
                /** @description When the attempt was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": WebhookTestDelivery;
            };
        };
        responses: {
            /** @description The receiver wants no more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was received. The body is not read. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not received, and is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
/** The kinds of problems: the last part of a problem's type. */
export type ProblemKind =
    | "invalid-request"
    | "session-required"
    | "unauthenticated"
    | "forbidden"
    | "csrf-refused"
    | "route-not-found"
    | "session-not-found"
    | "program-not-found"
    | "key-not-found"
    | "pattern-not-found"
    | "state-version-not-found"
    | "mass-silence-not-found"
    | "account-not-found"
    | "task-not-found"
    | "message-not-found"
    | "invitation-not-found"
    | "web-session-not-found"
    | "authorization-request-not-found"
    | "question-not-found"
    | "webhook-not-found"
    | "push-subscription-not-found"
    | "problem-not-found"
    | "method-not-allowed"
    | "key-not-rotatable"
    | "invitation-of-another-kind"
    | "session-limit-reached"
    | "session-of-another-program"
    | "session-superseded"
    | "webhook-limit-reached"
    | "account-limit-reached"
    | "program-being-removed"
    | "removal-refused"
    | "idempotency-key-reused"
    | "session-not-live"
    | "task-taken"
    | "task-not-claimed"
    | "claim-lapsed"
    | "task-expired"
    | "task-completed"
    | "question-answered"
    | "question-closed"
    | "state-full"
    | "invitation-closed"
    | "events-gone"
    | "version-mismatch"
    | "body-too-large"
    | "request-too-slow"
    | "headers-too-large"
    | "unsupported-media-type"
    | "too-many-requests"
    | "internal-error"
    | "unavailable";

// Generated from openapi/*.yaml by `make generate`. Do not edit.
export const PROBLEMS = {
  "invalid-request": {
    "status": 400,
    "title": "The request is not valid",
    "meaning": "A field has the wrong type, length, form or name, or the body is not JSON. Nothing was written.",
    "remedy": "Look at errors. Each entry names a field and says what would be right.",
    "sometimes": [
      "errors"
    ]
  },
  "session-required": {
    "status": 400,
    "title": "The program's writes must name their session",
    "meaning": "An admin requires every write of this program to name its session, so that one that was taken over cannot write. The request named none. Nothing was written.",
    "remedy": "Send sessionId with the id of your session, not current. Each write takes it.",
    "always": [
      "errors"
    ]
  },
  "unauthenticated": {
    "status": 401,
    "title": "A valid key is needed",
    "meaning": "The request carried no key, or one that is unknown, expired or revoked; or an invitation's code that is unknown.",
    "remedy": "Send Authorization: Bearer fb_<keyId>_<secret>. An admin makes keys with POST /v1/keys."
  },
  "forbidden": {
    "status": 403,
    "title": "The key may not do this",
    "meaning": "The key is valid but its role or program does not allow the operation. Nothing was written.",
    "remedy": "Use a key of the right role or program. GET /v1/me tells what a key is."
  },
  "csrf-refused": {
    "status": 403,
    "title": "The request may be forged",
    "meaning": "A request with a cookie lacked the right X-CSRF-Token, or was sent by a page of another site. Nothing was written.",
    "remedy": "Send the csrfToken of signIn or GET /v1/me as X-CSRF-Token, from a page of this server. Programs use Authorization: Bearer instead."
  },
  "route-not-found": {
    "status": 404,
    "title": "There is nothing at this address",
    "meaning": "No operation has this path.",
    "remedy": "See /docs for every path."
  },
  "session-not-found": {
    "status": 404,
    "title": "There is no such session",
    "meaning": "No session of this account has the id, or the program has no live session.",
    "remedy": "Create the session first (createSession)."
  },
  "program-not-found": {
    "status": 404,
    "title": "There is no such program",
    "meaning": "No program of this account has the id.",
    "remedy": "Check the spelling. A program exists from the moment that a key is made for it."
  },
  "key-not-found": {
    "status": 404,
    "title": "There is no such key",
    "meaning": "No key of this account has the id.",
    "remedy": "GET /v1/keys lists the keys."
  },
  "pattern-not-found": {
    "status": 404,
    "title": "There is no such pattern",
    "meaning": "The program has learned no pattern with this id, or it was removed.",
    "remedy": "Use listPatterns with the status all. It lists every pattern."
  },
  "state-version-not-found": {
    "status": 404,
    "title": "There is no such version of the state",
    "meaning": "The state never had this version, or it is kept no longer. The newest 100 are kept, and of those before the last of each day for 30 days.",
    "remedy": "Use listStateVersions. It lists the versions that are kept."
  },
  "mass-silence-not-found": {
    "status": 404,
    "title": "There is no mass silence",
    "meaning": "No sessions of this account are spared from archival now.",
    "remedy": "Nothing needs to be done."
  },
  "account-not-found": {
    "status": 404,
    "title": "There is no such account",
    "meaning": "No account of this server has the id.",
    "remedy": "GET /v1/accounts lists the accounts."
  },
  "task-not-found": {
    "status": 404,
    "title": "There is no such task",
    "meaning": "No task of this account has the id.",
    "remedy": "GET /v1/tasks lists the tasks."
  },
  "message-not-found": {
    "status": 404,
    "title": "There is no such message",
    "meaning": "No message of this account has the id, or it was neither sent by the program nor to it.",
    "remedy": "GET /v1/messages lists the inbox, GET /v1/messages/sent what was sent."
  },
  "invitation-not-found": {
    "status": 404,
    "title": "There is no such invitation",
    "meaning": "No invitation of this account has the id, or it was closed more than a day ago.",
    "remedy": "GET /v1/invitations lists the invitations."
  },
  "web-session-not-found": {
    "status": 404,
    "title": "There is no such web session",
    "meaning": "No web session that the key may end has the id, or it has ended already.",
    "remedy": "GET /v1/web-sessions lists the web sessions."
  },
  "authorization-request-not-found": {
    "status": 404,
    "title": "Nobody asks to be let in here",
    "meaning": "No client waits under this id. Requests to be let in live for ten minutes, and only where OAuth is on.",
    "remedy": "Start again in the app that is to be connected."
  },
  "question-not-found": {
    "status": 404,
    "title": "No such question",
    "meaning": "The program has asked no question with this id, or it was deleted after its retention period.",
    "remedy": "Check the id. GET /v1/questions lists the questions that you may see."
  },
  "webhook-not-found": {
    "status": 404,
    "title": "There is no such webhook",
    "meaning": "No webhook of this account has the id.",
    "remedy": "GET /v1/webhooks lists the webhooks."
  },
  "push-subscription-not-found": {
    "status": 404,
    "title": "There is no such push subscription",
    "meaning": "The key in use has no push subscription with the id, or the browser is no longer known to its push service.",
    "remedy": "GET /v1/push-subscriptions tells those of the key."
  },
  "problem-not-found": {
    "status": 404,
    "title": "There is no such kind of problem",
    "meaning": "No problem's type has this name.",
    "remedy": "Follow the type of a problem as it was sent."
  },
  "method-not-allowed": {
    "status": 405,
    "title": "The method is not allowed here",
    "meaning": "The path exists but not with this method.",
    "remedy": "The header Allow names the methods."
  },
  "key-not-rotatable": {
    "status": 409,
    "title": "The key cannot be rotated any more",
    "meaning": "The key was rotated already, or it is revoked or expired.",
    "remedy": "Use the key that replaced it, or have an admin make a new one."
  },
  "invitation-of-another-kind": {
    "status": 409,
    "title": "The invitation grants something else",
    "meaning": "A browser wanted to sign in with an invitation for an agent, or an agent wanted a key for an invitation of a browser. The invitation is still open.",
    "remedy": "Open a browser's invitation as a link. Give an agent's to fleetbeat connect by --invite."
  },
  "session-limit-reached": {
    "status": 409,
    "title": "No session slot is free",
    "meaning": "The account's tier allows no further concurrent session. Stale, complete and archived sessions do not count.",
    "remedy": "Complete one of the sessions in inTheWay, or move the account to a higher tier.",
    "always": [
      "tier",
      "limit",
      "active",
      "inTheWay"
    ]
  },
  "session-of-another-program": {
    "status": 409,
    "title": "The session belongs to another program",
    "meaning": "A session with this id exists, of another program than the one that the request names. A session never changes its program. Nothing was written.",
    "remedy": "Leave out programId to update that session, or use another sessionId for a new one."
  },
  "session-superseded": {
    "status": 409,
    "title": "Another session has taken over",
    "meaning": "The session was handed over to a successor. It can write nothing any more.",
    "remedy": "Stop working. The session named in successor continues the work.",
    "always": [
      "successor"
    ]
  },
  "webhook-limit-reached": {
    "status": 409,
    "title": "The account has as many webhooks as it may have",
    "meaning": "An account may have 20 webhooks. Nothing was written.",
    "remedy": "Remove one that is not used any more.",
    "always": [
      "limit"
    ]
  },
  "account-limit-reached": {
    "status": 409,
    "title": "The account stores as much as it may",
    "meaning": "A limit on what an account or session stores is reached. limit has it, active how many there are. Nothing was written.",
    "remedy": "Finish, acknowledge or remove some of what detail names, or have the operator raise the setting that detail names.",
    "always": [
      "limit",
      "active"
    ]
  },
  "program-being-removed": {
    "status": 409,
    "title": "The program is being removed",
    "meaning": "An admin has removed the program of this id, and what it had is still being deleted. Nothing was written.",
    "remedy": "Use another id, or try again in a few minutes."
  },
  "removal-refused": {
    "status": 409,
    "title": "The key in use belongs to what is to be removed",
    "meaning": "No key removes its own program or account. Nothing was removed.",
    "remedy": "Use the key of another admin. An operator's own account can't be removed."
  },
  "idempotency-key-reused": {
    "status": 409,
    "title": "The Idempotency-Key came with another request",
    "meaning": "A key stands for one request, with one body. This one was sent with another before.",
    "remedy": "Use a new key for each new request, and the old one only to repeat the old request."
  },
  "session-not-live": {
    "status": 409,
    "title": "The session is not alive",
    "meaning": "The session is complete, archived or stale. It can hold no claim.",
    "remedy": "Send a heartbeat, with a live state if the session is complete, or name another session."
  },
  "task-taken": {
    "status": 409,
    "title": "Another session has the task",
    "meaning": "The session named in claimedSession has claimed the task and is alive.",
    "remedy": "Take another task. If you were working on this one, stop.",
    "always": [
      "claimedSession"
    ],
    "sometimes": [
      "claimedBy"
    ]
  },
  "task-not-claimed": {
    "status": 409,
    "title": "Nobody has claimed the task",
    "meaning": "The task waits for a claimant, so it cannot be released, nor be completed by a program.",
    "remedy": "Claim it first (claimTask)."
  },
  "claim-lapsed": {
    "status": 409,
    "title": "The claim has lapsed",
    "meaning": "The session that has claimed the task is no longer alive, so the task is free for others.",
    "remedy": "Send a heartbeat for that session or claim the task again, then repeat the call."
  },
  "task-expired": {
    "status": 409,
    "title": "The task has expired",
    "meaning": "Nobody has claimed the task within its ttlSeconds.",
    "remedy": "Take another task, or have its maker create it again."
  },
  "task-completed": {
    "status": 409,
    "title": "The task is completed",
    "meaning": "The task has ended. Nothing changes it any more.",
    "remedy": "Take another task. GET /v1/tasks/{taskId} shows the outcome."
  },
  "question-answered": {
    "status": 409,
    "title": "The question is answered already",
    "meaning": "The first answer wins, and there is one. The problem names who answered and when.",
    "remedy": "Read the question to see the answer.",
    "always": [
      "answeredBy",
      "answeredAt"
    ]
  },
  "question-closed": {
    "status": 409,
    "title": "The question is closed",
    "meaning": "It was withdrawn, it has expired, or its session has ended, so an answer would reach nobody.",
    "remedy": "Read the question to see its state. To tell the agent something, send its program a message."
  },
  "state-full": {
    "status": 409,
    "title": "The memory is full",
    "meaning": "A program keeps at most 1,000 patterns, and 256 kB in each other section of its state.",
    "remedy": "Remove what is no longer needed, then write again.",
    "sometimes": [
      "limit",
      "active"
    ]
  },
  "invitation-closed": {
    "status": 410,
    "title": "The invitation is no longer good",
    "meaning": "It was used or withdrawn, has expired after its ten minutes, or the key that created it is revoked or has expired. The detail says which.",
    "remedy": "Ask for another invitation. If you did not use it yourself, somebody else did; tell whoever invited you, so that its key gets revoked."
  },
  "events-gone": {
    "status": 410,
    "title": "The events behind this number are gone",
    "meaning": "What came after the given number is no longer kept, or the number was never given, as after a return to a backup.",
    "remedy": "Read what you show anew, and follow from now on, without Last-Event-ID and after.",
    "always": [
      "oldestEvent",
      "latestEvent"
    ]
  },
  "version-mismatch": {
    "status": 412,
    "title": "The state has changed since it was read",
    "meaning": "If-Match named an older version. Nothing was written.",
    "remedy": "Read the state again and repeat the change.",
    "always": [
      "currentVersion"
    ]
  },
  "body-too-large": {
    "status": 413,
    "title": "The body is too large",
    "meaning": "The body has more than 256 kB, more than 4 MB where a whole state is imported, or more than 16 kB where no key is needed. It was not read.",
    "remedy": "Send less at once."
  },
  "request-too-slow": {
    "status": 408,
    "title": "The request took too long to arrive",
    "meaning": "Its headers did not come within 15 seconds, or its body within a minute. Nothing was written, and the connection is closed.",
    "remedy": "Send the request again, on a new connection."
  },
  "headers-too-large": {
    "status": 431,
    "title": "The headers are too large",
    "meaning": "The address and the headers together have more than 16 kB. Nothing was read, and the connection is closed.",
    "remedy": "Send fewer or shorter headers, and a shorter address."
  },
  "unsupported-media-type": {
    "status": 415,
    "title": "The body has the wrong media type",
    "meaning": "The body is missing, is not application/json in UTF-8, or has a Content-Encoding.",
    "remedy": "Send Content-Type: application/json and no Content-Encoding."
  },
  "too-many-requests": {
    "status": 429,
    "title": "Too many requests",
    "meaning": "A budget is spent. Each key and each account may send so many reads and writes in a minute, each program so many writes of its state, each address so many keys that are refused.",
    "remedy": "Wait for as long as Retry-After says. The header RateLimit tells what remains of each budget.",
    "always": [
      "retryAfterSeconds"
    ],
    "sometimes": [
      "limit",
      "active"
    ]
  },
  "internal-error": {
    "status": 500,
    "title": "The server failed",
    "meaning": "Something unexpected happened. The cause is in the server's log and never in the answer.",
    "remedy": "Report the instance (the request id) to whoever runs the server."
  },
  "unavailable": {
    "status": 503,
    "title": "The service is not available right now",
    "meaning": "The database cannot be reached, did not answer in time or has no room left, another transaction holds what the request would change, or the server is starting or stopping. No request waits for the database for more than about 8 seconds.",
    "remedy": "Wait for as long as Retry-After says, then send it again with the same Idempotency-Key, because it may have been stored.",
    "always": [
      "retryAfterSeconds"
    ]
  }
} as const;

#!/usr/bin/env bash
# The six operations by curl, as a person tries them who has just started a server.
#
#   test/first-use.sh http://127.0.0.1:8787 "$(cat data/admin.key)"
set -euo pipefail
url=${1:?the base URL of a server} admin_key=${2:?an operator key of it}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# expect STATUS PATTERN CURL-ARGUMENT... : the answer has this status, and its body matches.
expect() {
  local status=$1 pattern=$2 got
  shift 2
  got=$(curl -sS -o "$folder/body" -w '%{http_code}' "$@")
  if [[ $got != "$status" ]] || ! grep -Eq "$pattern" "$folder/body"; then
    printf 'expected %s with %s, got %s:\n%s\n' "$status" "$pattern" "$got" "$(cat "$folder/body")" >&2
    exit 1
  fi
}

expect 200 '"ok"' "$url/healthz"
expect 200 '"ready"' "$url/readyz"

# A key for the first program.
expect 201 '"key":"fb_' "$url/v1/keys" -H "Authorization: Bearer $admin_key" \
  -H 'Content-Type: application/json' -d '{"programId": "builder"}'
key=$(sed -E 's/.*"key":"([^"]+)".*/\1/' "$folder/body")

# create_session
expect 201 '"state":"working"' "$url/v1/sessions" -H "Authorization: Bearer $key" \
  -H 'Content-Type: application/json' -d '{
    "name": "Auth refactor",
    "sessionId": "builder-session-1",
    "programId": "builder",
    "status": "Starting auth module review",
    "state": "working"
  }'

# update_session: a status, then a heartbeat only
expect 200 '"progress":75' -X PATCH "$url/v1/sessions/builder-session-1" -H "Authorization: Bearer $key" \
  -H 'Content-Type: application/json' -d '{
    "status": "Auth fix implemented. Running tests.",
    "progress": 75,
    "lastHeartbeat": true
  }'
expect 200 '"progress":75' -X PATCH "$url/v1/sessions/builder-session-1" -H "Authorization: Bearer $key" \
  -H 'Content-Type: application/json' -d '{"status": "Idle. Waiting for tasks.", "lastHeartbeat": true}'

# list_sessions
expect 200 '"sessionId":"builder-session-1"' "$url/v1/sessions?state=working&limit=20" -H "Authorization: Bearer $key"

# get_fleet_health, with the operator's key
expect 200 '"programId":"builder".*"heartbeatAge":"[0-9]+s"' "$url/v1/fleet/health" -H "Authorization: Bearer $admin_key"

# update_program_state, get_program_state
expect 200 '"version":1' -X PATCH "$url/v1/programs/builder/state" -H "Authorization: Bearer $key" \
  -H 'Content-Type: application/json' -d '{
    "sessionId": "builder-session-4",
    "contextSummary": {
      "lastTask": "Add input validation to /api/users",
      "activeWorkItems": ["validation-pr"],
      "handoffNotes": "PR #45 in review. Validation covers email, name, role fields.",
      "openQuestions": ["Should we validate phone number format?"]
    }
  }'
expect 200 '"lastTask":"Add input validation to /api/users"' "$url/v1/programs/builder/state" -H "Authorization: Bearer $key"

echo "The six operations answer at $url"

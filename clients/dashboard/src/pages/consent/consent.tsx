/** A client asks to be let in by OAuth: who it is, and as what the person lets it in. */
import type { components } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { fleetbeat, me } from '../../auth.ts';
import { TextField } from '../../components/field.tsx';
import { Loading } from '../../components/loading.tsx';
import { getFieldError, Problem } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { useServerQuery } from '../../live/use-server-query.ts';
import { PageLayout } from '../../shell/page.tsx';
import { ROLES, type Role } from '../keys/key-labels.ts';
import '../keys/keys.css';
import './consent.css';

type Request = components['schemas']['AuthorizationRequest'];

/** Paths below /oauth are the server's: the browser leaves the application for them. */
const refusalPath = (requestId: string) => `/oauth/consent/${encodeURIComponent(requestId)}/finish`;

export function Consent({ requestId }: { readonly requestId: string }) {
  const { value, error, reload } = useServerQuery(() => fleetbeat().authorizationRequest(requestId), [requestId]);
  return (
    <PageLayout title="Connect an app">
      {error != null && !value ? (
        <Problem error={error} retry={reload} />
      ) : value ? (
        <ConsentForm requestId={requestId} request={value} />
      ) : (
        <Loading what="the request" />
      )}
    </PageLayout>
  );
}

function ConsentForm({ requestId, request }: { readonly requestId: string; readonly request: Request }) {
  const [role, setRole] = useState<Role | undefined>(request.roles[0]);
  const [programId, setProgramId] = useState(request.programId ?? '');
  const { run, busy, error } = useMutation(async () => {
    if (!role) return;
    const program = role === 'program' ? { programId: programId.trim() } : {};
    const { continueAt } = await fleetbeat().approve(requestId, { role, ...program });
    location.replace(continueAt);
  });
  const name = request.clientName ?? request.clientHost ?? 'An app without a name';
  return (
    <form
      class="form card consent"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <p>
        <strong>{name}</strong> asks to use this fleet in your name, through MCP.
      </p>
      <dl class="consent-facts">
        <dt>Published by</dt>
        <dd>
          {request.clientHost === null ? (
            'nobody: it registered itself under this name'
          ) : (
            <code>{request.clientHost}</code>
          )}
        </dd>
        <dt>The answer goes to</dt>
        <dd>
          <code>{request.redirectHost}</code>
        </dd>
        <dt>You are</dt>
        <dd>
          {me.value?.label ?? me.value?.keyId}, {me.value?.role} of {me.value?.accountName}
        </dd>
      </dl>
      <p class="hint">Go on only if you have just started this in the app yourself and know this address.</p>
      {request.roles.length === 0 && <p class="problem">Your key may not give what this app asks for.</p>}
      <fieldset class="roles">
        <legend>It may act as</legend>
        {ROLES.filter((each) => request.roles.includes(each.role)).map((each) => (
          <label key={each.role} class="role-choice">
            <input
              type="radio"
              name="role"
              value={each.role}
              checked={role === each.role}
              onChange={() => setRole(each.role)}
            />
            <span>
              <strong>{each.name}</strong> <span class="hint">{each.about}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {role === 'program' && (
        <TextField
          label="Program"
          required
          maxLength={100}
          value={programId}
          readOnly={request.programId !== null}
          placeholder="builder"
          autocapitalize="off"
          spellcheck={false}
          fault={getFieldError(error, 'programId')}
          hint="The name that it acts under. A new name makes a new program."
          onInput={(event) => setProgramId(event.currentTarget.value)}
        />
      )}
      {error != null && <Problem error={error} />}
      <p class="hint">
        It stays connected for up to 90 days, and ends with the key that you are signed in with. Revoke it under Keys at
        any time.
      </p>
      <div class="row">
        <button type="submit" class="button primary" disabled={busy || !role}>
          {busy ? 'Connecting…' : 'Allow'}
        </button>
        <button type="button" class="button" disabled={busy} onClick={() => location.replace(refusalPath(requestId))}>
          Refuse
        </button>
      </div>
    </form>
  );
}

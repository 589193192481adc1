/** Sign-in by a key, or by the code of an invitation. */
import { FleetbeatError } from '@fleetbeat/client';
import { useEffect, useState } from 'preact/hooks';
import { fleetbeat, signIn, signInError } from '../auth.ts';
import { TextField } from '../components/field.tsx';
import { Problem } from '../components/problem.tsx';
import { useMutation } from '../live/use-mutation.ts';
import { useDocumentTitle } from '../shell/use-document-title.ts';
import { Wordmark } from '../shell/wordmark.tsx';

/** Where people sign in with their organisation's account; undefined while unknown, and when that is off. */
function useOrganisationSignIn(): string | undefined {
  const [path, setPath] = useState<string>();
  useEffect(() => {
    // Without an answer there is the key.
    fleetbeat()
      .server.index()
      .then((index) => setPath(index.organisationSignIn))
      .catch(() => undefined);
  }, []);
  return path;
}

export function SignIn() {
  const organisation = useOrganisationSignIn();
  useDocumentTitle('Sign in');
  const { run, busy, error } = useMutation(signIn);
  const refused = error instanceof FleetbeatError && error.status === 401;
  return (
    <main class="door">
      <Wordmark />
      <h1>Sign in</h1>
      {signInError.value != null && (
        <>
          <Problem error={signInError.value} />
          <p class="hint">
            A link is good once, for ten minutes. A signed-in browser makes one in its settings, and a restart of the
            server prints one. A key works at any time.
          </p>
        </>
      )}
      {organisation !== undefined && (
        <a class="button primary" href={`${organisation}?to=${encodeURIComponent(location.pathname)}`}>
          Sign in with your organisation
        </a>
      )}
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void run(String(new FormData(event.currentTarget).get('key')).trim());
        }}
      >
        <TextField
          label="Key or code"
          name="key"
          type="password"
          autocomplete="current-password"
          spellcheck={false}
          autocapitalize="off"
          required
          placeholder="fb_…"
          hint={
            <>
              The server's operator key is in <code>data/admin.key</code> beside its database. Any other valid key shows
              what its role may see.
            </>
          }
          fault={refused ? 'This key or code is not valid here. It may be mistyped, revoked or expired.' : null}
        />
        {error != null && !refused && <Problem error={error} />}
        <button type="submit" class={organisation === undefined ? 'button primary' : 'button'} disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}

/** Sign-in by a key, or by the code of an invitation. */
import { FleetbeatError } from '@fleetbeat/client';
import { signIn, signInError } from '../auth.ts';
import { TextField } from '../components/field.tsx';
import { Problem } from '../components/problem.tsx';
import { useMutation } from '../live/use-mutation.ts';
import { useDocumentTitle } from '../shell/use-document-title.ts';
import { Wordmark } from '../shell/wordmark.tsx';

export function SignIn() {
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
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}

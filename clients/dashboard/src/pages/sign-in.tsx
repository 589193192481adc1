/** Sign-in by a key. */
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
        <p class="problem" role="alert">
          This sign-in link is used up or too old: each is good once, for ten minutes. A restart of the server prints a
          new one. A key works at any time.
        </p>
      )}
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void run(String(new FormData(event.currentTarget).get('key')).trim());
        }}
      >
        <TextField
          label="Key"
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
          fault={refused ? 'This key is not valid here. It may be mistyped, revoked or expired.' : null}
        />
        {error != null && !refused && <Problem error={error} />}
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}

/** Shown when the application starts while the server is unreachable. Tries again by itself. */
import { useEffect } from 'preact/hooks';
import { restoreSignIn, signInError } from '../auth.ts';
import { Problem } from '../components/problem.tsx';
import { useDocumentTitle } from '../shell/use-document-title.ts';
import { Wordmark } from '../shell/wordmark.tsx';

const RETRY_MS = 3_000;

export function Unreachable() {
  useDocumentTitle('Not connected');
  useEffect(() => {
    const retry = () => void restoreSignIn();
    // A screen on the wall has nobody who presses the button.
    const timer = setInterval(retry, RETRY_MS);
    addEventListener('online', retry);
    return () => {
      clearInterval(timer);
      removeEventListener('online', retry);
    };
  }, []);
  return (
    <main class="door">
      <Wordmark />
      <h1>Not connected</h1>
      <Problem error={signInError.value} retry={() => void restoreSignIn()} />
      <p class="faint" role="status">
        Trying again every few seconds…
      </p>
    </main>
  );
}

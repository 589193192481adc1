/** Shown when the application starts while the server is unreachable. */
import { useEffect } from 'preact/hooks';
import { restoreSignIn, signInError } from '../auth.ts';
import { Problem } from '../components/problem.tsx';
import { useDocumentTitle } from '../shell/use-document-title.ts';
import { Wordmark } from '../shell/wordmark.tsx';

export function Unreachable() {
  useDocumentTitle('Not connected');
  useEffect(() => {
    const retry = () => void restoreSignIn();
    addEventListener('online', retry);
    return () => removeEventListener('online', retry);
  }, []);
  return (
    <main class="door">
      <Wordmark />
      <h1>Not connected</h1>
      <Problem error={signInError.value} retry={() => void restoreSignIn()} />
    </main>
  );
}

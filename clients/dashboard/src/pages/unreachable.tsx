/** The start without a server: the application is there, what it shows is not. */
import { useEffect } from 'preact/hooks';
import { Problem } from '../parts/problem.tsx';
import { resume, sessionError } from '../session.ts';
import { useTitle } from '../shell/title.ts';
import { Wordmark } from '../shell/wordmark.tsx';

export function Unreachable() {
  useTitle('Not connected');
  useEffect(() => {
    const again = () => void resume();
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, []);
  return (
    <main class="door">
      <Wordmark />
      <h1>Not connected</h1>
      <Problem error={sessionError.value} retry={() => void resume()} />
    </main>
  );
}

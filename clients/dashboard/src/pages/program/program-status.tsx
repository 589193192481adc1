/** The current status of a program, and its actions. */

import { fleetbeat, isAdmin, mayWrite } from '../../auth.ts';
import { Age } from '../../components/age.tsx';
import { RowBadges } from '../../components/badge.tsx';
import { Fact } from '../../components/fact.tsx';
import { Icon } from '../../components/icon.tsx';
import { ContextGauge, Progress } from '../../components/meter.tsx';
import { Problem } from '../../components/problem.tsx';
import { updateProgramFacts } from '../../live/fleet-store.ts';
import type { ProgramRow } from '../../live/program-row.ts';
import { useMutation } from '../../live/use-mutation.ts';
import { NeedDetails } from '../home/need-details.tsx';
import { useOpenQuestions } from '../home/use-open-questions.ts';

export function ProgramStatus({ row }: { readonly row: ProgramRow }) {
  const { programId, paused, session } = row;
  const pause = useMutation(async () => {
    const { paused: is } = await fleetbeat().programs.update(programId, { paused: !paused });
    updateProgramFacts(programId, { paused: is });
  });
  const query = encodeURIComponent(programId);
  const questions = useOpenQuestions();
  return (
    <section class="card program-now" aria-label="Now">
      <div class="program-badges row">
        <RowBadges row={row} />
        {row.displayName !== programId && <code>{programId}</code>}
      </div>
      {session && row.needs.length > 0 && (
        <NeedDetails session={session} questions={questions.value?.get(session.sessionId) ?? []} />
      )}
      <dl class="facts">
        <Fact name="Heartbeat">
          {row.heartbeatAt === null ? (
            'never'
          ) : (
            <>
              <Age at={row.heartbeatAt} /> ago
            </>
          )}
        </Fact>
        <Fact name="Progress">
          <Progress percent={session?.progress ?? null} />
        </Fact>
        <Fact name="Context used">
          <ContextGauge percent={row.contextPercent} />
        </Fact>
        {row.pendingTasks !== null && <Fact name="Pending tasks">{row.pendingTasks}</Fact>}
        {row.pendingMessages !== null && <Fact name="Unread messages">{row.pendingMessages}</Fact>}
      </dl>
      {mayWrite() && (
        <div class="form-actions">
          <a class="button" href={`/messages?program=${query}&new=${query}`}>
            <Icon name="message" /> Send a message
          </a>
          <a class="button" href={`/tasks?target=${query}&new=${query}`}>
            <Icon name="task" /> Create task
          </a>
          {isAdmin() && (
            <button type="button" class="button" disabled={pause.busy} onClick={() => void pause.run()}>
              <Icon name="clock" /> {paused ? 'Resume' : 'Pause'}
            </button>
          )}
        </div>
      )}
      {paused && <p class="faint">It is asked to pause with each heartbeat. Stopping its work is up to the agent.</p>}
      {pause.error != null && <Problem error={pause.error} />}
    </section>
  );
}

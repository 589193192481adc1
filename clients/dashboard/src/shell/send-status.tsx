/** On every page: what is about to be sent, with the way back, and what could not be sent. */
import { Age } from '../components/age.tsx';
import { explainError } from '../components/problem.tsx';
import { dismissFailure, failedSends, isTooLate, pendingSends, undoSend } from '../live/pending-sends.ts';

export const SendStatus = () => (
  <div class="send-status">
    <div role="status">
      {pendingSends.value.map(({ id, text }) => (
        <p key={id} class="send-line">
          <span dir="auto">“{text}” is sent in a moment.</span>
          <button type="button" class="button small" onClick={() => undoSend(id)}>
            Undo
          </button>
        </p>
      ))}
    </div>
    {failedSends.value.map((failure) => (
      <div key={failure.id} class="send-line" data-failed role="alert">
        <p>
          <Reason error={failure.error} about={failure.about} /> Your answer “{failure.text}” was not sent.
        </p>
        <button type="button" class="button small" onClick={() => dismissFailure(failure)}>
          Close
        </button>
      </div>
    ))}
  </div>
);

function Reason({ error, about }: { readonly error: unknown; readonly about: string }) {
  if (!isTooLate(error)) {
    const { title, advice } = explainError(error);
    return (
      <>
        {title}. {advice}
      </>
    );
  }
  const { answeredBy, answeredAt } = error.problem;
  if (answeredBy === undefined || answeredAt === undefined)
    return <>“{about}” is closed: it was withdrawn, has expired, or its session has ended.</>;
  return (
    <>
      {answeredBy} was faster and answered “{about}” <Age at={answeredAt} /> ago.
    </>
  );
}

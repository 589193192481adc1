/** What may be done about a pattern: by the program all, by admins all but saying that it proved true. */
import { useState } from 'preact/hooks';
import { useAct } from '../../live/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Problem } from '../../parts/problem.tsx';
import { isOwn, mayManage } from '../../rights.ts';
import { fleetbeat } from '../../session.ts';
import type { PatternProps } from './pattern-card.tsx';
import { Supersede } from './supersede.tsx';

export function PatternActions(props: PatternProps) {
  const { programId, pattern, changed } = props;
  const { id, promoted, status } = pattern;
  const [asked, setAsked] = useState<'refute' | 'supersede' | 'remove' | null>(null);
  const act = useAct(async (write: () => Promise<unknown>) => {
    await write();
    changed();
  });
  if (!mayManage(programId)) return null;
  const { patterns } = fleetbeat();
  const close = () => {
    setAsked(null);
    changed();
  };
  const button = (text: string, onClick: () => void) => (
    <button type="button" class="button small" disabled={act.busy} onClick={onClick}>
      {text}
      <span class="unseen"> {id}</span>
    </button>
  );
  return (
    <>
      <div class="row pattern-actions">
        {status === 'active' &&
          isOwn(programId) &&
          button('Proved true again', () => void act.run(() => patterns.reinforce(programId, id)))}
        {status === 'active' &&
          button(promoted ? 'Take promotion back' : 'Promote', () =>
            act.run(() => patterns.promote(programId, id, { promoted: !promoted })),
          )}
        {status === 'active' && button('Supersede', () => setAsked('supersede'))}
        {status === 'active'
          ? button('Refute', () => setAsked('refute'))
          : button('It holds again', () => act.run(() => patterns.setStatus(programId, id, { status: 'active' })))}
        {button('Remove', () => setAsked('remove'))}
      </div>
      {act.error != null && <Problem error={act.error} />}
      {asked === 'supersede' && <Supersede {...props} onClose={close} />}
      {asked === 'refute' && (
        <Confirm
          title="Refute this pattern?"
          verb="Refute"
          act={() => patterns.setStatus(programId, id, { status: 'refuted' })}
          onClose={close}
        >
          <p>It is kept as a warning, and never handed to a booting session. You can say later that it holds again.</p>
          <blockquote class="quoted prose">{pattern.pattern}</blockquote>
        </Confirm>
      )}
      {asked === 'remove' && (
        <Confirm
          danger
          title="Remove this pattern?"
          verb="Remove"
          act={() => patterns.remove(programId, id)}
          onClose={close}
        >
          <p>
            It is gone from the memory; only going back to an earlier version brings it back. To keep it as a warning,
            refute it.
          </p>
          <blockquote class="quoted prose">{pattern.pattern}</blockquote>
        </Confirm>
      )}
    </>
  );
}

/** Who is signed in, and the way out. */
import { Icon } from '../parts/icon.tsx';
import { me, signOut } from '../session.ts';

export function Identity() {
  if (!me.value) return null;
  const { accountName, role, label, programId } = me.value;
  return (
    <div class="identity">
      <p>
        <span class="identity-name">{label ?? programId ?? accountName}</span>
        <span class="faint">
          {role} of {accountName}
        </span>
      </p>
      <button type="button" class="button quiet icon-only" aria-label="Sign out" onClick={() => void signOut()}>
        <Icon name="leave" />
      </button>
    </div>
  );
}

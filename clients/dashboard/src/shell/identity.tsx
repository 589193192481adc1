/** Who is signed in, the theme, and the way out. */
import { useAct } from '../live/act.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { me, signOut } from '../session.ts';
import { chooseTheme, THEMES, type Theme, theme } from './theme.ts';

const SIGNS: Record<Theme, IconName> = { system: 'device', light: 'sun', dark: 'moon' };
const nextOf = (current: Theme): Theme => THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? 'system';

export function Identity() {
  const out = useAct(signOut);
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
      <button
        type="button"
        class="button quiet icon-only"
        aria-label={`Theme: ${theme.value}. Change to ${nextOf(theme.value)}`}
        title={`Theme: ${theme.value}`}
        onClick={() => chooseTheme(nextOf(theme.value))}
      >
        <Icon name={SIGNS[theme.value]} />
      </button>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label="Sign out"
        title="Sign out"
        disabled={out.busy}
        onClick={() => void out.run()}
      >
        <Icon name="leave" />
      </button>
    </div>
  );
}

/** Asks before this browser is signed out: a phone comes back only with a key or an invitation. */
import { signOut } from '../auth.ts';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';

export const SignOutDialog = ({ onClose }: { readonly onClose: () => void }) => (
  <ConfirmDialog title="Sign out of this browser?" confirmLabel="Sign out" action={signOut} onClose={onClose}>
    <p>You need a key, or an invitation, to sign in again.</p>
  </ConfirmDialog>
);

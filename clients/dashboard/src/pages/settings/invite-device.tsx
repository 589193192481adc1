/** Signs another device in, without a key: a QR code and a link, good once, for ten minutes. */
import type { components } from '@fleetbeat/client';
import { useEffect, useState } from 'preact/hooks';
import { fleetbeat, me } from '../../auth.ts';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Select, TextField } from '../../components/field.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { getGrantableRoles, type Role } from '../keys/key-labels.ts';

type NewInvitation = components['schemas']['NewInvitation'];

const LOOPBACK = /^(localhost|127\.|\[::1\])/;
/** How often it is asked whether the code was used. */
const POLL_MS = 2_000;

export function InviteDevice({ onClose }: { readonly onClose: () => void }) {
  const [invitation, setInvitation] = useState<NewInvitation | null>(null);
  const [address, setAddress] = useState(location.origin);
  const roles = getGrantableRoles(me.value?.role ?? 'program').filter(({ role }) => role !== 'program');
  const [role, setRole] = useState<Role>('admin');
  const mutation = useMutation(async () => {
    setInvitation(await fleetbeat().invitations.create({ grants: 'web-session', role, typedCode: true }));
  });
  return (
    <Dialog title="Sign in another device" onClose={onClose}>
      {invitation ? (
        <ShowInvitation invitation={invitation} address={address} onClose={onClose} />
      ) : (
        <DialogForm mutation={mutation} submit={mutation.run} submitLabel="Show the code" onClose={onClose}>
          <Select
            label="Role"
            choices={roles.map(({ role: value, name, about }) => ({ value, label: `${name}: ${about}` }))}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          />
          <TextField
            label="Address"
            type="url"
            value={address}
            spellcheck={false}
            hint={
              LOOPBACK.test(new URL(location.origin).host)
                ? 'Another device cannot reach this address. Write the one by which it reaches this server, such as http://192.168.1.20:8787.'
                : 'The address by which the other device reaches this server.'
            }
            onInput={(event) => setAddress(event.currentTarget.value)}
          />
        </DialogForm>
      )}
    </Dialog>
  );
}

interface ShowInvitationProps {
  readonly invitation: NewInvitation;
  readonly address: string;
  readonly onClose: () => void;
}

function ShowInvitation({ invitation, address, onClose }: ShowInvitationProps) {
  const [state, setState] = useState<components['schemas']['InvitationState']>('open');
  const { invitationId, code, typedCode } = invitation;
  useEffect(() => {
    if (state !== 'open') return;
    const timer = setInterval(async () => {
      // A lost answer changes nothing: it is asked again.
      const read = await fleetbeat()
        .invitations.get(invitationId)
        .catch(() => null);
      if (read) setState(read.state);
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [invitationId, state]);
  const link = `${address.trim().replace(/\/+$/, '')}/#link=${code}`;
  return (
    <>
      {state === 'open' ? (
        <>
          <p>Point the camera of the other device at this code. It is good once, for ten minutes.</p>
          <QrCode text={link} label="The link below, as a QR code" />
          <CopyableCode what="link" text={link} />
          {typedCode !== null && (
            <p class="hint">
              Or open {address} there and type <strong>{typedCode}</strong>.
            </p>
          )}
        </>
      ) : (
        <p role="status">
          {state === 'used'
            ? 'The other device is signed in.'
            : 'This code is no longer good. Close, and make another one.'}
        </p>
      )}
      <div class="dialog-actions">
        <button type="button" class="button primary" onClick={onClose}>
          Done
        </button>
      </div>
    </>
  );
}

/** Connects an agent with one command: choose it, name it, copy, and wait for its first heartbeat. */
import { useState } from 'preact/hooks';
import { fleetbeat } from '../../auth.ts';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { Select, TextField } from '../../components/field.tsx';
import { getFieldError, Problem } from '../../components/problem.tsx';
import { rows } from '../../live/fleet-store.ts';
import { useMutation } from '../../live/use-mutation.ts';
import { AGENT_CHOICES, getInvitedCommand } from './connect-options.ts';

interface Invited {
  readonly programId: string;
  readonly command: string;
}

export function InviteAgent() {
  const [agent, setAgent] = useState('claude-code');
  const [name, setName] = useState('');
  const [invited, setInvited] = useState<Invited | null>(null);
  const mutation = useMutation(async () => {
    const programId = name.trim();
    const [{ version }, { code }] = await Promise.all([
      fleetbeat().server.live(),
      fleetbeat().invitations.create({ programId }),
    ]);
    setInvited({ programId, command: getInvitedCommand(location.origin, version, agent, code) });
  });
  return (
    <>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void mutation.run();
        }}
      >
        <Select
          label="Agent"
          choices={AGENT_CHOICES}
          value={agent}
          onChange={(event) => setAgent(event.currentTarget.value)}
        />
        <TextField
          label="Name"
          hint="How it appears here. One name for a project is usual: its memory belongs to the name."
          required
          maxLength={100}
          pattern="[A-Za-z0-9][A-Za-z0-9._:\-]*"
          placeholder="builder"
          autocapitalize="off"
          autocomplete="off"
          spellcheck={false}
          value={name}
          fault={getFieldError(mutation.error, 'programId')}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        {mutation.error != null && <Problem error={mutation.error} />}
        <p>
          <button type="submit" class="button primary" disabled={mutation.busy || name.trim() === ''}>
            {invited ? 'Create another command' : 'Create the command'}
          </button>
        </p>
      </form>
      {invited && <Waiting {...invited} />}
    </>
  );
}

function Waiting({ programId, command }: Invited) {
  const isConnected = rows.value.some((row) => row.programId === programId && row.heartbeatAt !== null);
  return (
    <>
      <p>
        Paste this into a terminal, in the folder of the project. It works once, for ten minutes, and shows what it
        would change before it does. Then start the agent.
      </p>
      <CopyableCode what="the command" text={command} />
      <p role="status">
        {isConnected ? <strong>{programId} is connected.</strong> : 'Waiting for the first heartbeat…'}
      </p>
    </>
  );
}

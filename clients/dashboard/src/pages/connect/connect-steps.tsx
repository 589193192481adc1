/** The ways to connect an agent, each with a copy button. */

import { isAdmin } from '../../auth.ts';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { getConnectOptions } from './connect-options.ts';

interface ConnectStepsProps {
  /** The heading level, one below that of the surrounding section. */
  readonly heading: 'h2' | 'h3';
}

export const ConnectSteps = ({ heading: Heading }: ConnectStepsProps) => (
  <ol class="steps">
    <li>
      <Heading>Create a key for it</Heading>
      <p>
        {isAdmin() ? (
          <>
            A key speaks for one program, a named agent such as <code>builder</code>. <a href="/keys">Create one</a>,
            then set it where the agent runs: <code>export FLEETBEAT_KEY=fb_…</code>
          </>
        ) : (
          <>
            Ask an admin for a key, then set it where the agent runs: <code>export FLEETBEAT_KEY=fb_…</code>
          </>
        )}
      </p>
    </li>
    {getConnectOptions(location.origin).map(({ name, about, text }, index) => (
      <li key={name}>
        <Heading>
          {index > 0 && <span class="faint">or </span>}
          {name}
        </Heading>
        <p>{about}</p>
        <CopyableCode what={name} text={text} />
      </li>
    ))}
  </ol>
);

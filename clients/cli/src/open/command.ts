import { spawn } from 'node:child_process';
import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';
import { INVITED_ROLES, inviteBrowser, toLink } from '../invite-browser.ts';

export const command = defineCommand({
  summary: "Sign this machine's browser in, and open the dashboard",
  description:
    'Needs an admin key. The link is good once, for ten minutes; where no browser can be opened it is printed.',
  options: {
    role: {
      type: 'text',
      value: 'role',
      choices: INVITED_ROLES,
      summary: 'the role of the browser; else that of the key',
    },
    print: { type: 'flag', summary: 'print the link, and open nothing' },
  },
  examples: [
    ['fleetbeat open', 'Opens the dashboard'],
    ['fleetbeat open --role auditor --print', 'A link for somebody who only looks'],
  ],
  run: async (call) => {
    const { role, print } = call.options;
    const { invitation, url } = await inviteBrowser(call as Call, role, 'fleetbeat open');
    const link = toLink(url, invitation.code);
    const opened = !print && (await openBrowser(link));
    call.print({ ...invitation, link, opened }, () =>
      opened ? `The browser signs in at ${url}` : `${link}\nIt is good once, for ten minutes.`,
    );
  },
});

/** False when the system has no way to open a link. The link is never part of a shell command. */
function openBrowser(link: string): Promise<boolean> {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  return new Promise((resolve) => {
    const child = spawn(opener, [link], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0 || process.platform === 'win32'));
  });
}

import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { INVITED_ROLES, inviteBrowser, toLink } from '../invite-browser.ts';
import { findReachableAddress, isLoopback } from './reachable-address.ts';

export const command = defineCommand({
  summary: 'Show a QR code that signs a phone in',
  description: [
    'Needs an admin key. The code is good once, for ten minutes. A phone needs an address by which it reaches the server:',
    "of a server on this machine it is found among the machine's own, if the server listens there (HOST=0.0.0.0).",
  ].join('\n'),
  options: {
    role: {
      type: 'text',
      value: 'role',
      choices: INVITED_ROLES,
      summary: 'the role of the phone; else that of the key',
    },
    address: { type: 'text', value: 'address', summary: 'the address by which the phone reaches the server' },
  },
  examples: [
    ['fleetbeat pair', 'Point the camera of the phone at it'],
    [
      'fleetbeat pair --role auditor --address https://fleet.example',
      'A server behind a proxy, for somebody who only looks',
    ],
  ],
  run: async (call) => {
    const { role, address } = call.options;
    const { url } = call.settings();
    const reachable = address?.replace(/\/+$/, '') ?? (isLoopback(url) ? await findReachableAddress(url) : url);
    if (reachable === null)
      throw new Failure(
        `A phone cannot reach ${url}: the server listens on this machine alone`,
        EXIT.failed,
        'Start it with HOST=0.0.0.0, or put a proxy before it and name that by --address',
      );
    const { invitation } = await inviteBrowser(call as Call, role, 'fleetbeat pair');
    const link = toLink(reachable, invitation.code);
    const { formatQrCode } = await import('./qr-code.ts');
    call.print({ ...invitation, link }, () =>
      [
        formatQrCode(link),
        link,
        `It is good once, for ten minutes. Or open ${reachable} there and type ${invitation.typedCode}`,
      ].join('\n'),
    );
  },
});

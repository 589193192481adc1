/** The settings of OAuth: where clients find this server, and which of them may come. */
import { parseOnOff, parsePublicUrl } from './config-parsers.ts';
import type { Setting } from './config-setting.ts';

export const OAUTH_SETTINGS = {
  publicUrl: {
    env: 'FLEETBEAT_PUBLIC_URL',
    default: '',
    parse: parsePublicUrl,
    expected: 'the address of this server as browsers see it, such as https://fleet.example; http:// only for loopback',
    description:
      'The address under which people and agents reach this server, for example `https://fleet.example`. MCP clients then [connect by it alone](connect-by-url.md). Without it that works on this machine only.',
    group: 'network',
  },
  clientRegistration: {
    env: 'FLEETBEAT_OAUTH_REGISTRATION',
    default: 'on',
    parse: parseOnOff,
    expected: 'on or off',
    description:
      '`off` refuses MCP clients that register themselves (RFC 7591). Clients that publish their metadata at an address of theirs can connect all the same.',
    group: 'access',
  },
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

import { afterEach, describe, expect, test, vi } from 'vitest';
import { createFleetbeat, type Fetch } from './index.ts';

afterEach(() => vi.unstubAllEnvs());

/** Where a client sends its first request, and with which key. */
async function findTarget(options: Parameters<typeof createFleetbeat>[0]) {
  const sent: unknown[] = [];
  const fetch: Fetch = async (url, { headers }) => {
    sent.push(url, (headers as Record<string, string>)['authorization']);
    return Response.json({});
  };
  await createFleetbeat({ ...options, fetch }).me();
  return sent;
}

describe('the environment', () => {
  test('has address and key', async () => {
    vi.stubEnv('FLEETBEAT_URL', 'https://fleet.example');
    vi.stubEnv('FLEETBEAT_KEY', 'fb_a_b');
    expect(await findTarget({})).toEqual(['https://fleet.example/v1/me', 'Bearer fb_a_b']);
    expect(await findTarget({ key: 'fb_c_d' })).toEqual(['https://fleet.example/v1/me', 'Bearer fb_c_d']);
  });

  test('gives its key to no other server', async () => {
    vi.stubEnv('FLEETBEAT_KEY', 'fb_a_b');
    expect(await findTarget({ baseUrl: 'https://other.example' })).toEqual(['https://other.example/v1/me', undefined]);
  });
});

describe('construction says at once', () => {
  test.each([{}, { key: '' }, { baseUrl: 'http://localhost', key: '' }])('that there is no key: %o', (options) => {
    vi.stubEnv('FLEETBEAT_KEY', undefined);
    expect(() => createFleetbeat(options)).toThrow('There is no key: set FLEETBEAT_KEY');
  });

  test.each(['localhost:8787', 'http://localhost/v1', 'http://localhost/mcp/'])(
    'that "%s" is no baseUrl',
    (baseUrl) => {
      expect(() => createFleetbeat({ baseUrl, key: 'fb_a_b' })).toThrow(`baseUrl is "${baseUrl}"`);
    },
  );
});

describe('a duration', () => {
  test.each(['2 min', '', '-1s', Number.NaN])('that is none is refused: %o', async (within) => {
    const fetch: Fetch = async () => Response.json({});
    const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key: 'fb_a_b', fetch });
    await expect(fleetbeat.me({ within: within as '2m' })).rejects.toThrow(TypeError);
  });
});

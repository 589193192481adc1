import { afterAll, beforeAll } from 'vitest';
import { startTestServer, type TestServer, type TestServerOptions } from './test-server.ts';

/**
 * A server for all tests of a file: started before them, closed after them. Use what it returns in tests and in later hooks;
 * before the server has started, every access throws. `stopClock` freezes the server's clock, so that only the test moves it.
 */
export function useTestServer({
  stopClock = false,
  ...options
}: TestServerOptions & { stopClock?: boolean } = {}): TestServer {
  let started: TestServer | undefined;
  beforeAll(async () => {
    started = await startTestServer(options);
    if (stopClock) started.clock.stop();
  });
  afterAll(() => started?.close());
  return new Proxy({} as TestServer, {
    get(_target, name) {
      if (!started) throw new Error(`The test server has not started: use '${String(name)}' in a test or a hook`);
      return Reflect.get(started, name);
    },
  });
}

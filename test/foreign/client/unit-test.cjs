// For Jest and vitest, which provide `test` and `expect`: the client's fake server, from CommonJS.
const { fakeFleetbeat } = require('@fleetbeat/client/testing');

test('a report outlives an outage', async () => {
  const fake = fakeFleetbeat();
  const session = await fake.client.boot('builder', { name: 'Auth refactor', onError: () => {} });
  fake.away('10s');
  session.beat({ progress: 40 });
  await fake.clock.tick('10m');
  expect(fake.sessions[0].progress).toBe(40);
  session.leave();
});

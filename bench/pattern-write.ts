/** Does the write of one pattern cost the same at 10 and at 1,000 stored ones? `tsx bench/pattern-write.ts <database url>` */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFleetbeat } from '../clients/typescript/src/index.ts';
import { readConfig } from '../server/config.ts';
import { openHouse } from '../server/house.ts';
import { openLog } from '../server/log.ts';

const ROUNDS = 5;
const WRITES = 150;
const adminKey = 'fb_measure_0123456789abcdef0123456789abcdef';
const config = readConfig({
  DATABASE_URL: process.argv[2] ?? 'sqlite::memory:',
  FLEETBEAT_ADMIN_KEY: adminKey,
  FLEETBEAT_LOG_LEVEL: 'silent',
});
const house = await openHouse(config, openLog(config.logLevel));
const server = createServer(house.app);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const admin = createFleetbeat({ baseUrl, key: adminKey });

const pattern = (id: string) => ({
  id,
  domain: 'auth',
  pattern: `Always validate ${id} before the role check`,
  evidence: 'Seen',
});

async function programWith(count: number) {
  const programId = `p-${count}`;
  const { key } = await admin.keys.create({ programId });
  const client = createFleetbeat({ baseUrl, key });
  for (let from = 0; from < count; from += 500) {
    const learnedPatterns = Array.from({ length: Math.min(500, count - from) }, (_, index) =>
      pattern(`k-${from + index}`),
    );
    await client.state.update(programId, { learnedPatterns });
  }
  return async (round: number): Promise<number[]> => {
    const times: number[] = [];
    for (let write = 0; write < WRITES; write += 1) {
      const id = write % 3 === 0 ? `n-${round}-${write}` : `k-${write % 9}`;
      const start = performance.now();
      await client.state.update(programId, { learnedPatterns: [pattern(id)] });
      times.push(performance.now() - start);
      if (write % 3 === 0) await client.patterns.remove(programId, id);
    }
    return times;
  };
}

const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
const few = await programWith(10);
const many = await programWith(998);
await few(99);
await many(99);
const [fewTimes, manyTimes]: [number[], number[]] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  fewTimes.push(...(await few(round)));
  manyTimes.push(...(await many(round)));
}
const [a, b] = [median(fewTimes), median(manyTimes)];
console.log(
  `at 10: ${a.toFixed(2)} ms · at 1,000: ${b.toFixed(2)} ms · ratio ${(b / a).toFixed(3)} (medians of ${fewTimes.length})`,
);
server.close();
server.closeAllConnections();
await house.close();

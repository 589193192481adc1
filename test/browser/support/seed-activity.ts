/** What a program did in the quarters of an hour before now, as the recorder would have stored it. */
import {
  ACTIVITY,
  addBits,
  QUARTER_MS,
  startOfDay,
  startOfQuarter,
} from '../../../server/domains/fleet/history-rules.ts';
import { connect } from '../../support/sql.ts';
import type { TestServer } from '../../support/test-server.ts';

const BITS: Readonly<Record<string, number>> = {
  a: ACTIVITY.asked,
  w: ACTIVITY.worked,
  s: ACTIVITY.silent,
  i: ACTIVITY.idle,
};

/** One letter for each quarter, as in the contract; the last one is that of now. */
export async function seedActivity(server: TestServer, programId: string, letters: string): Promise<void> {
  const { accountId } = await server.admin.me();
  const last = startOfQuarter(server.clock.now());
  const activity = new Map<number, string>();
  const observed = new Map<number, string>();
  for (const [index, letter] of [...letters].entries()) {
    const quarter = last - (letters.length - 1 - index) * QUARTER_MS;
    const day = startOfDay(quarter);
    activity.set(day, addBits(activity.get(day), quarter, BITS[letter] ?? 0));
    observed.set(day, addBits(observed.get(day), quarter, letter === '?' ? 0 : 1));
  }
  const sql = await connect(server.database);
  for (const [day, quarters] of activity)
    await sql.query('INSERT INTO program_activity (accountId, programId, day, quarters) VALUES (?, ?, ?, ?)', [
      ...[accountId, programId, day, quarters],
    ]);
  for (const [day, quarters] of observed) {
    await sql.query('DELETE FROM observed_days WHERE day = ?', [day]);
    await sql.query('INSERT INTO observed_days (day, quarters) VALUES (?, ?)', [day, quarters]);
  }
  await sql.close();
}

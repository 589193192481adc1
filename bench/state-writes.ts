/** Does the write of one pattern cost the same however many are stored, and is every acknowledged write still there? */
import { runBench } from './support/bench.ts';
import { openDatabase } from './support/database.ts';
import type { Findings, Goal, Table } from './support/findings.ts';
import { lostUpdates } from './support/lost-updates.ts';
import { compareWithMemoryServer } from './support/memory-comparison.ts';
import { installMemoryServer, MEMORY_SERVER } from './support/memory-server.ts';
import { measureWritesBySize } from './support/pattern-writes.ts';

await runBench(
  'state-writes',
  async (bench): Promise<Findings> => {
    const tables: Table[] = [];
    const goals: Goal[] = [];
    const sizes: (string | number)[][] = [];
    const losses: (string | number)[][] = [];
    const notes: string[] = [];
    const memory = await installMemoryServer(bench);
    for (const wanted of bench.options.databases) {
      const database = await openDatabase(bench, wanted);
      if (!database) continue;
      notes.push(`${database.name}: ${database.durability}.`);
      const found = await measureWritesBySize(bench, database);
      sizes.push(found.row);
      goals.push(...found.goals);
      losses.push(await lostUpdates.ours(bench, database));
    }
    if (memory) losses.push(await lostUpdates.memoryServer(bench));
    goals.push(
      ...losses
        .filter(([who]) => who !== MEMORY_SERVER)
        .map(
          ([who, , acknowledged, present]): Goal => ({
            name: `${who}: acknowledged writes that are there ÷ all`,
            value: Number(present) / Number(acknowledged),
            atLeast: 1,
          }),
        ),
    );
    tables.push(
      {
        title: 'Median time of one write of one pattern, at so many stored',
        columns: ['Database', '10, ms', '100, ms', '1,000, ms', '1,000 ÷ 10', 'Read, ms', 'If-None-Match, ms'],
        rows: sizes,
      },
      {
        title: '16 concurrent writers in two processes',
        columns: ['Store', 'Processes', 'Acknowledged', 'Still there', 'Lost'],
        rows: losses,
      },
    );
    if (memory) tables.push(await compareWithMemoryServer(bench));
    return {
      question:
        'Does the write of one pattern cost the same however many are stored, and is every acknowledged write there?',
      tables,
      goals,
      notes,
    };
  },
  { quick: ['sqlite'] },
);

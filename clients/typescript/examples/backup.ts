/** Saves what every program remembers as a file of JSON, and puts it back from there. Needs an admin's key. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createFleetbeat, type Schemas } from '@fleetbeat/client';

const fleetbeat = createFleetbeat();
const [action = 'save', folder = 'backup'] = process.argv.slice(2);
await mkdir(folder, { recursive: true });

for await (const { programId } of fleetbeat.programs.all()) {
  const file = `${folder}/${programId}.json`;
  if (action === 'save') {
    await writeFile(file, JSON.stringify(await fleetbeat.state.export(programId)));
  } else {
    const document: Schemas['StateDocument'] = JSON.parse(await readFile(file, 'utf8'));
    await fleetbeat.state.import(programId, { mode: 'overwrite', document });
  }
  console.log(`${action} ${programId}`);
}

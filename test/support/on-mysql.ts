import type { TestProject } from 'vitest/node';
import { obtainMysql } from './find-mysql.ts';

/** The tests of this run use a real MySQL or MariaDB server: each test server has a database of its own there. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await obtainMysql();
  console.log(`The database is ${server.version}.`);
  project.provide('databaseServer', server.url);
  return () => server.stop();
}

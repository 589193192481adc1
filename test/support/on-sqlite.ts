import type { TestProject } from 'vitest/node';

/** The tests of this run use SQLite: each server has a file of its own. */
export default function setup(project: TestProject): void {
  project.provide('databaseServer', 'sqlite');
}

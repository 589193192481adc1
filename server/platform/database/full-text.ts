/**
 * The full-text index of learned patterns: FULLTEXT on MySQL and MariaDB, FTS5 on SQLite. The column searchText contains
 * space-separated words of ASCII letters, digits and _, so that all of them split it into the same words.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SqlCondition } from './dialects/dialect.ts';

const INDEX = 'learned_patterns_words';

/**
 * On SQLite the index is a separate table that triggers keep in sync. `pattern_numbers` assigns its rowids, because VACUUM may
 * change the rowids of learned_patterns.
 */
const SQLITE_STATEMENTS = [
  `CREATE TABLE IF NOT EXISTS pattern_numbers (number INTEGER PRIMARY KEY, accountId varchar(100) NOT NULL,
    programId varchar(100) NOT NULL, patternId varchar(100) NOT NULL, UNIQUE (accountId, programId, patternId))`,
  `CREATE VIRTUAL TABLE IF NOT EXISTS pattern_words
    USING fts5(words, content='', contentless_delete=1, tokenize="ascii tokenchars '_'")`,
  `CREATE TRIGGER IF NOT EXISTS pattern_words_insert AFTER INSERT ON learned_patterns BEGIN
    INSERT INTO pattern_numbers (accountId, programId, patternId) VALUES (new.accountId, new.programId, new.patternId);
    INSERT INTO pattern_words (rowid, words) VALUES (last_insert_rowid(), new.searchText);
  END`,
  `CREATE TRIGGER IF NOT EXISTS pattern_words_update AFTER UPDATE OF searchText ON learned_patterns
    WHEN new.searchText <> old.searchText BEGIN
    UPDATE pattern_words SET words = new.searchText WHERE rowid = (SELECT number FROM pattern_numbers
      WHERE accountId = new.accountId AND programId = new.programId AND patternId = new.patternId);
  END`,
  `CREATE TRIGGER IF NOT EXISTS pattern_words_delete AFTER DELETE ON learned_patterns BEGIN
    DELETE FROM pattern_words WHERE rowid = (SELECT number FROM pattern_numbers
      WHERE accountId = old.accountId AND programId = old.programId AND patternId = old.patternId);
    DELETE FROM pattern_numbers
      WHERE accountId = old.accountId AND programId = old.programId AND patternId = old.patternId;
  END`,
];

/** The names of the tables, triggers and indices that the index consists of. */
export const listFullTextObjects = (kind: 'sqlite' | 'mysql'): string[] =>
  kind === 'mysql' ? [INDEX] : SQLITE_STATEMENTS.map((statement) => /EXISTS (\w+)/.exec(statement)?.[1] ?? '');

/** The migrations that create the index, numbered from `number`. Existing objects are kept. */
export const fullTextMigrations = (number: number): (new () => MigrationInterface)[] => [
  class {
    readonly name = `CreateFullText${number}`;

    async up(runner: QueryRunner): Promise<void> {
      if (runner.dataSource.options.type !== 'mysql') {
        for (const statement of SQLITE_STATEMENTS) await runner.query(statement);
        return;
      }
      const indexExists =
        'SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name = ?';
      if ((await runner.query(indexExists, [INDEX])).length > 0) return;
      await runner.query(`CREATE FULLTEXT INDEX ${INDEX} ON learned_patterns (searchText)`);
    }

    async down(runner: QueryRunner): Promise<void> {
      if (runner.dataSource.options.type === 'mysql') return runner.query(`DROP INDEX ${INDEX} ON learned_patterns`);
      for (const name of ['insert', 'update', 'delete']) await runner.query(`DROP TRIGGER pattern_words_${name}`);
      await runner.query('DROP TABLE pattern_words');
      await runner.query('DROP TABLE pattern_numbers');
    }
  },
];

export const mysqlMatch = (alias: string, words: readonly string[]): SqlCondition => ({
  sql: `MATCH (${alias}.searchText) AGAINST (:words IN BOOLEAN MODE)`,
  parameters: { words: words.map((word) => `+${word}*`).join(' ') },
});

export const sqliteMatch = (alias: string, words: readonly string[]): SqlCondition => ({
  sql: `(${alias}.accountId, ${alias}.programId, ${alias}.patternId) IN (
    SELECT accountId, programId, patternId FROM pattern_numbers
    WHERE number IN (SELECT rowid FROM pattern_words WHERE pattern_words MATCH :words))`,
  parameters: { words: words.map((word) => `"${word}"*`).join(' ') },
});

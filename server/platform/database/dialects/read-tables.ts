/** Reads the tables of a database as the check of the schema needs them. */
import type { ExistingColumn, ExistingTable, ExistingTables } from '../schema-check.ts';
import type { RunQuery } from './dialect.ts';

/** A table under construction. */
interface Table extends ExistingTable {
  readonly columns: Map<string, ExistingColumn>;
  readonly primaryKey: Set<string>;
}

const newTable = (problem: string | null): Table => ({ problem, columns: new Map(), primaryKey: new Set() });

export async function readSqliteTables(query: RunQuery): Promise<ExistingTables> {
  const tables = new Map<string, Table>();
  const rows = await query(
    `SELECT m.name AS tableName, m.type AS kind, p.name AS columnName, p."notnull" AS required, p.dflt_value AS fallback, p.pk AS keyPart
     FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type IN ('table', 'view')`,
  );
  for (const { tableName, kind, columnName, required, fallback, keyPart } of rows) {
    const name = String(tableName);
    const table = tables.get(name) ?? newTable(kind === 'table' ? null : `is a ${kind}`);
    tables.set(name, table);
    table.columns.set(String(columnName), { isNullable: Number(required) === 0, hasDefault: fallback !== null });
    if (Number(keyPart) > 0) table.primaryKey.add(String(columnName));
  }
  const objects = await query("SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger')");
  return { tables, objects: new Set(objects.map(({ name }) => String(name))) };
}

export async function readMysqlTables(query: RunQuery): Promise<ExistingTables> {
  const tables = new Map<string, Table>();
  const tableRows = await query(
    'SELECT table_name AS name, engine AS engine FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  for (const { name, engine } of tableRows)
    tables.set(
      String(name),
      newTable(engine === 'InnoDB' ? null : `is not of the engine InnoDB but ${engine ?? 'a view'}`),
    );
  const columnRows = await query(
    `SELECT table_name AS tableName, column_name AS columnName, data_type AS type, is_nullable AS nullable, column_default AS fallback,
       extra AS extra, character_maximum_length AS maxLength, collation_name AS collation
     FROM information_schema.columns WHERE table_schema = DATABASE()`,
  );
  for (const { tableName, columnName, type, nullable, fallback, extra, maxLength, collation } of columnRows) {
    tables.get(String(tableName))?.columns.set(String(columnName), {
      isNullable: nullable === 'YES',
      hasDefault: fallback !== null || /auto_increment|generated/i.test(String(extra)),
      type: String(type),
      ...(maxLength !== null && { maxLength: Number(maxLength) }),
      ...(collation !== null && { collation: String(collation) }),
    });
  }
  const indexRows = await query(
    'SELECT table_name AS tableName, index_name AS name, column_name AS columnName FROM information_schema.statistics WHERE table_schema = DATABASE()',
  );
  for (const { tableName, name, columnName } of indexRows)
    if (name === 'PRIMARY') tables.get(String(tableName))?.primaryKey.add(String(columnName));
  return { tables, objects: new Set(indexRows.map(({ name }) => String(name))) };
}

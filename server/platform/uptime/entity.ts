/** Since when the servers of this database can hear, as far as any of them knows. */
import { EntitySchema } from 'typeorm';
import * as column from '../database/columns.ts';

export interface UptimeRow {
  /** Always UPTIME: all servers of a database share one row. */
  name: string;
  /** Since when at least one server has heard without a gap. */
  upSince: number;
  /** When a server last renewed the row, which each does every few seconds. */
  renewedAt: number;
}

export const UPTIME = 'service';

export const Uptime = new EntitySchema<UptimeRow>({
  name: 'Uptime',
  tableName: 'uptime',
  columns: {
    name: column.id({ primary: true }),
    upSince: column.timestamp(),
    renewedAt: column.timestamp(),
  },
});

/** What a setting is, for the table of settings. */
import { parseDuration } from './config-parsers.ts';

export interface Setting<Value> {
  /** The environment variable. */
  readonly env: string;
  /** In the same notation as the variable; empty when there is no default. */
  readonly default: string;
  readonly parse: (text: string) => Value | null;
  /** Completes "NAME must be …" in the error of a failed start. */
  readonly expected: string;
  /** Markdown, for the README. The first sentence is the option's line in `fleetbeat serve --help`. */
  readonly description: string;
  readonly group: 'network' | 'database' | 'access' | 'limits' | 'sessions' | 'retention' | 'webhooks' | 'logs';
  /** Its value must not appear in errors, and may stand in a file that `<env>_FILE` names. */
  readonly isSecret?: true;
}

/** A setting with a duration, in milliseconds. */
export const duration = (
  env: string,
  value: string,
  group: Setting<number>['group'],
  examples: string,
  description: string,
): Setting<number> => ({
  env,
  default: value,
  parse: parseDuration,
  expected: `a duration such as ${examples}`,
  description,
  group,
});

/** The configuration, read from the environment by the table of settings and checked at start. */
import { InvalidSetting } from './config-parsers.ts';
import type { Setting } from './config-setting.ts';
import { SETTINGS } from './config-table.ts';
import type { Settings } from './platform/settings.ts';

type Table = typeof SETTINGS;

/** The value of each setting, and what follows from NODE_ENV. */
export type Config = { readonly [Name in keyof Table]: NonNullable<ReturnType<Table[Name]['parse']>> } & Settings & {
    /** Also check responses against the contract, in development and in tests. */
    readonly validateResponses: boolean;
  };

/** Invalid settings. The message names each of them and says what would be valid. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `ConfigError` that names every invalid setting. */
export function readConfig(environment: Environment): Config {
  const errors: string[] = [];
  const values = Object.entries<Setting<unknown>>(SETTINGS).map(([name, setting]) => {
    const text = environment[setting.env]?.trim() || setting.default;
    const { value, error } = parse(setting, text);
    if (error) errors.push(error);
    return [name, value];
  });
  if (errors.length > 0) throw new ConfigError(errors.join('\n'));
  const validateResponses = ['test', 'development'].includes(environment['NODE_ENV'] ?? '');
  return { ...Object.fromEntries(values), validateResponses } as Config;
}

function parse<Value>(setting: Setting<Value>, text: string): { value?: Value; error?: string } {
  try {
    const value = setting.parse(text);
    if (value !== null) return { value };
    return { error: `${setting.env} must be ${setting.expected}${setting.isSecret ? '' : `; it is '${text}'`}` };
  } catch (error) {
    if (error instanceof InvalidSetting) return { error: `${setting.env} ${error.message}` };
    throw error;
  }
}

/** The configuration, read from the environment by the table of settings and checked at start. */
import { findMissingOfOrganisation } from './config-organisation.ts';
import { InvalidSetting } from './config-parsers.ts';
import { readSecretFile } from './config-secret-files.ts';
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

/** Reads secrets from the files that `NAME_FILE` names, too. Throws `ConfigError` that names every invalid setting. */
export function readConfig(environment: Environment): Config {
  const errors: string[] = [];
  const values = Object.entries<Setting<unknown>>(SETTINGS).map(([name, setting]) => {
    const { value, error } = parse(setting, environment);
    if (error) errors.push(error);
    return [name, value];
  });
  if (errors.length === 0) {
    const missing = findMissingOfOrganisation(Object.fromEntries(values));
    if (missing !== null) errors.push(`FLEETBEAT_OIDC_ISSUER needs ${missing}`);
  }
  if (errors.length > 0) throw new ConfigError(errors.join('\n'));
  const validateResponses = ['test', 'development'].includes(environment['NODE_ENV'] ?? '');
  return { ...Object.fromEntries(values), validateResponses } as Config;
}

function parse<Value>(setting: Setting<Value>, environment: Environment): { value?: Value; error?: string } {
  try {
    const text = readText(setting, environment) || setting.default;
    const value = setting.parse(text);
    if (value !== null) return { value };
    return { error: `${setting.env} must be ${setting.expected}${setting.isSecret ? '' : `; it is '${text}'`}` };
  } catch (error) {
    if (error instanceof InvalidSetting) return { error: `${setting.env} ${error.message}` };
    throw error;
  }
}

function readText({ env, isSecret }: Setting<unknown>, environment: Environment): string | undefined {
  const own = environment[env]?.trim();
  const file = isSecret && environment[`${env}_FILE`]?.trim();
  if (!file) return own;
  // Which of two secrets counts must not depend on how well somebody remembers a rule.
  if (own) throw new InvalidSetting(`and ${env}_FILE are both set; keep one of them`);
  return readSecretFile(file);
}

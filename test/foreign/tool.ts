/** What a check of a foreign tool gets, and how it runs a program. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Bench {
  /** Holds node_modules, the contract as openapi.json, and `out` for what the tools write. */
  readonly folder: string;
  readonly url: string;
  /** The same server with the program's key added to each request. */
  readonly openMcpUrl: string;
  readonly adminKey: string;
  /** The key of the program `builder`. */
  readonly programKey: string;
  /** Runs a program of the folder. Resolves with its standard output; rejects with the end of what it wrote. */
  run(program: string, ...args: readonly string[]): Promise<string>;
}

/** Resolves with what was found, in a few words; throws when the tool and the service do not fit. */
export type Check = (bench: Bench) => Promise<string>;

/** Much longer than each takes, for busy machines. */
const TIMEOUT_MS = 240_000;
const execute = promisify(execFile);

export async function runProgram(folder: string, program: string, args: readonly string[]): Promise<string> {
  const options = { cwd: folder, timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
  try {
    return (await execute(program, [...args], options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message.split('\n', 1)[0]}\n${`${stdout}${stderr}`.slice(-2_000)}`);
  }
}

/** The numbers of the inbox that was shown last on this machine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../call.ts';
import { EXIT, Failure } from '../exit.ts';
import { writeFileAtomic } from '../hook/atomic-file.ts';
import { shareFolder } from '../share-folder.ts';

/** What a number stands for: a question, or the program of a session that asks none. */
export type NumberedItem = { readonly questionId: string } | { readonly programId: string | null };

interface Numbers {
  readonly url: string;
  readonly items: readonly NumberedItem[];
}

type Caller = Pick<Call, 'environment' | 'settings'>;

const numbersFile = ({ environment }: Caller): string => join(shareFolder(environment), 'inbox.json');

export function saveNumbers(call: Caller, items: readonly NumberedItem[]): void {
  writeFileAtomic(numbersFile(call), JSON.stringify({ url: call.settings().url, items }));
}

/** Whether the text is a number of the inbox, rather than an id. */
export const isInboxNumber = (text: string): boolean => /^[1-9]\d{0,2}$/.test(text);

/** What the number stood for. Throws a `Failure` for one that the last inbox of this server did not have. */
export function findNumbered(call: Caller, number: string): NumberedItem {
  const { url, items } = load(call);
  const item = url === call.settings().url ? items[Number(number) - 1] : undefined;
  if (item) return item;
  throw new Failure(`The inbox that was shown last has no number ${number}`, EXIT.notFound, 'fleetbeat inbox shows it');
}

function load(call: Caller): Numbers {
  try {
    return JSON.parse(readFileSync(numbersFile(call), 'utf8')) as Numbers;
  } catch {
    return { url: '', items: [] };
  }
}

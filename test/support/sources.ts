/** The project's sources as text, for tests of their structure. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Source {
  /** Relative to the project, with slashes: `server/domains/sessions/rules.ts`. */
  readonly path: string;
  readonly text: string;
}

const IGNORED_FOLDERS = new Set(['node_modules', 'dist', '.cache', 'coverage']);

/** Every file under a folder of the project, its generated ones too. */
export function sourceFiles(folder: string, ending = '.ts'): Source[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return IGNORED_FOLDERS.has(entry.name) ? [] : sourceFiles(path, ending);
    return path.endsWith(ending) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
  });
}

export interface Import {
  readonly from: string;
  /** A file of the project, or a package's name. */
  readonly to: string;
  /** True when only types are imported: nothing of it remains at run time. */
  readonly typeOnly: boolean;
  /** `import(…)`, run when it is reached. */
  readonly isDynamic: boolean;
  /** The text between `import` and `from`. */
  readonly names: string;
}

const STATIC_IMPORT = /^(?:import|export)\s+(type\s+)?([^'"]*?)\s*from\s+['"]([^'"]+)['"]/gm;
const BARE_IMPORT = /(?:^import|\bimport\(|\brequire\()\s*['"]([^'"]+)['"]/gm;

/** What a source imports, re-exports and loads. */
export function parseImports({ path, text }: Source): Import[] {
  const resolveImport = (to: string) => {
    if (!to.startsWith('.')) return to;
    const file = relative(root, join(root, dirname(path), to)).replaceAll('\\', '/');
    return path.startsWith('clients/') ? file.replace(/\.js$/, '.ts') : file;
  };
  return [
    ...[...text.matchAll(STATIC_IMPORT)].map(([, type, names = '', to = '']) => ({
      from: path,
      to: resolveImport(to),
      typeOnly: type !== undefined || (names !== '{}' && /^\{(\s*type [^,}]+,?)+\s*\}$/.test(names)),
      isDynamic: false,
      names,
    })),
    ...[...text.matchAll(BARE_IMPORT)].map(([all, to = '']) => ({
      from: path,
      to: resolveImport(to),
      typeOnly: false,
      isDynamic: all.includes('('),
      names: '',
    })),
  ];
}

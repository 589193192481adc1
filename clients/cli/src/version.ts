import manifest from '../package.json' with { type: 'json' };

/** The version of the program, and of the server that it was made for. */
export const VERSION: string = manifest.version;

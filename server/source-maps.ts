/**
 * Node reads the source map of whatever it loads while it is asked to name sources in stacks, those of all packages too: a
 * twentieth of a start, and 10 MB for as long as it runs. When the first module runs, those of this server are read, and
 * packages are about to be. So whoever starts imports this first, and says when the packages are loaded.
 */
const wasEnabled = process.sourceMapsEnabled;
process.setSourceMapsEnabled(false);

/** From now on stacks name sources, if the process was asked for that. */
export const enableSourceMaps = (): void => process.setSourceMapsEnabled(wasEnabled);

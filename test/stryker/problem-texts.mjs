/** Stryker leaves the words of a problem alone: `new Fault(kind, words)`. Its kind is a rule, how it says so is not. */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const problemTexts = {
  shouldIgnore(path) {
    const call = path.parentPath;
    if (path.key === 1 && call?.isNewExpression() && call.node.callee.name === 'Fault') return 'the words of a problem';
    return undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'problem-texts', problemTexts)];

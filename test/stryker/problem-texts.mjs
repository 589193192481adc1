/**
 * Stryker leaves the words of a problem alone: `new Fault(kind, words)` and `invalidField(place, pointer, words)`. Its kind and
 * its field are rules, how it says so is not; a place that is none does not compile.
 */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const problemTexts = {
  shouldIgnore(path) {
    const call = path.parentPath;
    if (path.key === 1 && call?.isNewExpression() && call.node.callee.name === 'Fault') return 'the words of a problem';
    if ([0, 2].includes(path.key) && call?.isCallExpression() && call.node.callee.name === 'invalidField')
      return 'the words of a problem';
    return undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'problem-texts', problemTexts)];

/** Below 0 when `a` is older than `b`, by Semantic Versioning 2.0.0, section 11; build metadata is none of ours. */
export function compareVersions(a: string, b: string): number {
  const [coreA, preA] = split(a);
  const [coreB, preB] = split(b);
  const byCore = compareParts(coreA, coreB);
  if (byCore !== 0 || (preA === undefined && preB === undefined)) return byCore;
  // A pre-release is older than its release.
  if (preA === undefined || preB === undefined) return preA === undefined ? 1 : -1;
  return compareParts(preA.split('.'), preB.split('.'));
}

function split(version: string): [core: readonly string[], preRelease: string | undefined] {
  const [core = '', ...rest] = version.split('-');
  return [core.split('.'), rest.length === 0 ? undefined : rest.join('-')];
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [left, right] = [a[index], b[index]];
    if (left === right) continue;
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const areNumbers = /^\d+$/.test(left) && /^\d+$/.test(right);
    const difference = areNumbers ? Number(left) - Number(right) : left < right ? -1 : 1;
    if (difference !== 0) return difference;
  }
  return 0;
}

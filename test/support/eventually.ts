/** Resolves as soon as `look` finds what it looks for, however long that takes; the test's own limit ends the wait. */
export async function eventually<T>(probe: () => Promise<T | undefined | null | false>): Promise<T> {
  for (;;) {
    const found = await probe();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Resolves as soon as `look` finds what it looks for, however long that takes; the test's own limit ends the wait. */
export async function eventually<T>(look: () => Promise<T | undefined | null | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

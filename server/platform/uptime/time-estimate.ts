/**
 * Estimates another clock, by a monotonic one of this process. A reading only bounds the difference of the two: the answer
 * was given some time between question and reply. So an estimate within the bounds stays, and any other moves to the nearer
 * bound: slow replies don't disturb it, drift is followed, and so is a step.
 */
export class TimeEstimate {
  #offset: number | null = null;

  /** `reading` was taken from the other clock between the monotonic times `askedAt` and `repliedAt`. */
  update(reading: number, askedAt: number, repliedAt: number): void {
    const [lowest, highest] = [reading - repliedAt, reading - askedAt];
    this.#offset = Math.min(Math.max(this.#offset ?? (lowest + highest) / 2, lowest), highest);
  }

  /** The other clock at the monotonic time, in whole milliseconds. Throws before the first reading. */
  at(monotonic: number): number {
    if (this.#offset === null) throw new Error('The clock was never read');
    return Math.round(this.#offset + monotonic);
  }
}

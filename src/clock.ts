/** What time has passed. Wall clocks jump, so nothing here rests on them alone. */

/** In ms, since some moment that is the same for the whole process. */
export const clock = (): number => performance.now();

/** In ms. The gateway refuses a request that was signed with a time further off. */
export const MAX_SKEW = 15 * 60_000;

/** One moment on two clocks, since neither is always right: `ticks` stands still while a machine sleeps, and `wall` may be set. */
export interface Moment {
  /** As `clock`. */
  ticks: number;
  /** `Date.now()` */
  wall: number;
}

export function moment(): Moment {
  return { ticks: clock(), wall: Date.now() };
}

/** How many ms lie between two moments, at most. */
export function longestBetween(from: Moment, to: Moment): number {
  return Math.max(to.ticks - from.ticks, to.wall - from.wall);
}

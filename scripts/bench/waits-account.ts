/** The instances of the measurement of waits. */
export const instanceId = (index: number): string => `instance-${index}`;

/** The wait for this one begins first, and with it the service's clock. */
export const FIRST_INSTANCE = instanceId(0);

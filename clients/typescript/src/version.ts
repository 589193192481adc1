/** The version of this package; `make version` sets it. */
export const VERSION = '0.1.0';

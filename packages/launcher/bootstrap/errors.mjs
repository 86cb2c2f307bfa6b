/** Something that the reader can put right; its message says how, and no stack trace is shown. */
export class BootstrapError extends Error {}

/** The files cannot be read at all. The message is a sentence for their owner, with the remedy. */
export class ImportError extends Error {}

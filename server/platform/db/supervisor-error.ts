/** The embedded database cannot be had. Its message is a plain sentence for whoever starts the program: say it and end. */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError'
}

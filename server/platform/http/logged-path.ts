const SECRET_PATHS =
  /^(\/+(?:intake|ping|p|snitch|feeds\/+deadlines|ack|approve|welcome|api\/+push|api\/+\d+\/+cron|api\/+welcome|api\/+page-links|api\/+approvals\/+by-link))\/.*$/is

/** A path as the log may have it: without its query, and without the keys and tokens that travel in some. */
export const loggedPath = (url: string): string => {
  const path = (url.split('?')[0] ?? '').replace(/^https?:\/\/[^/]*/i, '')
  return decoded(path).replace(SECRET_PATHS, '$1/…')
}

/** As the router reads it, which is what leads to a page. */
const decoded = (path: string): string => {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

/** Whether a text has a name whole: "ldn-db-03.bank.example is down" has ldn-db-03, "ldn-db-030 is down" does not. */
export const hasWhole = (text: string | null, name: string): boolean =>
  text !== null && new RegExp(`(?<![\\w-])${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w-])`, 'iu').test(text)

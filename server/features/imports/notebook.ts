import type { Finding, Place } from './define-importer.ts'

/** `message` goes on after the name of what it is about. */
export type Note = (rule: string, severity: Finding['severity'], message: string) => void

/** What holds of several in the same words is told once, at the first of them. */
export const notebook = () => {
  const groups = new Map<string, { finding: Finding; names: string[] }>()
  const noteFor =
    (place: Place, name: string): Note =>
    (rule, severity, message) => {
      const key = `${rule} ${message}`
      const found = groups.get(key)
      if (found) found.names.push(name)
      else
        groups.set(key, {
          finding: { file: place.file, line: place.line, rule, severity, message },
          names: [name],
        })
    }
  return {
    noteFor,
    findings: (): Finding[] =>
      [...groups.values()].map(({ finding, names }) => ({
        ...finding,
        message: `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''}: ${finding.message}`,
      })),
  }
}

const MOST_NAMED = 5

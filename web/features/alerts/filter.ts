import type { Environment } from '../../../contract/base.ts'
import { tokensOf } from '../../ui/filter.ts'
import { environments, type Severity, severities } from './words.ts'

export type AlertView = 'firing' | 'held' | 'all'
export const alertViews: readonly AlertView[] = ['firing', 'held', 'all']

/** The text of the filter, understood; services, sources and teams still by the words that somebody typed. */
export type AlertFilter = {
  view: AlertView
  service?: string
  source?: string
  team?: string
  environment?: Environment
  severity?: Severity
  /** Part of the title or of the host. */
  words?: string
}

const isOneOf = <Word extends string>(words: readonly Word[], word: string): word is Word =>
  (words as readonly string[]).includes(word)

const list = (words: readonly string[]) => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

/**
 * Reads 'status:firing service:"Order entry" severity:>=high late'. What cannot be read is left out and told in
 * sentences, so that nobody believes in a filter that does nothing.
 */
export const readFilter = (text: string): { filter: AlertFilter; problems: string[] } => {
  const filter: AlertFilter = { view: 'firing' }
  const problems: string[] = []
  const words: string[] = []
  for (const token of tokensOf(text)) {
    const [, name = '', quoted = ''] = /^([a-z]+):(.*)$/i.exec(token) ?? []
    const value = quoted.replaceAll('"', '')
    const field = name.toLowerCase()
    if (!field) words.push(token.replaceAll('"', ''))
    else if (value === '') problems.push(`${field}: needs a word after it.`)
    else if (field === 'status') {
      if (isOneOf(alertViews, value)) filter.view = value
      else problems.push(`status:${value} is not known; status is ${list(alertViews)}.`)
    } else if (field === 'severity') {
      const worst = value.replace(/^>=/, '')
      if (!isOneOf(severities, worst)) problems.push(`severity:${value} is not known; severity is ${list(severities)}.`)
      else if (worst === value && worst !== 'critical')
        problems.push(`severity:${value} is not possible; write severity:>=${value}, which is ${value} or worse.`)
      else filter.severity = worst
    } else if (field === 'environment' || field === 'env') {
      if (isOneOf(environments, value)) filter.environment = value
      else problems.push(`${field}:${value} is not known; it is ${list(environments)}.`)
    } else if (field === 'service' || field === 'source' || field === 'team') filter[field] = value
    else problems.push(`${field}: is not a filter; there are status, severity, service, source, team and environment.`)
  }
  if (words.length > 0) {
    filter.words = words.join(' ')
    if (filter.words.length < 3) problems.push('Words to look for need at least 3 characters.')
  }
  return { filter, problems }
}

/** The same text with another view; 'firing' is what an empty text means. */
export const withView = (text: string, view: AlertView): string => {
  const rest = tokensOf(text).filter((token) => !/^status:/i.test(token))
  return (view === 'firing' ? rest : [`status:${view}`, ...rest]).join(' ')
}

/** A token that finds things by name: 'service:"Order entry"'. */
export const token = (field: 'service' | 'source' | 'team', name: string): string =>
  `${field}:${/\s/.test(name) ? `"${name.replaceAll('"', '')}"` : name}`

import { type Placeholder, placeholderNames } from '../../../contract/acts/words.ts'

export type Values = Readonly<Record<Placeholder, string>>
/** Puts values in the place of `{job}` and the like. Throws a CannotFill. */
export type Fill = (template: string) => string

/** A value that is not there, or must not go where it would: a sentence. */
export class CannotFill extends Error {}

const shape = /\{([A-Za-z][A-Za-z0-9]*)\}/g
const LONGEST = 500
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/** The first word in braces that stands for nothing, with the remedy; null when there is none. */
export const unknownPlaceholder = (template: string): string | null => {
  const found = [...template.matchAll(shape)].find(([, name]) => !placeholderNames.includes(name as Placeholder))
  return found ? `${found[0]} stands for nothing; there are {${placeholderNames.join('}, {')}}.` : null
}

/** As it is defined, for people to read. */
export const unfilled: Fill = (template) => template

/** Puts each value through `safe`, which is told where in the template it stands. */
export const fillWith =
  (values: Values, safe: (value: string, name: Placeholder, at: number) => string): Fill =>
  (template) =>
    template.replace(shape, (_, name: Placeholder, at: number) => safe(plainValue(values, name), name, at))

const plainValue = (values: Values, name: Placeholder): string => {
  const value = values[name]
  if (value === '') throw new CannotFill(`This job has no {${name}}, which the action needs.`)
  if (value.length > LONGEST) throw new CannotFill(`Its {${name}} has more than ${LONGEST} characters.`)
  if (control.test(value)) throw new CannotFill(`Its {${name}} holds a line end or another control character.`)
  return value
}

/** One argument of a program. A shell never sees it, but a program may take what begins with a dash for an option. */
export const fillArgument = (values: Values): Fill =>
  fillWith(values, (value, name, at) => {
    if (at === 0 && value.startsWith('-'))
      throw new CannotFill(`Its {${name}} begins with -, which a program may take for an option.`)
    return value
  })

const originShape = /^https?:\/\/[^/?#{}\\\s@]+(?=[/?]|$)/i

/** Why an address cannot be a template; null when it can. Where it leads must not depend on a job. */
export const urlProblem = (template: string): string | null => {
  if (/^https?:\/\/[^/?#]*@/i.test(template)) return 'must not hold a user or password; use the header Authorization'
  if (/^https?:\/\/[^/?#]*\{/i.test(template)) return 'must not have a placeholder in its host: only after it'
  if (!originShape.test(template) || !URL.canParse(template))
    return 'must be an address such as https://scheduler.example.com/jobs/{job}/run'
  if (template.includes('#')) return 'must not have a part after #, which is never sent'
  return null
}

const segments = (url: URL) => url.pathname.split('/').length

/** An address; each value is encoded, and leaves the host and the folders as they were written. */
export const fillUrl =
  (values: Values): Fill =>
  (template) => {
    const filled = fillWith(values, (value, name) => {
      if (value.split(/[/\\]/).some((part) => part === '.' || part === '..'))
        throw new CannotFill(`Its {${name}} holds . or .. as a folder, which would lead elsewhere.`)
      return encodeURIComponent(value)
    })(template)
    const [url, meant] = [new URL(filled), new URL(template.replace(shape, 'x'))]
    if (url.origin !== meant.origin || segments(url) !== segments(meant))
      throw new CannotFill('With the values of this job the address would lead elsewhere.')
    return url.href
  }

/** JSON in which texts hold placeholders: a value can never end its text. */
export const fillJson =
  (values: Values): Fill =>
  (template) => {
    const fill = fillWith(values, (value) => value)
    return JSON.stringify(
      JSON.parse(template, (_, value: unknown) => (typeof value === 'string' ? fill(value) : value)),
    )
  }

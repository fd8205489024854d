export type FilterField = {
  name: string
  values?: readonly string[]
  /** What it is, in a few words, beside its name. */
  hint?: string
  /** Of several values, with commas, each is wanted; with a '-' before the name, none. */
  several?: boolean
}

/** A text query in its parts; what stands in quotes is one: 'state:open service:"Order entry" late'. */
export const tokensOf = (query: string): string[] => query.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []

/** '-team:"L2 markets",dba' in its parts; undefined for a word, an address of the web, or what begins with a quote. */
export const termOf = (token: string): { not: boolean; name: string; value: string } | undefined => {
  const [, minus, name, value] = /^(-?)([a-z]+):(?!\/\/)(.*)$/is.exec(token) ?? []
  return name === undefined ? undefined : { not: minus === '-', name: name.toLowerCase(), value: value ?? '' }
}

/** 'open,"on hold"' → open, on hold. */
export const valuesOf = (value: string): string[] =>
  (value.match(/(?:[^,"]|"[^"]*"?)+/g) ?? []).map((one) => one.replaceAll('"', '').trim()).filter(Boolean)

/** Those before the last comma stand; a comma within quotes parts nothing. */
const beforeLast = (value: string): string => /^(?:[^"]|"[^"]*")*,/.exec(value)?.[0] ?? ''

/** The field that is being typed, and what of its last value is there: '-team:dba,"L2 m' → team, L2 m. */
export const valueTyped = (typed: string): { name: string; part: string } | undefined => {
  const term = termOf(typed.trimStart())
  return term && { name: term.name, part: term.value.slice(beforeLast(term.value).length).replaceAll('"', '').trim() }
}

export type Offer = { token: string; hint?: string | undefined; more?: boolean }

const quoted = (value: string) => (/[\s,]/.test(value) ? `"${value}"` : value)

/** The values of a field that begin with what was typed of the last one come first, then those that have it within. */
const valuesLike = (values: readonly string[], given: string, taken: readonly string[]) => {
  const part = given.replaceAll('"', '').trimStart().toLowerCase()
  const at = (value: string) => value.toLowerCase().indexOf(part)
  const fit = values.filter((value) => at(value) >= 0 && !taken.includes(value))
  return [...fit.filter((value) => at(value) === 0), ...fit.filter((value) => at(value) > 0)]
}

/** What may be meant by what was typed so far: fields (`more`: a value is still wanted), then the values of one. */
export const offersFor = (fields: readonly FilterField[], typed: string): Offer[] => {
  const minus = typed.startsWith('-') ? '-' : ''
  const [name = '', ...rest] = typed.slice(minus.length).split(':')
  const fitting = fields.filter((one) => one.name.startsWith(name.toLowerCase()) && (!minus || one.several))
  const valuesOffered = (one: FilterField, given: string) => {
    const before = one.several ? beforeLast(given) : ''
    return valuesLike(one.values ?? [], given.slice(before.length), valuesOf(before)).map((value) => ({
      token: `${minus}${one.name}:${before}${quoted(value)}`,
    }))
  }
  if (rest.length > 0) {
    const field = fitting.find((one) => one.name === name.toLowerCase())
    return field ? valuesOffered(field, rest.join(':')) : []
  }
  const [only] = fitting
  if (only?.values && fitting.length === 1) return valuesOffered(only, '')
  return fitting.map((one) => ({ token: `${minus}${one.name}:`, hint: one.hint, more: true }))
}

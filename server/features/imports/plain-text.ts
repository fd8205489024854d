/** What PostgreSQL refuses becomes the replacement character, so that it is still seen. */
export const plainText = (text: string): string =>
  text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\ufffd')
    .toWellFormed()

/** The same of all texts in a value: what was cut may end within a letter of two parts. */
export const plainDeep = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd').toWellFormed()
  if (Array.isArray(value)) return value.map(plainDeep)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [plainDeep(key), plainDeep(of)]))
}

/** Values of a JSON text, whatever they are. */

export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const textIn = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(textIn).filter(Boolean) : [textIn(value)].filter(Boolean)
export const numberIn = (value: unknown): number | null => {
  const text = textIn(value).trim()
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null
}
export const isTrue = (value: unknown): boolean => value === true || /^(true|y|yes|1)$/i.test(textIn(value))
export const objectsIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : [])

/**
 * Stands in a config in the place of a secret that is stored: it is never shown again. Sent back, it keeps what is
 * stored.
 */
export const keptSecret = '••••••••'

type Path = (string | number)[]

/** A config as a form edits it: without the marks, and the paths (`headers.0.value`) at which a secret is stored. */
export const toForm = (
  config: Record<string, unknown>,
): { value: Record<string, unknown>; kept: ReadonlySet<string> } => {
  const kept = new Set<string>()
  const strip = (value: unknown, path: Path): unknown => {
    if (value === keptSecret) {
      kept.add(path.join('.'))
      return undefined
    }
    return mapped(value, (child, name) => strip(child, [...path, name]))
  }
  return { value: strip(config, []) as Record<string, unknown>, kept }
}

/** The reverse: where a secret is stored and nothing was typed, the mark says that it stays. */
export const fromForm = (value: Record<string, unknown>, kept: ReadonlySet<string>): Record<string, unknown> => {
  const fill = (given: unknown, path: Path): unknown => {
    const filled = mapped(given, (child, name) => fill(child, [...path, name]))
    if (typeof filled !== 'object' || filled === null || Array.isArray(filled)) return filled
    const own = Object.fromEntries(
      [...kept].flatMap((each) => {
        const at = each.lastIndexOf('.')
        const name = each.slice(at + 1)
        const empty = [undefined, ''].includes((filled as Record<string, string>)[name])
        return each.slice(0, Math.max(0, at)) === path.join('.') && empty ? [[name, keptSecret]] : []
      }),
    )
    return { ...filled, ...own }
  }
  return fill(value, []) as Record<string, unknown>
}

const mapped = (value: unknown, change: (child: unknown, name: string | number) => unknown): unknown => {
  if (Array.isArray(value)) return value.map(change)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, child]) => [name, change(child, name)])
      .filter(([, child]) => child !== undefined),
  )
}

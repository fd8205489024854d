import type { ImportFile, Place } from './define-importer.ts'

export type Setting = Place & { section: string; key: string; value: string }
export type Unit = Place & { name: string; settings: Setting[] }

const unitName = /\.(timer|service)$/
/** `foo.timer.d/override.conf` adds to `foo.timer`. */
const unitOf = (path: string): string | null => {
  const dropIn = /([^/]+\.(?:timer|service))\.d\/[^/]+\.conf$/.exec(path)
  if (dropIn?.[1]) return dropIn[1]
  const last = path.split('/').at(-1) ?? ''
  return unitName.test(last) ? last : null
}

/** The path that `systemctl cat` writes above each file. */
const heading = /^# (\/\S+\.(?:timer|service|conf))$/

/** Units out of files of their own, or of what `systemctl cat` prints; what is added to one later stands after it. */
export const readUnits = (files: readonly ImportFile[]): Map<string, Unit> => {
  const units = new Map<string, Unit>()
  const unitAt = (path: string, place: Place): Unit | null => {
    const name = unitOf(path)
    if (!name) return null
    const found = units.get(name) ?? { ...place, name, settings: [] }
    units.set(name, found)
    return found
  }
  for (const { name: file, text } of files) {
    let unit = unitAt(file, { file, line: 1 })
    let section = ''
    let begun: Setting | null = null
    for (const [at, whole] of text.split('\n').entries()) {
      const place = { file, line: at + 1 }
      const line = whole.trim()
      const path = heading.exec(line)?.[1]
      if (path) {
        unit = unitAt(path, place)
        section = ''
      }
      if (line === '' || /^[#;]/.test(line)) continue
      if (begun) {
        begun.value += ` ${line.replace(/\\$/, '').trim()}`
      } else if (/^\[.*\]$/.test(line)) section = line.slice(1, -1)
      else {
        const cut = line.indexOf('=')
        if (cut < 1) continue
        begun = {
          ...place,
          section,
          key: line.slice(0, cut).trim(),
          value: line
            .slice(cut + 1)
            .replace(/\\$/, '')
            .trim(),
        }
        unit?.settings.push(begun)
      }
      if (!line.endsWith('\\')) begun = null
    }
  }
  return units
}

/** The values of a key in the order in which they hold: an empty one forgets those before it. */
export const valuesOf = (unit: Unit | undefined, section: string, key: string): Setting[] => {
  const kept: Setting[] = []
  for (const one of unit?.settings ?? []) {
    if (one.section !== section || one.key !== key) continue
    if (one.value === '') kept.length = 0
    else kept.push(one)
  }
  return kept
}

export const lastOf = (unit: Unit | undefined, section: string, key: string): string | null =>
  valuesOf(unit, section, key).at(-1)?.value ?? null

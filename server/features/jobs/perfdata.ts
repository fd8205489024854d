import { type Volumes, volumesOf } from './volumes.ts'

/** What a plug-in of Nagios measured. null where it is not told; the value too (`U`). Ranges as they were written. */
export type Measured = {
  label: string
  value: number | null
  unit: string
  warn: string | null
  crit: string | null
  min: number | null
  max: number | null
}

/** More than a plug-in may say at all. */
const MOST_TEXT = 64_000
const MOST = 1_000

/** Behind the first `|` of the first line; and behind the first one of the lines below it, to the end. */
const perfdataIn = (output: string): string => {
  const text = output.slice(0, MOST_TEXT)
  const end = text.indexOf('\n')
  const [first, long] = end === -1 ? [text, ''] : [text.slice(0, end), text.slice(end)]
  return [first, long].map((part) => (part.includes('|') ? part.slice(part.indexOf('|') + 1) : '')).join(' ')
}

const value = /^(U|[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?)([^\d;]*)$/i
const plain = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/
/** Longer is no number. */
const MOST_SIGNS = 60

/** What stands as `'a label'=…` or `label=…` up to the next blank; in quotes, two of them stand for one. */
function* saidIn(text: string): Generator<[label: string, said: string]> {
  let at = 0
  const blank = /\s|$/g
  const nextBlank = (from: number): number => {
    blank.lastIndex = from
    return blank.exec(text)?.index ?? text.length
  }
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) at++
    else if (text[at] === "'") {
      let end = at + 1
      while (end < text.length && (text[end] !== "'" || text[end + 1] === "'")) end += text[end] === "'" ? 2 : 1
      if (end >= text.length) at = nextBlank(at)
      else if (text[end + 1] === '=') {
        const label = text.slice(at + 1, end).replaceAll("''", "'")
        at = nextBlank(end + 2)
        yield [label, text.slice(end + 2, at)]
      } else at = end + 1
    } else {
      const from = at
      at = nextBlank(from)
      const word = text.slice(from, at)
      const sign = word.indexOf('=')
      if (sign > 0) yield [word.slice(0, sign), word.slice(sign + 1)]
    }
  }
}

/** By the guidelines for plug-ins: `'label'=value[unit];[warn];[crit];[min];[max]`. What is none of it is passed over. */
export const measuredIn = (output: string): Measured[] => {
  const found: Measured[] = []
  for (const [label, said] of saidIn(perfdataIn(output))) {
    const [given = '', warn, crit, min, max] = said.split(';', 5)
    const [, amount, unit = ''] = given.length <= MOST_SIGNS ? (value.exec(given) ?? []) : []
    if (amount === undefined || label.trim() === '') continue
    const number = (text: string | undefined) =>
      text && text.length <= MOST_SIGNS && plain.test(text) ? Number(text) : null
    found.push({
      label: label.trim(),
      value: amount.toUpperCase() === 'U' ? null : Number(amount),
      unit,
      warn: warn || null,
      crit: crit || null,
      min: number(min),
      max: number(max),
    })
    if (found.length === MOST) break
  }
  return found
}

const times: Record<string, number> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1 }
const bytes: Record<string, number> = { b: 0, kb: 1, mb: 2, gb: 3, tb: 4, pb: 5 }

/** In seconds and bytes, so that a plug-in that turns from one unit to the next still says the same. */
const inBase = (amount: number, unit: string): number => {
  const name = unit.toLowerCase()
  if (Object.hasOwn(times, name)) return amount * (times[name] ?? 1)
  return Object.hasOwn(bytes, name) ? amount * 1_024 ** (bytes[name] ?? 0) : amount
}

/** As names of volumes are written: `/var/log` is `var_log`. */
const nameOf = (label: string): string =>
  label
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40)

/** What a run reports by it, as `rows=12345` would. What is unknown or below nothing is no amount. */
export const volumesOfPerfdata = (output: string): Volumes | null =>
  volumesOf(
    measuredIn(output).flatMap(({ label, value: amount, unit }): [string, string][] => {
      if (amount === null || amount < 0) return []
      const rounded = Math.round(inBase(amount, unit) * 1e6) / 1e6
      return [[nameOf(label), rounded.toFixed(6).replace(/\.?0+$/, '')]]
    }),
  )

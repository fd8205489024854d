import { zoneName } from '../../ui/time.ts'
import styles from './oncall.module.css'
import { dayClock, elsewhere, lengthWords, listWords, spanWords } from './words.ts'

/** From when until when something lasts; an end that lies outside of what was read is not made up. */
export type Known = { from: number; to: number }

const openSpan = (span: Known, known: Known, zone: string): string => {
  const [early, late] = [span.from <= known.from, span.to >= known.to]
  if (early && late) return 'all the time'
  if (early) return `until ${dayClock(span.to, zone)}`
  if (late) return `from ${dayClock(span.from, zone)} on`
  return spanWords(span, zone)
}

export const spanWithin = (span: Known, known: Known, zone: string): string => {
  const whole = span.from > known.from && span.to < known.to
  return `${openSpan(span, known, zone)}${whole ? ` (${lengthWords(span.to - span.from)})` : ''}`
}

/** What stands on the card of a bar: who, why, when, and what the clocks say where that person is. */
export function ShiftDetails(given: {
  name: string
  what: string
  span: Known
  known: Known
  zone: string
  own?: string | undefined
  lines?: readonly (string | undefined | false)[]
}) {
  const { name, what, span, known, zone, own, lines = [] } = given
  const whole = span.from > known.from && span.to < known.to
  return (
    <div className={styles.details}>
      <div>
        <b>{name}</b> <span className="faint">{what}</span>
      </div>
      <div className="num">
        {spanWithin(span, known, zone)} <span className="faint">{zoneName(zone)}</span>
      </div>
      {own && own !== zone && whole && <div className="muted num">{elsewhere(span, own)}, where they are</div>}
      {lines.map(
        (line) =>
          line && (
            <div key={line} className="muted">
              {line}
            </div>
          ),
      )}
    </div>
  )
}

export const names = (people: readonly { name: string }[]): string => listWords(people.map(({ name }) => name))

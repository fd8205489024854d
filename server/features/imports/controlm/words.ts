import type { CtmExpression, CtmOutcome } from './shape.ts'

/** Words that both of Control-M's forms use, and how they say and, or and brackets. */

const dates: Record<string, string> = {
  '': 'ODAT',
  ODATE: 'ODAT',
  ORDERDATE: 'ODAT',
  PREVIOUSORDERDATE: 'PREV',
  PREVDATE: 'PREV',
  PREVIOUSDATE: 'PREV',
  NEXTORDERDATE: 'NEXT',
  NEXTDATE: 'NEXT',
  NODATE: 'STAT',
  STATIC: 'STAT',
  ANYDATE: '****',
  ANY: '****',
  $$$$: '****',
}

/** ODAT, PREV, NEXT, STAT, ****, +001 or MMDD, of what either form writes. */
export const eventDate = (text: string): string => {
  const word = text.trim().toUpperCase()
  return Object.hasOwn(dates, word) ? (dates[word] ?? word) : word
}

/** Of `OK`, `NOTOK`, `COMPSTAT EQ 4`, `>5` or `!=0`. null for what only an output says. */
export const outcomeOf = (text: string): CtmOutcome | null => {
  const word = text.trim().toUpperCase()
  if (word === 'OK') return { is: 'succeeded' }
  if (word === 'NOTOK' || word === 'NOT OK') return { is: 'failed' }
  if (word === 'ANY' || word === '*') return { is: 'done' }
  const [, sign = '', digits] =
    /^(?:COMPSTAT\s*)?(>=|<=|!=|<>|>|<|==|=|EQ|NE|GT|LT|GE|LE|)\s*(-?\d{1,9})$/.exec(word) ?? []
  return digits === undefined ? null : { compare: signs[sign] ?? '=', code: Number(digits) }
}

const signs: Record<string, '=' | '!=' | '<' | '<=' | '>' | '>='> = {
  EQ: '=',
  NE: '!=',
  GT: '>',
  LT: '<',
  GE: '>=',
  LE: '<=',
  '<>': '!=',
  '!=': '!=',
  '>': '>',
  '<': '<',
  '>=': '>=',
  '<=': '<=',
}

export type Token = '(' | ')' | 'AND' | 'OR' | CtmExpression

const MOST_DEEP = 100

/**
 * What a list of events with signs between them says: without a sign it is and, and and binds more than or. `mixed`:
 * both stand side by side without brackets, where its owner may have meant another order. null where brackets are wrong.
 */
export const readExpression = (
  tokens: readonly Token[],
): { expression: CtmExpression | null; mixed: boolean } | null => {
  let at = 0
  let mixed = false
  const either = (deep: number): CtmExpression | null => {
    const any: CtmExpression[] = []
    let hasAnd = false
    for (;;) {
      const all: CtmExpression[] = []
      while (at < tokens.length && tokens[at] !== 'OR' && tokens[at] !== ')') {
        const token = tokens[at++]
        if (token === 'AND' || token === undefined) continue
        if (token === '(') {
          if (deep > MOST_DEEP) throw new SyntaxError()
          const inner = either(deep + 1)
          if (tokens[at++] !== ')') throw new SyntaxError()
          if (inner) all.push(inner)
        } else if (typeof token !== 'string') all.push(token)
      }
      if (all.length > 1) hasAnd = true
      const [only] = all
      if (only) any.push(all.length > 1 ? { all } : only)
      if (tokens[at] !== 'OR') break
      at++
    }
    if (hasAnd && any.length > 1) mixed = true
    const [only] = any
    return any.length > 1 ? { any } : (only ?? null)
  }
  try {
    const expression = either(0)
    return at < tokens.length ? null : { expression, mixed }
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

export type StatusRange = { from: number; to: number }

const FORM = 'must be status codes and ranges such as 200-299, 401'

/** Reads `200-399, 401`. Throws an Error with a sentence for the form. */
export const parseStatusRanges = (text: string): StatusRange[] =>
  text.split(',').map((part) => {
    const [, low, high = low] = part.trim().match(/^([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?$/) ?? []
    if (low === undefined) throw new Error(FORM)
    const range = { from: Number(low), to: Number(high) }
    if (range.from > range.to) throw new Error(`${part.trim()} runs backwards: ${FORM}`)
    return range
  })

export const isExpectedStatus = (ranges: StatusRange[], status: number): boolean =>
  ranges.some(({ from, to }) => status >= from && status <= to)

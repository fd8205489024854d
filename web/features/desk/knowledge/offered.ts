/** Words that were chosen to be the solution of a ticket, until the question about it takes them. */
const offered = new Map<string, string>()

export const offerResolution = (number: string, words: string): void => void offered.set(number, words)

export const takeOffered = (numbers: readonly string[]): string => {
  const [number] = numbers
  const words = numbers.length === 1 && number ? (offered.get(number) ?? '') : ''
  if (number) offered.delete(number)
  return words
}

/** What is offered goes below what was written and left: neither is lost. */
export const withOffered = (written: string, words: string): string =>
  !words || written.includes(words) ? written : [written.trimEnd(), words].filter(Boolean).join('\n\n')

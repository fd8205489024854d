const itself = (words: string) => words.replaceAll(/[\\%_]/g, '\\$&')

/** The pattern of `ilike` for text that contains `words`, in which % and _ stand for themselves. */
export const containing = (words: string): string => `%${itself(words)}%`

/** The pattern of `like` for text that begins with `words`. */
export const beginning = (words: string): string => `${itself(words)}%`

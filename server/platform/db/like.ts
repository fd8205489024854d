/** The pattern of `ilike` for text that contains `words`, in which % and _ stand for themselves. */
export const containing = (words: string): string => `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`

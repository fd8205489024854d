/** So many words of what is told are looked at: the title comes first, and a log pasted below it adds nothing. */
const MOST_WORDS = 60

/** What a word of a text is: letters and digits, and what stands within names of machines, jobs and errors; two of them at least. */
export const tokensOf = (text: string): string[] => {
  const found = text.match(/[\p{L}\p{N}][\p{L}\p{N}_.-]*/gu) ?? []
  return [
    ...new Set(
      found
        .map((w) =>
          w
            .toLowerCase()
            .replace(/[._-]+$/, '')
            .slice(0, 60),
        )
        .filter((w) => w.length > 1),
    ),
  ].slice(0, MOST_WORDS)
}

const figures = /\b\d{1,2}:\d{2}(:\d{2})?\b|\b\d{1,3}(,\d{3})+\b/g

/** Without times of day and amounts: that both speak of half past is no likeness, nor that both lack thousands. */
export const withoutFigures = (text: string): string => text.replace(figures, ' ')

/** A line that is read piece by piece: what was understood is cut out, the rest remains. */
export type Clause = {
  text(): string
  /** Cuts the first match out and answers it. `keep` leaves it where it is: it says something beside what was understood. */
  take(pattern: RegExp, keep?: boolean): RegExpExecArray | null
}

export const clauseOf = (line: string): Clause => {
  let text = line.replace(/\s+/g, ' ').trim()
  return {
    text: () => text,
    take(pattern, keep = false) {
      const found = pattern.exec(text)
      if (found && !keep)
        text = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`
          .replace(/\s+/g, ' ')
          .replace(/ ([,;])/g, '$1')
          .trim()
      return found
    },
  }
}

/** Words that are left over at an end once what stood beside them was understood; "log in" and "sign on" end in their own. */
const before = /^(?:[\s,;:.–-]|(?:and|from|by|at|in|on|of|for|since|with|is|are)\b)+/i
const after =
  /(?:[\s,;:–-]|\b(?:and|from|by|at|of|for|since|with)|(?<!\b(?:log|logged|logging|sign|signed|signing|clock|key|dial|turned|switched)\s)\b(?:in|on))+$/i

/** The rest of a line as a title; empty when no word is left. Of a line from which nothing was cut nothing is left over. */
export const titleOf = (rest: string, line: string): string => {
  const whole = rest === line.replace(/\s+/g, ' ').trim()
  const title = whole ? rest : rest.replace(before, '').replace(after, '').trim()
  return /[\p{L}\p{N}]/u.test(title) ? title.charAt(0).toUpperCase() + title.slice(1) : ''
}

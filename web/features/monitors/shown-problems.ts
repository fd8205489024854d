type Problems = Readonly<Record<string, string | undefined>>

/** What is told at the fields: what the server said last, and, once it was tried, what can be seen to be wrong here. */
export const problemsAt = (fromServer: readonly Problems[], own: Problems, tried: boolean): Problems =>
  Object.assign({}, ...fromServer, tried ? own : {})

/** True when nothing is wrong; else the focus goes to the first field that says so, once it does. */
export const focusFirst = (problems: Problems): boolean => {
  if (Object.keys(problems).length === 0) return true
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus())
  return false
}

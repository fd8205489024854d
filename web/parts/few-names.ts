/** 'Settlement', 'Settlement and Risk reporting', 'Settlement, Risk reporting and 3 more': at most three by name. */
export const fewNames = (things: readonly { name: string }[]): string => {
  const names = things.map(({ name }) => name)
  const [shown, more] =
    names.length > 3 ? [names.slice(0, 2), `${names.length - 2} more`] : [names.slice(0, -1), names.at(-1)]
  return [shown.join(', '), more].filter(Boolean).join(' and ')
}

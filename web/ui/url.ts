import { useNavigate, useParams, useSearch } from '@tanstack/react-router'

/** A part of this page's address, by its name in paths.ts: `useParam('number')`. */
export const useParam = (name: string): string => {
  const params: Record<string, unknown> = useParams({ strict: false })
  const value = params[name]
  if (typeof value !== 'string') throw new Error(`The address of this page has no "${name}".`)
  return value
}

/**
 * State that belongs into the address, so that it can be sent to somebody: the filter, the chosen tab, the row beside
 * the list. Going back leaves the page, it does not undo each change.
 */
export const useUrlState = <Value extends string = string>(
  name: string,
  start: Value,
): [value: Value, set: (value: Value) => void] => {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const found = search[name]
  const set = (value: Value) => {
    const { [name]: _before, ...rest } = search
    void navigate({
      to: '.',
      search: (value === start ? rest : { ...rest, [name]: value }) as never,
      replace: true,
      resetScroll: false,
    })
  }
  return [typeof found === 'string' ? (found as Value) : start, set]
}

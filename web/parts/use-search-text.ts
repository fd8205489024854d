import { useNavigate, useSearch } from '@tanstack/react-router'

/**
 * A text that belongs to the address of the page, such as its filter: it survives a reload and can be sent to somebody.
 * An empty one leaves the address.
 */
export const useSearchText = (name: string): [text: string, set: (text: string) => void] => {
  const given = (useSearch({ strict: false }) as Record<string, unknown>)[name]
  const navigate = useNavigate()
  const set = (text: string) =>
    void navigate({
      to: '.',
      replace: true,
      search: ((old: Record<string, unknown>) => ({ ...old, [name]: text || undefined })) as never,
    })
  return [given === undefined ? '' : String(given), set]
}

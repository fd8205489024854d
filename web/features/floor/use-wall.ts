import { useEffect } from 'react'
import { useUrlState } from '../../ui/url.ts'

const attribute = 'data-mantine-color-scheme'

/**
 * The big screen: no frame, larger, dark. It stands in the address (?wall=1), so that a machine that shows nothing else
 * needs only that; the reader's own choice of colours is left as it is.
 */
export const useWall = (): [wall: boolean, set: (on: boolean) => void] => {
  const [value, setValue] = useUrlState<string>('wall', '')
  const wall = value === '1'
  useEffect(() => {
    if (!wall) return
    const root = document.documentElement
    const before = root.getAttribute(attribute)
    root.setAttribute(attribute, 'dark')
    return () => {
      if (before) root.setAttribute(attribute, before)
    }
  }, [wall])
  return [wall, (on) => setValue(on ? '1' : '')]
}

import { useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { useKeys } from '../ui/keys.ts'
import { pageAbove } from './nav.ts'

/** Escape leads to the page above, wherever a page has no other use for it. */
export const useUp = ({ asks }: { asks: boolean }): void => {
  const { pathname } = useLocation()
  const { routesByPath } = useRouter()
  const navigate = useNavigate()
  const up = pageAbove(pathname, Object.keys(routesByPath), asks)
  // What a button has opened is closed by the same key first.
  const go = () => void (document.querySelector('[role=dialog]') ?? navigate({ to: up ?? '/' }))
  useKeys([{ key: 'Escape', label: 'The page above', kind: 'move', run: go }], {
    level: 'frame',
    when: up !== undefined,
  })
}

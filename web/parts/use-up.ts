import { useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { useKeys } from '../ui/keys.ts'
import { pageAbove } from './nav.ts'

/** Escape leads to the page above, wherever a page has no other use for it. */
export const useUp = ({ asks }: { asks: boolean }): void => {
  const { pathname } = useLocation()
  const { routesByPath } = useRouter()
  const navigate = useNavigate()
  const up = pageAbove(pathname, Object.keys(routesByPath), asks)
  useKeys([{ key: 'Escape', label: 'The page above', kind: 'move', run: () => void navigate({ to: up ?? '/' }) }], {
    level: 'frame',
    when: up !== undefined,
  })
}

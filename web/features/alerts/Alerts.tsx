import { useNavigate, useSearch } from '@tanstack/react-router'
import { Choices } from '../../ui/Chip.tsx'
import { useAlertCounts } from './data.ts'
import { FiringAlerts } from './FiringAlerts.tsx'
import { type AlertView, alertViews, readFilter, withView } from './filter.ts'
import { Maintenances } from './Maintenances.tsx'
import { Silences } from './Silences.tsx'
import { capped } from './words.ts'

type Shown = AlertView | 'silences' | 'maintenance'

const useShown = () => {
  const { view, q } = useSearch({ strict: false }) as { view?: unknown; q?: unknown }
  const text = typeof q === 'string' ? q : ''
  const navigate = useNavigate()
  const go = (search: { view?: string; q?: string }) =>
    void navigate({ to: '.', search: search as never, replace: true, resetScroll: false })
  const filter = (next: string) => go(next === '' ? {} : { q: next })
  const shown: Shown = view === 'silences' || view === 'maintenance' ? view : readFilter(text).filter.view
  const show = (next: Shown) => {
    const isAlerts = (alertViews as readonly string[]).includes(next)
    if (isAlerts) filter(withView(text, next as AlertView))
    else go({ view: next, ...(text !== '' && { q: text }) })
  }
  return { shown, show, text, filter }
}

/** The chips that choose what the page shows; how many of it there are stands in them. */
function Views({ shown, show }: { shown: Shown; show: (next: Shown) => void }) {
  const { data } = useAlertCounts()
  const count = (number: number | undefined) => (number === undefined ? '' : ` ${capped(number)}`)
  return (
    <Choices<Shown>
      label="What to show"
      value={shown}
      onChange={show}
      of={[
        { value: 'firing', label: `Firing${count(data && data.firing + data.blind)}` },
        { value: 'held', label: `Held back${count(data?.held)}` },
        { value: 'all', label: 'All' },
        { value: 'silences', label: 'Silences' },
        { value: 'maintenance', label: 'Maintenance' },
      ]}
    />
  )
}

/** What is broken according to our monitors and the tools that report to us, and what is held back and why. */
export function Alerts() {
  const { shown, show, text, filter } = useShown()
  const views = <Views shown={shown} show={show} />
  if (shown === 'silences') return <Silences views={views} />
  if (shown === 'maintenance') return <Maintenances views={views} />
  return <FiringAlerts views={views} view={shown} text={text} onText={filter} />
}

import { useNavigate } from '@tanstack/react-router'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Choices } from '../../ui/Chip.tsx'
import { useKeys } from '../../ui/keys.ts'

const lists = [
  { value: 'services', label: 'Services', to: paths.services() },
  { value: 'hosts', label: 'Hosts', to: paths.hosts() },
  { value: 'units', label: 'Business units', to: paths.businessUnits() },
] as const

/** From one list of the catalogue to another, for those who see its inside. */
export function CatalogLists({ shown }: { shown: (typeof lists)[number]['value'] }) {
  const may = useMay('host.read') !== undefined
  const navigate = useNavigate()
  const go = (to: string) => void navigate({ to })
  useKeys(
    lists.map(({ label, to }, index) => ({
      key: String(index + 1),
      label: `To the ${label.toLowerCase()}`,
      kind: 'move' as const,
      run: () => go(to),
    })),
    { when: may },
  )
  if (!may) return null
  return (
    <Choices
      label="What to show"
      value={shown}
      of={lists}
      onChange={(next) => go(lists.find(({ value }) => value === next)?.to ?? paths.services())}
    />
  )
}

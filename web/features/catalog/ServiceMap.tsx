import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { ServiceMap as Graph } from '../../../contract/catalog/map.ts'
import { query } from '../../api.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip, Choices } from '../../ui/Chip.tsx'
import { useKeys } from '../../ui/keys.ts'
import { useIsPhone } from '../../ui/list.ts'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useHealth } from './data.ts'
import { Chosen } from './map/Chosen.tsx'
import { Drawn } from './map/Drawn.tsx'
import { FindService } from './map/FindService.tsx'
import { HurtNow } from './map/HurtNow.tsx'
import { hurtBy, partOf, troubled } from './map/impact.ts'
import { MapTable } from './map/MapTable.tsx'
import { counted } from './words.ts'

/** What of the map is broken now, and what that hurts. */
const useTrouble = (map: Graph | undefined) => {
  const health = useHealth()
  const broken = useMemo(
    () =>
      (map?.services ?? [])
        .filter(({ id }) => ['down', 'degraded'].includes(health?.of(id)?.state ?? ''))
        .map(({ id }) => id),
    [map, health],
  )
  const hurt = useMemo(() => hurtBy(map ?? { edges: [] }, broken), [map, broken])
  return { health, broken, hurt }
}

/** Trouble first, if there was any when one came; what breaks later must not change the picture under one's hand. */
const useScope = (known: boolean, broken: readonly string[]) => {
  const [asked, setAsked] = useSearchText('show')
  const [first, setFirst] = useState<'trouble' | 'all'>()
  if (known && !first) setFirst(broken.length > 0 ? 'trouble' : 'all')
  const scope = asked === 'all' || asked === 'trouble' ? asked : (first ?? 'all')
  return [scope, setAsked] as const
}

/** Which services need which, how each is, and whom it hurts when one breaks. */
export function ServiceMap() {
  const { around } = useSearch({ strict: false }) as { around?: string }
  const navigate = useNavigate()
  const me = useMe().data
  const may = useMay('host.read') !== undefined
  const mayHealth = useMay('floor.read') !== undefined
  const phone = useIsPhone()
  const found = useQuery({
    ...query.catalog.services.map.queryOptions({ input: may ? { around } : skipToken }),
    placeholderData: keepPreviousData,
  })
  const map = found.data
  const { health, broken, hurt } = useTrouble(map)
  const known = map !== undefined && (health !== undefined || !mayHealth)
  const [scope, setScope] = useScope(known, broken)
  const [as, setAs] = useSearchText('as')
  const chosen = map?.services.find(({ id }) => id === around)
  const shown = useMemo(
    () => (map && !around && scope === 'trouble' ? partOf(map, troubled(map, broken)) : map),
    [map, around, scope, broken],
  )
  // On a phone a picture of forty boxes is of no use: there the rows come first.
  const table = as ? as === 'table' : phone
  const all = () => void navigate({ to: paths.serviceMap(), search: (as ? { as } : {}) as never })
  useKeys([{ key: 'Escape', label: 'The whole map', kind: 'move', run: all }], { when: around !== undefined })
  const side =
    map &&
    (chosen ? (
      <Chosen map={map} service={chosen} health={health} />
    ) : (
      <HurtNow map={map} broken={broken} hurt={hurt} health={health} />
    ))
  return (
    <Page
      title="Service map"
      fill={!phone}
      chips={
        known &&
        map.services.length > 0 && (
          <>
            {chosen ? (
              <Chip onRemove={all}>{`around: ${chosen.name}`}</Chip>
            ) : (
              <Choices
                label="What is shown"
                value={scope}
                of={[
                  { value: 'trouble', label: `Trouble ${broken.length}` },
                  { value: 'all', label: `All ${map.services.length}` },
                ]}
                onChange={setScope}
              />
            )}
            <span className="faint">
              {chosen
                ? `${counted(map.services.length - 1, 'service')} that it needs or that ${map.services.length === 2 ? 'needs' : 'need'} it`
                : map.more && 'the most critical ones; find the others by name'}
            </span>
          </>
        )
      }
      acts={<Act label={table ? 'As a picture' : 'As a table'} k="t" run={() => setAs(table ? 'picture' : 'table')} />}
    >
      {!map && found.isError && (
        <Failed what="The map could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {me && !may && <Empty title="The map is for those who work at the desk." />}
      {!known && may && !found.isError && <Loading lines={6} />}
      {map?.services.length === 0 && around && (
        <Empty title="There is no such service on the map." act={<Act label="The whole map" run={all} />}>
          It may have been archived, or its address mistyped.
        </Empty>
      )}
      {map?.services.length === 0 && !around && (
        <Empty title="Nothing depends on anything yet." act={<Link to={paths.services()}>Services</Link>}>
          Note on a service what it needs. Then one sees here what breaks when something breaks.
        </Empty>
      )}
      {known && shown && map.services.length > 0 && (
        <Columns of="minmax(0, 1fr) 300px" fill={!phone}>
          {phone && side}
          <Panel
            title="What needs what"
            right={
              <FindService
                onFound={(id) =>
                  void navigate({ to: paths.serviceMap(), search: { around: id, as: as || undefined } as never })
                }
              />
            }
            fill={!phone && (table || 'full')}
            foot={
              !table &&
              shown.services.length > 0 &&
              'An arrow leads to what is needed. Filled: broken itself. Red edge without filling: needs something broken, and is not known to be broken itself. Grey with a dotted edge: nothing watches it, so we do not know how it is.'
            }
          >
            {shown.services.length === 0 ? (
              <Empty title="Nothing on the map is broken.">All of it stands under “All”.</Empty>
            ) : table ? (
              <MapTable map={shown} hurt={hurt} health={health} />
            ) : (
              <Drawn map={shown} chosen={around} broken={broken} hurt={hurt} health={health} />
            )}
          </Panel>
          {!phone && side}
        </Columns>
      )}
    </Page>
  )
}

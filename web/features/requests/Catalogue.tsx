import { TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useUrlState } from '../../ui/url.ts'
import { useRove } from '../../ui/use-rove.ts'
import { useRequestTypes } from './data.ts'
import { RequestIcon } from './RequestIcon.tsx'
import styles from './requests.module.css'
import { byCategory, matching, type TypeRow } from './words.ts'

/** What can be asked for, by category. */
export function Catalogue() {
  const list = useRequestTypes('mine')
  const keeps = useMay('request_type.write') !== undefined
  const [typed, setTyped] = useUrlState<string>('q', '')
  const navigate = useNavigate()
  const search = useRef<HTMLInputElement>(null)
  const rows = list.data?.items
  const found = rows && matching(rows, typed)
  useKeys([
    { key: 'f', label: 'Search the catalogue', kind: 'move', run: () => search.current?.focus() },
    ...(rows ?? []).map(({ name, slug, category }) => ({
      label: `Ask for: ${name}`,
      hint: category,
      kind: 'go' as const,
      run: () => void navigate({ to: paths.askFor(slug) }),
    })),
  ])
  const [first] = found ?? []
  return (
    <Page
      title="Catalogue"
      words="what you can ask for"
      acts={keeps && <Act label="Edit request types" k="e" to={paths.requestTypes()} />}
    >
      {rows && rows.length > 0 && (
        <search className={styles.search}>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (first) void navigate({ to: paths.askFor(first.slug) })
            }}
          >
            <TextInput
              ref={search}
              aria-label="Search the catalogue"
              placeholder="What do you need? Enter opens the first."
              type="search"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </form>
        </search>
      )}
      {found ? (
        <Found rows={found} all={rows?.length ?? 0} keeps={keeps} />
      ) : list.isError ? (
        <Panel>
          <Failed what="The catalogue could not be read." error={list.error} retry={() => void list.refetch()} />
        </Panel>
      ) : (
        <Panel>
          <Loading />
        </Panel>
      )}
    </Page>
  )
}

function Found({ rows, all, keeps }: { rows: readonly TypeRow[]; all: number; keeps: boolean }) {
  const frame = useRove()
  if (rows.length === 0)
    return (
      <Panel>
        {all === 0 ? (
          <Empty
            title="Nothing can be asked for yet."
            act={keeps && <Act label="Add a request type" k="c" kind="primary" to={paths.newRequestType()} />}
          >
            A request type is a form with what is needed to fulfil it: read access, a program, a report again.
          </Empty>
        ) : (
          <Empty
            title="Nothing in the catalogue has these words."
            act={<Link to={paths.newTicket()}>Write to support</Link>}
          >
            Try another word, or write to support in your own words.
          </Empty>
        )}
      </Panel>
    )
  return (
    <Rows ref={frame}>
      {byCategory(rows).map(([category, types]) => (
        <Panel key={category} title={category}>
          <ul className={styles.types}>
            {types.map((type) => (
              <li key={type.id}>
                <Link to={paths.askFor(type.slug)} className={styles.type} data-rove>
                  <RequestIcon name={type.icon} />
                  <b className="clip">{type.name}</b>
                  <span className="faint">{type.needsApproval && 'needs approval'}</span>
                  {type.description && <span className={styles.about}>{type.description}</span>}
                </Link>
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </Rows>
  )
}

import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useRef } from 'react'
import { useMay } from '../../parts/frame-data.ts'
import { ServiceIdSelect } from '../../parts/ServiceSelect.tsx'
import { useSearchText } from '../../parts/use-search-text.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Choices } from '../../ui/Chip.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { rowsOf } from '../../ui/list.ts'
import { Status } from '../../ui/Marks.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Ago } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { useKnowledgeList } from './data.ts'
import styles from './knowledge.module.css'
import { kinds, kindWords, type Row, states, stateWords } from './words.ts'

const Headline = ({ row }: { row: Row }) => (
  <span className="faint">
    {row.headline.map((piece, at) =>
      piece.hit ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
        <mark key={at} className={styles.hit}>
          {piece.text}
        </mark>
      ) : (
        piece.text
      ),
    )}
  </span>
)

const State = ({ row }: { row: Pick<Row, 'state' | 'reviewDue'> }) =>
  row.reviewDue && row.state === 'published' ? (
    <Status tone="warn">review due</Status>
  ) : (
    <Status tone={stateWords[row.state].tone}>{stateWords[row.state].word}</Status>
  )

const columnsFor = (desk: boolean): readonly Column<Row>[] => [
  { title: 'Number', width: 80, mono: true, faint: true, cell: ({ number }) => number },
  {
    title: 'Title',
    main: true,
    cell: (row) => (
      <>
        <span className="strong">{row.title}</span> <Headline row={row} />
      </>
    ),
  },
  { title: 'Kind', width: 100, from: 560, faint: true, cell: ({ kind }) => kindWords[kind] },
  {
    title: 'Services',
    width: 190,
    from: 760,
    cell: ({ services }) => services.map(({ name }) => name).join(', ') || <span className="faint">–</span>,
  },
  ...(desk
    ? [
        { title: 'State', width: 110, from: 640, cell: (row: Row) => <State row={row} /> },
        {
          title: 'Used',
          width: 56,
          align: 'right' as const,
          from: 900,
          cell: ({ uses }: Row) => uses || <span className="faint">–</span>,
        },
      ]
    : []),
  { title: 'Changed', width: 110, from: 980, faint: true, cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
]

type Kind = Row['kind'] | 'all'
type State = Row['state'] | 'live' | 'due'

/** What is known: found while one types. */
export function Knowledge() {
  const desk = useMay('knowledge.write') !== undefined
  const [words, setWords] = useSearchText('q')
  const [kind, setKind] = useSearchText('kind')
  const [state, setState] = useSearchText('state')
  const [serviceId, setService] = useSearchText('service')
  const [q] = useDebouncedValue(words.trim(), 120)
  const field = useRef<HTMLInputElement>(null)
  useKeys([{ key: '/', label: 'Search what is known', kind: 'move', run: () => field.current?.focus() }])
  const list = useKnowledgeList({
    ...(q && { q: q.slice(0, 200) }),
    ...(kind && { kind: kind as Row['kind'] }),
    ...(state === 'due' ? { review: 'due' as const } : state && { state: state as Row['state'] }),
    ...(serviceId && { serviceId }),
  })
  const rows = rowsOf(list.data)
  const filtered = Boolean(q || kind || state || serviceId)
  const add = desk && <Act label="New knowledge item" k="c" kind="primary" to={paths.newKnowledge()} />
  const columns = useMemo(() => columnsFor(desk), [desk])
  return (
    <Page
      title="Knowledge"
      fill
      chips={
        <div className={styles.choices}>
          <Choices<Kind>
            label="Kind"
            value={(kind || 'all') as Kind}
            onChange={(next) => setKind(next === 'all' ? '' : next)}
            of={[{ value: 'all', label: 'All' }, ...kinds.map((one) => ({ value: one, label: `${kindWords[one]}s` }))]}
          />
          {desk && (
            <Choices<State>
              label="State"
              value={(state || 'live') as State}
              onChange={(next) => setState(next === 'live' ? '' : next)}
              of={[
                { value: 'live', label: 'In use' },
                ...states.map((one) => ({ value: one, label: stateWords[one].title })),
                { value: 'due', label: 'Review due' },
              ]}
            />
          )}
        </div>
      }
      acts={(filtered || rows?.length !== 0) && add}
    >
      <div className={styles.filters}>
        <TextInput
          ref={field}
          className={styles.search}
          type="search"
          aria-label="Search what is known"
          placeholder="Words, an error, a number"
          rightSection={words === '' && <Kbd k="/" />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <div className={styles.service}>
          <ServiceIdSelect
            aria-label="Service"
            placeholder="Any service"
            value={serviceId || null}
            onChange={(id) => setService(id ?? '')}
          />
        </div>
      </div>
      <Panel fill label="Knowledge">
        <DataTable
          label="Knowledge"
          rows={rows}
          source={list}
          rowId={({ id }) => id}
          to={({ number }) => paths.knowledgeItem(number)}
          columns={columns}
          choose="knowledge"
          phone={(row) => (
            <TwoLine
              title={row.title}
              urgent={desk && <State row={row} />}
              words={
                row.headline.length > 0 ? (
                  <Headline row={row} />
                ) : (
                  `${kindWords[row.kind]} · ${row.services.map(({ name }) => name).join(', ') || 'any service'}`
                )
              }
              end={<span className="mono">{row.number}</span>}
            />
          )}
          empty={
            filtered ? (
              <Empty title="Nothing that is known fits.">Take a word or a filter away.</Empty>
            ) : (
              <Empty title="Nothing is written yet." act={add}>
                A known error says by what one knows it and how to get around it; a runbook leads through steps; an
                article says the rest. What is published is suggested on tickets that read like it.
              </Empty>
            )
          }
        />
      </Panel>
    </Page>
  )
}

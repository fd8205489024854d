import { useState } from 'react'
import {
  type ImportItem,
  type ImportPreview,
  type ImportResult,
  importResults,
} from '../../../contract/imports/index.ts'
import { Choices } from '../../ui/Chip.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { notesOf, pastRunsIn, resultWords, rowIdOf, whyWords } from './import-draft.ts'
import styles from './jobs.module.css'
import { scheduleWords } from './words.ts'

type Props = {
  preview: ImportPreview | undefined
  ticked: ReadonlySet<string>
  setTicked: (ticked: ReadonlySet<string>) => void
  fill: boolean
}

const tones = { created: 'ok', changed: 'warn', unchanged: 'off', skipped: 'off', refused: 'down' } as const
const Mark = ({ result }: { result: ImportResult }) => <Status tone={tones[result]}>{resultWords[result]}</Status>
const none = <span className="faint">–</span>

const columns: readonly Column<ImportItem>[] = [
  { title: 'Result', width: 96, cell: (row) => <Mark result={row.result} /> },
  { title: 'Line', width: 52, align: 'right', faint: true, from: 560, cell: (row) => row.line },
  {
    title: 'Job',
    main: true,
    cell: (row) => (
      <>
        <span className="strong">{row.name ?? 'cannot be read'}</span> <span className="faint">{whyWords(row)}</span>
      </>
    ),
  },
  {
    title: 'Schedule',
    width: 210,
    mono: true,
    faint: true,
    from: 640,
    cell: (row) => (row.schedule ? scheduleWords(row.schedule) : none),
  },
  {
    title: 'Next due',
    width: 84,
    align: 'right',
    from: 700,
    cell: (row) => (row.nextAt ? <Stamp at={row.nextAt} /> : none),
  },
]

/** What an import would do, job by job, to be ticked. */
export function ImportList({ preview, ticked, setTicked, fill }: Props) {
  const [only, setOnly] = useState<ImportResult | 'all'>('all')
  if (!preview)
    return (
      <Panel title="What it would do" fill={fill}>
        <Empty title="Nothing is read yet.">
          Each job of the file is shown here: whether it is new, has changed, or cannot be taken, and why. You tick what
          is to be done.
        </Empty>
      </Panel>
    )
  const { counts, items, findings } = preview
  const past = pastRunsIn(preview)
  const there = importResults.filter((result) => counts[result] > 0)
  const shown = only !== 'all' && counts[only] > 0 ? only : 'all'
  return (
    <Panel
      title="What it would do"
      words={`read as ${preview.title}${past > 0 ? `, with ${past} past runs` : ''}`}
      fill={fill}
      foot={(findings.length > 0 || items.some(({ reason }) => reason)) && <Notes preview={preview} />}
    >
      {there.length > 1 && (
        <div className={styles.filter}>
          <Choices
            label="Result"
            value={shown}
            onChange={setOnly}
            of={[
              { value: 'all' as const, label: `All ${items.length}` },
              ...there.map((value) => ({ value, label: `${resultWords[value]} ${counts[value]}` })),
            ]}
          />
        </div>
      )}
      <DataTable
        label="Jobs of the file"
        rows={shown === 'all' ? items : items.filter(({ result }) => result === shown)}
        rowId={rowIdOf}
        columns={columns}
        marked={ticked}
        onMarked={setTicked}
        phone={(row) => (
          <TwoLine
            title={row.name ?? `Line ${row.line}`}
            urgent={<Mark result={row.result} />}
            words={whyWords(row) || (row.schedule && scheduleWords(row.schedule))}
            end={row.nextAt && <Stamp at={row.nextAt} />}
          />
        )}
        empty={<Empty title="There is no job in it.">Choose another file.</Empty>}
      />
    </Panel>
  )
}

const MOST_NOTES = 200

const Notes = ({ preview }: { preview: ImportPreview }) => {
  const notes = notesOf(preview)
  const several = new Set(preview.items.map(({ file }) => file)).size > 1
  return (
    <details>
      <summary>
        {notes.length === 1 ? '1 note' : `${notes.length} notes`}: what is left out, and what may not be meant
      </summary>
      <ul className={styles.notes}>
        {notes.slice(0, MOST_NOTES).map(({ file, line, words }) => (
          <li key={`${file}:${line} ${words}`}>
            {several && `${file}, `}Line {line}: {words}
          </li>
        ))}
        {notes.length > MOST_NOTES && <li>And {notes.length - MOST_NOTES} more.</li>}
      </ul>
    </details>
  )
}

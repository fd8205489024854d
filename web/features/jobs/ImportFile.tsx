import { Button, FileButton, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { sizeWords } from '../../ui/Files.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import { Belongs } from '../monitors/Belongs.tsx'
import { decoded, type ImportDraft, mostImportBytes } from './import-draft.ts'
import styles from './jobs.module.css'

type Props = {
  draft: ImportDraft
  change: (part: Partial<ImportDraft>) => void
  busy: boolean
  problems: Record<string, string | undefined>
  failed: string | undefined
}

/** Longer than that a text is not shown while it is written: a browser lays out each line of it. */
const MOST_SHOWN = 200_000

/** Takes files, or what somebody pastes, and what they do not say. */
export function ImportFile({ draft, change, busy, problems, failed }: Props) {
  const [tooLarge, setTooLarge] = useState<string>()
  const choose = async (chosen: File[]) => {
    if (chosen.length === 0) return
    const bytes = chosen.reduce((sum, file) => sum + file.size, 0)
    if (bytes > mostImportBytes)
      return setTooLarge(`That is ${sizeWords(bytes)}, and at most ${sizeWords(mostImportBytes)} are read at once.`)
    setTooLarge(undefined)
    const files = await Promise.all(
      chosen.map(async (file) => ({ name: file.name, text: decoded(await file.arrayBuffer()) })),
    )
    change({ files })
  }
  const kinds =
    useQuery({ ...query.imports.importers.queryOptions(), staleTime: Number.POSITIVE_INFINITY }).data?.items ?? []
  const [only] = draft.files
  const pasted = draft.files.length === 1 && only && only.text.length <= MOST_SHOWN
  const names = draft.files.map(({ name }) => name).join(', ')
  return (
    <Panel
      title="The file"
      right={
        <FileButton multiple onChange={(files) => void choose(files)}>
          {(props) => (
            <Button {...props} loading={busy}>
              Choose files
            </Button>
          )}
        </FileButton>
      }
      pad
    >
      <div className={styles.form}>
        <Textarea
          label="Or paste it"
          description="What crontab -l, systemctl cat, kubectl get cronjobs -A -o json or autorep -J ALL -q prints, an anacrontab, or CSV. Nothing is written before you accept it."
          placeholder="0 22 * * 1-5 /opt/batch/eod.sh"
          minRows={6}
          maxRows={10}
          autosize
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={pasted ? only.text : ''}
          onChange={(event) => {
            setTooLarge(undefined)
            const text = event.currentTarget.value
            change({ files: text.trim() === '' ? [] : [{ name: pasted ? only.name : 'pasted', text }] })
          }}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault()
            void choose([...event.dataTransfer.files])
          }}
          error={tooLarge ?? problems.files}
        />
        {draft.files.length > 0 && !pasted && <p className={styles.hint}>{`Chosen: ${names}`}</p>}
        <Select
          label="Read as"
          placeholder="as what it seems to be"
          clearable
          data={kinds.map(({ kind, title }) => ({ value: kind, label: title }))}
          value={draft.kind}
          onChange={(kind) => change({ kind })}
          error={problems.kind}
        />
        <div className={styles.pair}>
          <TextInput
            label="Host, cluster or instance"
            placeholder="prdbat01"
            value={draft.host}
            onChange={(event) => change({ host: event.currentTarget.value })}
            error={problems.host}
            maxLength={200}
          />
          <ZoneSelect value={draft.zone} onChange={(zone) => change({ zone })} error={problems.zone} />
        </div>
        <p className={styles.hint}>
          A second import finds a job again by its host. The time zone counts where the file names none.
        </p>
        <Belongs draft={draft} change={change} problems={problems} may="job.write" bad="one fails or does not come" />
        {failed && (
          <div role="alert">
            <Callout tone="down">{failed}</Callout>
          </div>
        )}
      </div>
    </Panel>
  )
}

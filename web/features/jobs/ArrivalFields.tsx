import { TextInput } from '@mantine/core'
import { BusinessFields } from './BusinessFields.tsx'
import type { Draft } from './draft.ts'
import styles from './jobs.module.css'
import { SpanField } from './SpanField.tsx'

type Props = {
  draft: Draft
  change: (part: Partial<Draft>) => void
  problems: Record<string, string | undefined>
}

/** With which file it begins, and by when that must have come. */
export function ArrivalFields({ draft, change, problems }: Props) {
  return (
    <>
      <TextInput
        label="File"
        description="In the name, * stands for any characters."
        placeholder="/data/in/prices-*.csv"
        spellCheck={false}
        classNames={{ input: 'mono' }}
        value={draft.file}
        onChange={(event) => change({ file: event.currentTarget.value })}
        error={problems['schedule.file']}
        maxLength={1_000}
      />
      <div className={styles.pair}>
        <TextInput
          label="On host"
          placeholder="prdbat01"
          spellCheck={false}
          value={draft.fileHost}
          onChange={(event) => change({ fileHost: event.currentTarget.value })}
          error={problems['schedule.host']}
          maxLength={200}
        />
        <SpanField
          label="Early by at most"
          value={draft.aheadSeconds}
          onChange={(aheadSeconds) => change({ aheadSeconds })}
          error={problems['schedule.aheadSeconds']}
        />
      </div>
      <BusinessFields draft={draft} change={change} problems={problems} times="Expected by" />
    </>
  )
}

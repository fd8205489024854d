import { Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { type RunVerdict, runVerdicts } from '../../../contract/jobs/index.ts'
import type { RunsAsk } from './data.ts'
import styles from './jobs.module.css'
import { verdictWords } from './words.ts'

const pause = 400

/** Which of its runs are shown: those of a verdict, those that printed a text. */
export function RunsFilter({ ask, onChange }: { ask: RunsAsk; onChange: (ask: RunsAsk) => void }) {
  const [typed, setTyped] = useState('')
  const look = useDebouncedCallback((text: string) => {
    const said = text.trim()
    onChange({ ...(ask.verdict && { verdict: ask.verdict }), ...(said && { said }) })
  }, pause)
  return (
    <div className={styles.runsFilter}>
      <Select
        aria-label="Only runs that are"
        placeholder="all runs"
        clearable
        data={runVerdicts.map((value) => ({ value, label: verdictWords[value] }))}
        value={ask.verdict ?? null}
        onChange={(verdict) =>
          onChange({ ...(verdict && { verdict: verdict as RunVerdict }), ...(ask.said && { said: ask.said }) })
        }
      />
      <TextInput
        aria-label="Find in their output"
        placeholder="find in output: ORA-"
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          look(event.currentTarget.value)
        }}
      />
    </div>
  )
}

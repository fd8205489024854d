import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useRef, useState } from 'react'
import type { Act as Write } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { useFirstField } from '../../ui/focus.tsx'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { type Draft, missing } from './draft.ts'
import { ItemBody } from './ItemBody.tsx'
import { ItemFields } from './ItemFields.tsx'
import styles from './knowledge.module.css'

type Props = {
  title: string
  start: Draft
  isNew: boolean
  act: Write<{ draft: Draft; why: string }, unknown>
  save: string
  back: string
  chips?: ReactNode
}

/** What is written at the left, how it will be read at the right. */
export function ItemEditor({ title, start, isNew, act, save, back, chips }: Props) {
  const [draft, setDraft] = useState(start)
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const [shown] = useDebouncedValue(draft, 150)
  const form = useRef<HTMLFormElement>(null)
  useFirstField(form, 'input[name="title"]')
  const wrong = missing(draft)
  const submit = () => {
    setTried(true)
    if (Object.keys(wrong).length === 0 && !act.busy) act.run({ draft, why: why.trim() })
  }
  return (
    <Page
      title={title}
      chips={chips}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={back} />
          <Act label={save} k="mod+Enter" kind="primary" run={submit} busy={act.busy} />
        </>
      }
    >
      <Columns of="minmax(0, 1fr) minmax(0, 1fr)">
        <Panel label="What it says" pad>
          <form
            ref={form}
            noValidate
            className={styles.fields}
            onSubmit={(event) => {
              event.preventDefault()
              submit()
            }}
          >
            <ItemFields
              draft={draft}
              set={(change) => setDraft((before) => ({ ...before, ...change }))}
              problems={{ ...act.problems, ...(tried ? wrong : {}) }}
              isNew={isNew}
            />
            {!isNew && (
              <TextInput
                label="Why was it changed?"
                description="The reason is kept with the version, for whoever compares versions later."
                maxLength={500}
                value={why}
                onChange={(event) => setWhy(event.currentTarget.value)}
              />
            )}
            {act.failed && (
              <div role="alert">
                <Callout tone="down">{act.failed}</Callout>
              </div>
            )}
          </form>
        </Panel>
        <Panel title="How it reads" pad>
          <ItemBody words={shown} />
        </Panel>
      </Columns>
    </Page>
  )
}

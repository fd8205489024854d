import { TextInput } from '@mantine/core'
import { skipToken, useQuery } from '@tanstack/react-query'
import { Link, useRouter, useSearch } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { api, query } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { useIsPhone } from '../../ui/list.ts'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { type Pick, Picks } from '../../ui/Picks.tsx'
import { Callout, Failed } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { listKeys } from './data.ts'
import styles from './desk.module.css'
import { candidateWords } from './links/data.ts'
import { CallFields } from './phone/CallFields.tsx'
import own from './phone/phone.module.css'
import { inputOf, useCall } from './phone/use-call.ts'
import { counted } from './words.ts'

const fresh = 'new'
const fields = ['line', 'title', 'userId', 'businessUnitId', 'serviceId', 'environment', 'since', 'page']

/** The ticket that was open when the phone rang, if there was one. */
const useAbout = () => {
  const { about } = useSearch({ strict: false }) as { about?: string }
  const found = useQuery(query.desk.get.queryOptions({ input: about ? { id: about } : skipToken }))
  return found.data?.can.addCaller.ok ? found.data : undefined
}

/**
 * The phone log: one line is typed while somebody speaks, and becomes a ticket, or a caller of one that is open. The
 * arrow keys in the line choose which. As in every form, Enter in a line or Ctrl+Enter anywhere sends it.
 */
export function PhoneLog() {
  const router = useRouter()
  const { line, setLine, hand, change, clear, reading, call, behind } = useCall()
  const about = useAbout()
  const [chosen, setChosen] = useState<Pick<string>>()
  const [wanted, setWanted] = useState(false)
  const [page, setPage] = useState(false)
  const [last, setLast] = useState<{ number: string; words: string; callerId: string | undefined }>()
  const [tried, setTried] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const narrow = useIsPhone()
  // After the heading, which a page focuses for screen readers.
  useEffect(() => field.current?.focus(), [])

  const read = reading.data
  const candidates = read?.candidates ?? []
  const offered: Pick<string>[] = [
    { value: fresh, label: 'A new ticket' },
    ...(about && !candidates.some(({ number }) => number === about.number)
      ? [{ value: about.number, label: `${about.number} ${about.title}`, hint: 'the one that was open' }]
      : []),
    ...candidates.map((one) => ({ value: one.number, label: `${one.number} ${one.title}`, hint: candidateWords(one) })),
  ]
  const to = chosen?.value ?? about?.number ?? fresh
  // What was chosen stays, also when other words make it less likely; if it is over meanwhile, the server says so.
  const picks = chosen && !offered.some(({ value }) => value === chosen.value) ? [...offered, chosen] : offered
  const act = useAct(api.desk.logCall, {
    fields,
    refresh: listKeys(),
    done: ({ ticket, opened, callers, child, undo, page: paged }) => {
      const { number } = ticket
      const words = opened
        ? `${number} is open.${paged ? ` ${paged}` : ''}`
        : `${counted(callers, 'person has', 'people have')} called about ${number} now.${child ? ` The caller reads ${child.number}.` : ''}`
      const { callerId } = (undo?.act === 'removeCaller' ? undo.input : {}) as { callerId?: string }
      setLast({ number, words, callerId })
      // The next one is on the phone already.
      clear()
      setChosen(undefined)
      setPage(false)
      setTried(false)
      field.current?.focus()
    },
  })
  const takeBack = useAct(
    ({ number, callerId = '' }: { number: string; callerId: string | undefined }) =>
      api.desk.removeCaller({ id: number, callerId }),
    {
      refresh: listKeys(),
      done: () => {
        setLast(undefined)
        toast('Undone.')
        field.current?.focus()
      },
    },
  )
  const missing = line.trim() ? undefined : 'Write in a line what is said.'
  const save = () => {
    setTried(true)
    if (missing) field.current?.focus()
    else if (!act.busy) setWanted(true)
  }
  // Enter comes faster than the last word is read: then it is saved a moment later.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is sent is what is shown then
  useEffect(() => {
    if (!wanted || behind) return
    setWanted(false)
    act.run(inputOf({ line, call, hand, read }, { to: to === fresh ? undefined : to, page }))
  }, [wanted, behind])
  const step = (by: number) => {
    const at = picks.findIndex(({ value }) => value === to)
    setChosen(picks[(at + by + picks.length) % picks.length])
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') step(1)
    else if (event.key === 'ArrowUp') step(-1)
    // With nothing in it, and nothing to take back, there is nothing to stay for; else the field is left.
    else if (event.key === 'Escape' && !line && !last) router.history.back()
    else return
    event.preventDefault()
  }
  const problems = { ...act.problems, line: (tried ? missing : undefined) ?? act.problems.line }
  const which = (
    <Panel
      title="Which ticket is it about?"
      words={candidates.length > 0 ? `${candidates.length} open may be the same` : 'none that is open looks the same'}
    >
      {reading.isError ? (
        <Failed what="The line could not be read." error={reading.error} retry={() => void reading.refetch()} />
      ) : (
        <div className={own.choices}>
          <Picks
            label="Which ticket is it about?"
            value={to}
            of={picks}
            onChange={(value) => setChosen(picks.find((one) => one.value === value))}
            below
          />
        </div>
      )}
    </Panel>
  )
  return (
    <Page
      title="Phone log"
      words="one line while they speak"
      acts={
        <>
          <Act label="Leave" k="Escape" run={() => router.history.back()} />
          <Act
            label={to === fresh ? 'Open ticket' : `Add to ${to}`}
            k="mod+Enter"
            kind="primary"
            busy={act.busy}
            run={save}
          />
        </>
      }
    >
      <Columns of="minmax(0, 1fr) minmax(0, 460px)">
        <Panel label="The call" pad>
          <form
            noValidate
            className={styles.fields}
            onSubmit={(event) => {
              event.preventDefault()
              save()
            }}
          >
            <TextInput
              ref={field}
              className={own.line}
              label="What is said"
              description={`Who, what, since when, how pressing.${narrow ? '' : ' The arrow keys choose the ticket; Enter or Ctrl+Enter sends.'}`}
              placeholder="eqd cannot price since 0915 P2"
              maxLength={500}
              autoComplete="off"
              spellCheck={false}
              value={line}
              onChange={(event) => setLine(event.currentTarget.value)}
              onKeyDown={onKeyDown}
              error={problems.line}
            />
            {narrow && which}
            <div role="status">
              {last && !line && (
                <Callout
                  acts={last.callerId && <Act label="Undo" k="z" busy={takeBack.busy} run={() => takeBack.run(last)} />}
                >
                  {last.words} <Link to={paths.ticket(last.number)}>Open {last.number}</Link>
                </Callout>
              )}
            </div>
            <CallFields
              call={call}
              read={read}
              hand={hand}
              change={change}
              problems={problems}
              to={to === fresh ? undefined : to}
              page={page}
              setPage={setPage}
            />
            {act.failed && (
              <div role="alert">
                <Callout tone="down">{act.failed}</Callout>
              </div>
            )}
            {/* Enter in a line sends a form that has a button for it; the one above stands outside. */}
            <input type="submit" hidden />
          </form>
        </Panel>
        {!narrow && which}
      </Columns>
    </Page>
  )
}

import { Button, Textarea } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeyboard, useKeys } from '../../ui/keys.ts'
import { Callout, Failed, Loading } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { useParam } from '../../ui/url.ts'
import styles from '../oncall/Acknowledge.module.css'
import { ApprovalBody } from './ApprovalBody.tsx'
import { oneLine } from './DecideDialog.tsx'
import type { ApprovalView } from './words.ts'

type Decision = 'approve' | 'refuse'

/**
 * What a button in a mail opens: without signing in. Reading it decides nothing, because mail scanners open links; a
 * second press does.
 */
export function Approve() {
  const token = useParam('token')
  const [wanted, setWanted] = useSearchText('answer')
  const found = useQuery(query.requests.approvals.byLink.queryOptions({ input: { token } }))
  const [typed, setTyped] = useState('')
  const answer = useMutation({
    mutationFn: (decision: Decision) => {
      const reason = oneLine(typed)
      return api.requests.approvals.decideByLink({ token, decision, ...(reason && { reason }) })
    },
    onSettled: () => found.refetch(),
  })
  useKeyboard()
  const title = found.data ? `Approval for ${found.data.person}` : 'Approval'
  useDocumentTitle(`${title} · Watchfloor`)
  const approval = found.data?.approval
  const decision: Decision | undefined = wanted === 'approve' || wanted === 'refuse' ? wanted : undefined
  return (
    <main className={styles.screen}>
      <header className={styles.top}>
        <h1>{title}</h1>
      </header>
      <div className={styles.column}>
        {approval ? (
          <>
            <p className={styles.title}>{approval.ticket.title}</p>
            {approval.state === 'asked' && approval.requestState === 'waiting' ? (
              <Ask
                decision={decision}
                choose={(next) => setWanted(next ?? '')}
                typed={typed}
                onTyped={setTyped}
                busy={answer.isPending}
                failed={answer.error}
                send={(how) => !answer.isPending && answer.mutate(how)}
              />
            ) : (
              <Outcome approval={approval} second={answer.data?.result === 'already'} />
            )}
            <ApprovalBody approval={approval} />
            <Link to={paths.approvals()} className={styles.link}>
              All that you are asked to approve (sign in)
            </Link>
          </>
        ) : (
          <NotThere pending={found.isPending} error={found.error} retry={() => void found.refetch()} />
        )}
      </div>
    </main>
  )
}

type AskProps = {
  decision: Decision | undefined
  choose: (decision: Decision | undefined) => void
  typed: string
  onTyped: (typed: string) => void
  busy: boolean
  failed: unknown
  send: (decision: Decision) => void
}

function Ask({ decision, choose, typed, onTyped, busy, failed, send }: AskProps) {
  const refuse = decision === 'refuse'
  const missing = refuse && oneLine(typed) === ''
  const confirm = () => decision && !missing && send(decision)
  useKeys([
    { key: 'y', label: 'Approve', run: () => choose('approve') },
    { key: 'n', label: 'Refuse', run: () => choose('refuse') },
    { key: 'mod+Enter', label: 'Confirm', run: confirm },
  ])
  if (!decision)
    return (
      <div className={styles.acts}>
        <Button className={styles.act} variant="filled" rightSection={<Kbd k="y" />} onClick={() => choose('approve')}>
          Approve
        </Button>
        <Button className={styles.act} rightSection={<Kbd k="n" />} onClick={() => choose('refuse')}>
          Refuse
        </Button>
        <p className="faint">Opening this page has decided nothing.</p>
      </div>
    )
  return (
    <form
      className={styles.acts}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        confirm()
      }}
    >
      <Textarea
        label={refuse ? 'Why is it refused?' : 'Anything to say?'}
        description="Whoever asked reads it."
        minRows={2}
        maxLength={500}
        value={typed}
        onChange={(event) => onTyped(event.currentTarget.value)}
      />
      {Boolean(failed) && (
        <div role="alert">
          <Callout tone="down">
            <b>Not sent: nothing was decided.</b> {failed instanceof Error && failed.message}
          </Callout>
        </div>
      )}
      <Button
        type="submit"
        className={styles.act}
        variant={refuse ? 'default' : 'filled'}
        mod={{ danger: refuse }}
        loading={busy}
        disabled={missing}
        rightSection={<Kbd k="mod+Enter" />}
      >
        {refuse ? 'Refuse it' : 'Approve it'}
      </Button>
      <Button className={styles.act} onClick={() => choose(refuse ? 'approve' : 'refuse')}>
        {refuse ? 'Approve instead' : 'Refuse instead'}
      </Button>
      <p className="faint">
        {missing ? 'Say why, in a line: whoever asked reads it.' : 'Nothing is decided before you press the button.'}
      </p>
    </form>
  )
}

const headings: Partial<Record<ApprovalView['state'], string>> = {
  approved: 'You approved it',
  refused: 'You refused it',
  passed_on: 'You passed it on',
  expired: 'The time to answer has run out',
}

const Outcome = ({ approval, second }: { approval: ApprovalView; second: boolean }) => (
  <div className={styles.end} role="status">
    <h2>{headings[approval.state] ?? 'It needs no answer any more'}</h2>
    {approval.decidedAt && (
      <p className="muted">
        {second && 'It was decided already, '}
        <Stamp at={approval.decidedAt} />
        {approval.reason && `: ${approval.reason}`}
      </p>
    )}
    <p className="muted">
      {approval.requester?.name ?? 'Whoever asked'} is told, and {approval.ticket.number} keeps it.
    </p>
  </div>
)

function NotThere({ pending, error, retry }: { pending: boolean; error: unknown; retry: () => void }) {
  if (pending) return <Loading lines={5} />
  const status = statusOf(error)
  if (status !== 404 && status !== 403)
    return <Failed what="The approval could not be loaded. Nothing was decided." error={error} retry={retry} />
  return (
    <div className={styles.end} role="alert">
      <h2>This link cannot be used</h2>
      <p className="muted">{error instanceof Error ? error.message : ''}</p>
      <p className="muted">Nothing was decided.</p>
      <Link to={paths.signIn(paths.approvals())} className={styles.link}>
        Sign in
      </Link>
    </div>
  )
}

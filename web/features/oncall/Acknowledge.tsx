import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { api, query } from '../../api.ts'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { useKeyboard } from '../../ui/keys.ts'
import { Failed, Loading } from '../../ui/States.tsx'
import { AckBody } from './AckBody.tsx'
import styles from './Acknowledge.module.css'
import { standingOf } from './ack-state.ts'

/**
 * What a link in a page opens: on a phone, without signing in. Reading it acknowledges nothing, because mail scanners
 * open links; only a press does.
 */
export function Acknowledge() {
  const { token = '' } = useParams({ strict: false })
  const found = useQuery({
    ...query.oncall.pageByLink.queryOptions({ input: { token } }),
    // There is no live feed without signing in; whoever looks at it must see that somebody else has it.
    refetchInterval: ({ state }) =>
      state.data?.page.state === 'done' || statusOf(state.error) === 404 ? false : 10_000,
    refetchIntervalInBackground: false,
  })
  const answer = useMutation({
    mutationFn: (how: 'acknowledge' | 'pass') => api.oncall.answerByLink({ token, answer: how }),
    onSettled: () => found.refetch(),
  })
  useKeyboard()
  useDocumentTitle(found.data ? `Page for ${found.data.person} · Watchfloor` : 'Page · Watchfloor')
  return (
    <main className={styles.screen}>
      <header className={styles.top}>
        <h1>{found.data ? `Page for ${found.data.person}` : 'Page'}</h1>
      </header>
      <div className={styles.column}>
        {found.data ? (
          <AckBody
            given={found.data}
            standing={standingOf(found.data, answer.data)}
            busy={answer.isPending ? answer.variables : undefined}
            notSent={answer.error}
            offline={found.isError && statusOf(found.error) === undefined}
            readAt={found.dataUpdatedAt}
            send={(how) => !answer.isPending && answer.mutate(how)}
          />
        ) : (
          <NotThere pending={found.isPending} error={found.error} retry={() => void found.refetch()} />
        )}
      </div>
    </main>
  )
}

function NotThere({ pending, error, retry }: { pending: boolean; error: unknown; retry: () => void }) {
  if (pending) return <Loading lines={5} />
  if (statusOf(error) !== 404)
    return <Failed what="The page could not be loaded. Nothing was acknowledged." error={error} retry={retry} />
  return (
    <div className={styles.end} role="alert">
      <h2>This link cannot be used</h2>
      <p className="muted">{error instanceof Error ? error.message : ''}</p>
      <p className="muted">Nothing was acknowledged.</p>
      <Link to={paths.signIn(paths.queue())} className={styles.link}>
        Sign in
      </Link>
    </div>
  )
}

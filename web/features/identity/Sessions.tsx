import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, query } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Failed, Loading } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { browserWords } from './browser-words.ts'
import styles from './identity.module.css'

/** Where one is signed in, and how to end it there: a browser that is lost, or that is not one's own. */
export function Sessions() {
  const found = useQuery(query.identity.me.sessions.queryOptions())
  const end = useAct((id: string) => api.identity.me.endSession({ id }), {
    refresh: [query.identity.me.sessions.key()],
    done: ({ ended }) =>
      toast(
        ended === 1
          ? 'That browser is signed out.'
          : ended > 1
            ? `${ended} browsers are signed out.`
            : 'There was no other.',
      ),
  })
  const sessions = found.data?.items
  const others = sessions?.filter(({ current }) => !current) ?? []
  return (
    <Panel
      title="Signed in"
      foot={
        others.length > 0 && (
          <Act
            label={others.length === 1 ? 'End the other' : `End all ${others.length} others`}
            k="X"
            hint="sign out every browser but this one"
            busy={end.busy}
            run={() => end.run('others')}
          />
        )
      }
    >
      {!sessions &&
        (found.isError ? (
          <Failed
            what="Where you are signed in could not be loaded."
            error={found.error}
            retry={() => void found.refetch()}
          />
        ) : (
          <Loading lines={2} />
        ))}
      <ul className={styles.sessions} aria-label="Where you are signed in">
        {sessions?.map((one) => (
          <li key={one.id}>
            <div>
              <div>{browserWords(one.browser)}</div>
              <div className="faint">
                {one.address || 'unknown address'}, since <Stamp at={one.startedAt} />
                {!one.current && (
                  <>
                    , used <Stamp at={one.usedAt} />
                  </>
                )}
              </div>
            </div>
            {one.current ? (
              <span className="faint">this one</span>
            ) : (
              <Button
                disabled={end.busy}
                onClick={() => end.run(one.id)}
                aria-label={`End ${browserWords(one.browser)} at ${one.address}`}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {end.failed && (
        <div role="alert">
          <Callout tone="down">{end.failed}</Callout>
        </div>
      )}
    </Panel>
  )
}

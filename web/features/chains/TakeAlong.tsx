import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { CopyText } from '../../ui/CopyText.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './take-along.module.css'

/** Deadlines in one's own calendar program, or in a spreadsheet. */
export function TakeAlong({ onClose }: { onClose: () => void }) {
  const mayHave = useMay('chain.feed') !== undefined
  return (
    <Dialog opened onClose={onClose} title="Take the deadlines along" acts={<Button onClick={onClose}>Close</Button>}>
      <div className={styles.ways}>
        {mayHave && <Calendar />}
        <section>
          <h3>As a table</h3>
          <p className="muted">A week back and two weeks ahead, with state, odds and expected end.</p>
          <p>
            <a href="/api/deadlines.csv" download="deadlines.csv">
              deadlines.csv
            </a>{' '}
            ·{' '}
            <a href="/api/deadlines.ics" download="deadlines.ics">
              deadlines.ics
            </a>
          </p>
        </section>
        <section>
          <h3>For Prometheus</h3>
          <p className="muted">
            <code>/metrics</code> has <code>watchfloor_deadline_odds</code>,{' '}
            <code>watchfloor_deadline_slack_seconds</code>, <code>watchfloor_deadline_state</code> and{' '}
            <code>watchfloor_job_state</code>.
          </p>
        </section>
      </div>
    </Dialog>
  )
}

function Calendar() {
  const keys = [query.chains.feed.key()]
  const feed = useQuery(query.chains.feed.queryOptions()).data
  const make = useAct(() => api.chains.makeFeed({}), { refresh: keys })
  const end = useAct(() => api.chains.endFeed(), {
    refresh: keys,
    done: () => {
      make.reset()
      toast('The address of your calendar leads nowhere now.')
    },
  })
  const has = feed?.since != null
  return (
    <section>
      <h3>In your calendar program</h3>
      {make.output ? (
        <>
          <p className="muted">Subscribe to this address. It is shown once; whoever knows it sees the deadlines.</p>
          <CopyText label="the address of the calendar" text={make.output.url} />
        </>
      ) : (
        <p className="muted">
          {has && feed?.since ? (
            <>
              You have an address since <Stamp at={feed.since} full />. It is not shown again; another one ends it.
            </>
          ) : (
            'An address of your own to which Outlook, Google or any other calendar subscribes.'
          )}
        </p>
      )}
      <div className={styles.acts}>
        {has && (
          <Button mod={{ danger: true }} loading={end.busy} onClick={() => end.run(undefined)}>
            End it
          </Button>
        )}
        {!make.output && (
          <Button data-autofocus loading={make.busy} onClick={() => make.run(undefined)}>
            {has ? 'Make another' : 'Make an address'}
          </Button>
        )}
      </div>
    </section>
  )
}

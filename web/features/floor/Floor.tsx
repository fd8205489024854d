import { type ReactNode, useState } from 'react'
import { useLive } from '../../live.ts'
import { useIncidents } from '../../parts/incidents.ts'
import { useKeys } from '../../ui/keys.ts'
import { useIsPhone } from '../../ui/list.ts'
import { serverNow, useNow } from '../../ui/now.ts'
import { Page } from '../../ui/Page.tsx'
import { PointerMoves, usePointer } from '../../ui/still.ts'
import { Ago, Clock, Stamp, useZone } from '../../ui/Time.tsx'
import { useRove } from '../../ui/use-rove.ts'
import { AnnounceButton, Announcements } from '../shift/Announcements.tsx'
import { AboutToBreak } from './AboutToBreak.tsx'
import { Broken } from './Broken.tsx'
import { useMarkets, useSetUp, useUnmanned } from './data.ts'
import { dayWords, marketWords, needWords } from './day.ts'
import { FirstSteps, useHidden } from './FirstSteps.tsx'
import styles from './floor.module.css'
import { Happened } from './Happened.tsx'
import { needsSomeone } from './order.ts'
import { Services } from './Services.tsx'
import { isFresh } from './steps.ts'
import { useWall } from './use-wall.ts'
import { WhoHasIt } from './WhoHasIt.tsx'

/** Home of the desk: what is broken and whom it hurts, how the services are, who has it, what just happened. */
export function Floor() {
  const [wall, setWall] = useWall()
  const [hidden, hide] = useHidden()
  const setUp = useSetUp()
  const frame = useRove()
  const phone = useIsPhone()
  const [writing, setWriting] = useState(false)
  const { moving, watch } = usePointer()
  const broken = 6
  const incidents = useIncidents().data?.items
  const fresh = setUp !== undefined && isFresh(setUp) && !hidden && incidents?.length === 0
  useKeys([
    {
      key: 'w',
      label: wall ? 'Leave the big screen' : 'Show on the big screen',
      hint: 'no frame, larger, dark',
      run: () => setWall(!wall),
    },
    ...(wall
      ? [{ key: 'Escape', label: 'Leave the big screen', kind: 'move' as const, run: () => setWall(false) }]
      : []),
  ])
  return (
    <div ref={frame} className={wall ? styles.wall : styles.floor} {...watch}>
      <Heading wall={wall} fresh={fresh}>
        <PointerMoves value={moving}>
          <div className={styles.areas}>
            <div className={styles.column}>
              <Announcements wall={wall} writing={writing} setWriting={setWriting} />
              {fresh ? (
                <FirstSteps setUp={setUp} whole onHide={hide} />
              ) : (
                <>
                  <div className={styles.broken}>
                    <Broken most={broken} wall={wall} />
                  </div>
                  <div className={styles.services}>
                    <Services most={wall ? 8 : 14} wall={wall} />
                  </div>
                </>
              )}
            </div>
            <div className={styles.column}>
              {!fresh && (
                <div className={styles.risky}>
                  <AboutToBreak most={wall ? 4 : 6} broken={broken} />
                </div>
              )}
              <div className={styles.whoHas}>
                <WhoHasIt wall={wall} />
              </div>
              {setUp && !fresh && !hidden && !wall && (
                <div className={styles.start}>
                  <FirstSteps setUp={setUp} onHide={hide} />
                </div>
              )}
              <div className={styles.happened}>
                <Happened most={wall ? 16 : 10} wall={wall} />
              </div>
              {phone && (
                <div className={styles.announce}>
                  <AnnounceButton setWriting={setWriting} />
                </div>
              )}
            </div>
          </div>
        </PointerMoves>
      </Heading>
    </div>
  )
}

/** The sentence at the top: the day, what the markets do, how much needs somebody now. */
function Heading({ wall, fresh, children }: { wall: boolean; fresh: boolean; children: ReactNode }) {
  const now = useNow()
  const zone = useZone()
  const markets = useMarkets()
  const incidents = useIncidents()
  const tickets = incidents.data?.items
  const needy = tickets?.filter((ticket) => needsSomeone(ticket, now)).length ?? 0
  const waiting = tickets?.filter((ticket) => ticket.assignee === null && !needsSomeone(ticket, now)).length ?? 0
  const unmanned = useUnmanned().size
  const words = [
    marketWords(now, markets),
    fresh ? 'nothing is watched yet, so nothing is known' : tickets && needWords(needy, waiting),
    unmannedWords(unmanned),
  ]
  return (
    <Page
      title={dayWords(now, zone, markets)}
      fill={wall}
      chips={<span className="muted">{words.filter(Boolean).join(' · ')}</span>}
      words={wall ? <Clock zone={zone} /> : <Live updated={incidents.dataUpdatedAt} />}
    >
      {children}
    </Page>
  )
}

const unmannedWords = (count: number) =>
  count === 0 ? undefined : `nobody is on call for ${count} ${count === 1 ? 'schedule' : 'schedules'}`

/** Whether what one sees is so now. */
function Live({ updated }: { updated: number }) {
  const { connection, since } = useLive()
  if (connection === 'lost')
    return (
      <>
        not live since <Stamp at={since} />
      </>
    )
  // The browser's clock may be wrong; what was read a moment ago was read a moment ago all the same.
  const at = updated === 0 ? undefined : updated + (serverNow() - Date.now())
  return (
    <>
      {connection === 'open' ? 'live' : 'connecting'}
      {at !== undefined && (
        <>
          {' · updated '}
          <Ago at={at} />
        </>
      )}
    </>
  )
}

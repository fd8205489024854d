import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ActDialog } from '../acts/ActDialog.tsx'
import { useOffers } from '../acts/data.ts'
import { useWhyNot } from '../monitors/data.ts'
import { OwnEstimateLine } from '../schedulers/OwnEstimate.tsx'
import styles from './chains.module.css'
import type { Night } from './data.ts'
import {
  dayClassWords,
  doneWords,
  dueWords,
  endIn,
  isOver,
  oddsTone,
  oddsWords,
  rerunWords,
  slackWords,
  timeIn,
} from './words.ts'

/** The three things that a person needs: the odds, what to act on, and what happens if it slips. */
export const ChainHead = ({ night }: { night: Night }) => (
  <Panel label="In short">
    <div className={styles.head}>
      <Odds night={night} />
      <ActOn night={night} />
      <Hurt night={night} />
    </div>
  </Panel>
)

function Odds({ night }: { night: Night }) {
  const { words, forecast, zone } = night
  const now = Date.parse(night.now)
  const time = (at: string) => timeIn(at, zone, now)
  const due = dueWords(words.dueAt, zone, now)
  if (words.doneAt)
    return (
      <div>
        <div className="faint">Due {due}</div>
        <div className={styles.figure}>Done {time(words.doneAt)}</div>
        <div className="muted">{doneWords(words.doneAt, words.dueAt)}</div>
      </div>
    )
  const band = [
    forecast.p50 && `P50 ${endIn(forecast.p50, zone, now)}`,
    forecast.p95 && `P95 ${endIn(forecast.p95, zone, now)}`,
    forecast.slackMs !== null && `slack ${slackWords(forecast.slackMs)}`,
  ].filter(Boolean)
  const odds = words.odds
  return (
    <div>
      <div className="faint">Odds to miss {due}</div>
      <div className={`num ${styles.figure}`} data-tone={odds === null ? undefined : oddsTone(odds)}>
        {odds === null ? 'Nobody can say' : oddsWords(odds)}
      </div>
      <div className="muted num">
        {band.length > 0 ? band.join(' · ') : 'As things are it does not end.'}
        {words.state === 'planned' && ` · ${dayClassWords(night.dayClass)}`}
      </div>
      {night.deadline.job && <OwnEstimateLine jobId={night.deadline.job.id} />}
    </div>
  )
}

function ActOn({ night: { culprit, words, forecast, zone, now, jobs } }: { night: Night }) {
  if (!culprit)
    return (
      <div>
        <div className="faint">Act on</div>
        <div>{isOver(words.state) ? 'Nothing: it is done.' : 'Nothing in particular.'}</div>
        {!isOver(words.state) && <div className="muted">No one job would change the odds by much.</div>}
      </div>
    )
  const at = Date.parse(now)
  const hasRun = jobs.some(({ id, startedAt }) => id === culprit.job.id && startedAt !== null)
  const rerun = rerunWords(culprit, hasRun, zone, at)
  return (
    <div>
      <div className="faint">Act on</div>
      <div>
        <Link to={paths.job(culprit.job.id)} className="mono strong">
          {culprit.job.name}
        </Link>{' '}
        {withoutName(culprit.why, culprit.job.name)}
      </div>
      {culprit.oddsIfDone !== null && forecast.odds !== null && (
        <div className="muted num">
          if it finished now: odds {oddsWords(forecast.odds)} → {oddsWords(culprit.oddsIfDone)}
        </div>
      )}
      {rerun && <div className="muted num">{rerun}</div>}
      {!isOver(words.state) && (
        <Rerun
          key={culprit.job.id}
          job={culprit.job}
          team={jobs.find(({ id }) => id === culprit.job.id)?.team ?? null}
        />
      )}
    </div>
  )
}

/** Lets its scheduler run it again, where somebody has said how it is told. */
function Rerun({ job, team }: { job: { id: string; name: string }; team: { id: string } | null }) {
  const offers = useOffers(job.id).data?.items.filter(({ act }) => act === 'rerun') ?? []
  const whyNot = useWhyNot('action.run')(team)
  const [asked, setAsked] = useState(false)
  if (offers.length === 0) return null
  return (
    <div>
      <Act
        label="Re-run"
        k="r"
        hint={job.name}
        run={() => setAsked(true)}
        not={whyNot ?? (offers.every(({ not }) => not !== null) ? offers[0]?.not : undefined)}
      />
      {asked && <ActDialog job={job} act="rerun" onClose={() => setAsked(false)} />}
    </div>
  )
}

/** The name stands before it already. */
const withoutName = (why: string, name: string) => {
  const said = [`${name} `, 'it '].find((start) => why.startsWith(start)) ?? ''
  return why.slice(said.length)
}

function Hurt({ night: { hurt, alert, words } }: { night: Night }) {
  const whom = [hurt.audience, ...hurt.units.map(({ name }) => name)].filter(Boolean)
  return (
    <div>
      <div className="faint">If it slips</div>
      <div>{hurt.consequence || <span className="muted">Nobody has written down what happens then.</span>}</div>
      <div className="muted">
        {[whom.slice(0, 4).join(', '), hurt.cost].filter(Boolean).join(' · ')}
        {(whom.length > 0 || hurt.cost) && ' · '}
        <Told alert={alert} over={isOver(words.state)} />
      </div>
    </div>
  )
}

function Told({ alert, over }: Pick<Night, 'alert'> & { over: boolean }) {
  if (!alert) return over ? 'nobody is being told' : 'told: nobody yet'
  return (
    <span className="sentence">
      told:{' '}
      {alert.ticket ? (
        <>
          <Link to={paths.ticket(alert.ticket.number)}>{alert.ticket.number}</Link>
          {`, ${alert.ticket.state.replaceAll('_', ' ')}`}
        </>
      ) : (
        <Link to={paths.alert(alert.id)}>{`an alert, ${alert.status}`}</Link>
      )}
    </span>
  )
}

import { type ReactNode, useState } from 'react'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { Act } from '../../ui/Act.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { rowsOf, useIsPhone } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { AlertList } from './AlertList.tsx'
import { AlertPeek } from './AlertPeek.tsx'
import styles from './AlertsPage.module.css'
import { useAlerts, useServices, useSources, useTeams } from './data.ts'
import { type AlertView, readFilter } from './filter.ts'
import { NoAlerts } from './NoAlerts.tsx'
import { SilenceDialog } from './SilenceDialog.tsx'
import { whyNotSilence } from './silence-rules.ts'
import { useAcknowledge, whyNotAcknowledge } from './use-alert-acts.ts'
import { useAsk } from './use-ask.ts'
import { type AlertRow, environments, severities } from './words.ts'

const useFields = () => [
  { name: 'status', values: ['firing', 'held', 'all'] },
  { name: 'severity', values: severities.map((severity) => `>=${severity}`) },
  { name: 'service', values: useServices().data?.items.map(({ name }) => name) ?? [] },
  { name: 'source', values: useSources().data?.items.map(({ name }) => name) ?? [] },
  { name: 'team', values: useTeams().data?.items.map(({ name }) => name) ?? [] },
  { name: 'environment', values: environments },
]

const titles: Record<AlertView, string> = {
  firing: 'Firing alerts',
  held: 'Alerts that are held back',
  all: 'All alerts',
}

type Props = { views: ReactNode; view: AlertView; text: string; onText: (text: string) => void }

/** The list of alerts with its filter; the acts work on the selected ones, else on the one under the cursor. */
export function FiringAlerts({ views, view, text, onText }: Props) {
  const { filter, problems: unread } = readFilter(text)
  const { ask, problems: unknown } = useAsk(filter)
  const alerts = useAlerts(ask)
  const problems = [...unread, ...unknown]
  const rows = unknown.length > 0 ? [] : rowsOf(alerts.data)
  const [cursor, setCursor] = useState<string>()
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const [peeked, setPeeked] = useState<AlertRow>()
  const phone = useIsPhone()

  const chosen = rows?.filter(({ id }) => marked.has(id)) ?? []
  const current = rows?.find(({ id }) => id === cursor)
  const acted = chosen.length > 0 ? chosen : current ? [current] : []
  const next = () => {
    const at = rows?.findIndex(({ id }) => id === cursor) ?? -1
    const below = rows?.[at + 1]
    if (chosen.length === 0 && at >= 0 && below) setCursor(below.id)
    setMarked(new Set())
  }
  return (
    <Page
      title="Alerts"
      fill
      chips={views}
      words={chosen.length > 0 ? `${chosen.length} selected` : undefined}
      acts={!phone && <ListActs acted={acted} onDone={next} />}
    >
      <FilterBar label="Filter the alerts" value={text} onChange={onText} fields={useFields()} />
      {problems.length > 0 && (
        <div className={styles.problems} role="status">
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      <Panel fill label={titles[view]}>
        <AlertList
          label={titles[view]}
          rows={rows}
          held={view === 'held'}
          source={alerts}
          cursor={cursor}
          onCursor={setCursor}
          onPeek={setPeeked}
          marked={marked}
          onMarked={setMarked}
          empty={
            <NoAlerts view={view} filtered={text !== '' && text !== `status:${view}`} onClear={() => onText('')} />
          }
        />
      </Panel>
      <AlertPeek of={peeked} onClose={() => setPeeked(undefined)} />
    </Page>
  )
}

function ListActs({ acted, onDone }: { acted: readonly AlertRow[]; onDone: () => void }) {
  const me = useMe().data
  const work = useMay('alert.work')
  const acknowledge = useAcknowledge(onDone)
  const [silenced, setSilenced] = useState<readonly AlertRow[]>()
  const noSilence =
    acted.length === 0
      ? 'Choose an alert first: j and k move, x selects.'
      : acted.map((row) => whyNotSilence(row, me)).find((why) => why !== undefined)
  return (
    <>
      <Act label="Silence" k="s" run={() => setSilenced(acted)} not={noSilence} />
      <Act
        label="Acknowledge"
        k="a"
        run={() => acknowledge.run(acted.filter((row) => !whyNotAcknowledge([row])))}
        busy={acknowledge.busy}
        not={work ? whyNotAcknowledge(acted) : 'You may not acknowledge alerts. A responder may.'}
      />
      <SilenceDialog of={silenced} onClose={() => setSilenced(undefined)} onDone={onDone} />
    </>
  )
}

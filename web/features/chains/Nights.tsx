import { Panel } from '../../ui/Panel.tsx'
import { span } from '../../ui/time.ts'
import styles from './chains.module.css'
import type { DeadlineDetail } from './data.ts'
import { dateWords, stateTone, stateWords } from './words.ts'

type Props = { deadline: DeadlineDetail; shown: string; onDate: (date: string) => void }

const saidOf = ({ date, state, doneAt, dueAt }: DeadlineDetail['nights'][number]) => {
  const slack = doneAt ? Date.parse(dueAt) - Date.parse(doneAt) : null
  return `${dateWords(date)}: ${stateWords[state]}${slack === null ? '' : `, ${span(slack)} ${slack < 0 ? 'after' : 'before'} its time`}`
}

/** How its last nights went, each a step to that night; nothing before there are two. */
export function Nights({ deadline, shown, onDate }: Props) {
  if (deadline.nights.length < 2) return null
  const nights = deadline.nights.toReversed()
  return (
    <Panel title="Nights" words={`the last ${nights.length}; each leads to that night`}>
      <div className={styles.nights}>
        {nights.map((night) => (
          <button
            key={night.date}
            type="button"
            data-tone={night.state === 'done_late' ? 'warn' : stateTone[night.state]}
            aria-pressed={night.date === shown}
            aria-label={saidOf(night)}
            title={saidOf(night)}
            onClick={() => onDate(night.date)}
          >
            {night.date.slice(8)}
          </button>
        ))}
      </div>
    </Panel>
  )
}

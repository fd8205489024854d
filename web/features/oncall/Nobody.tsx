import { useNow } from '../../ui/now.ts'
import { useAhead } from './data.ts'
import { whyNobody } from './nobody.ts'
import styles from './oncall.module.css'

/** That nobody is on call for a schedule now: red only where it is a gap, and only once that is known. */
export function Nobody({ scheduleId, words = 'nobody' }: { scheduleId: string; words?: string }) {
  const now = useNow()
  const why = whyNobody(useAhead(now).data?.items ?? [], scheduleId, now)
  if (why === 'gap') return <b className={styles.nobody}>{words}</b>
  return (
    <span className="muted">
      {words}
      {why === 'outside' && ', outside its hours'}
    </span>
  )
}

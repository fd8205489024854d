import type { BacktestAsk } from '../../../../contract/chains/index.ts'
import { useNow } from '../../../ui/now.ts'
import { Empty, useLate } from '../../../ui/States.tsx'
import styles from './backtest.module.css'
import { playedWords } from './words.ts'

type Props = { ask: BacktestAsk; begunAt: number; deadlines: number | undefined }

/** It goes on for so long: what is done, since when, and that nobody has to wait for it here. */
export function Playing({ ask, begunAt, deadlines }: Props) {
  const late = useLate(true, 400)
  const seconds = Math.max(0, Math.round((useNow('second') - begunAt) / 1000))
  return (
    <div aria-busy="true">
      <p className="sr-only" role="status">
        {playedWords(ask, deadlines)} That takes up to half a minute.
      </p>
      {late && (
        <Empty title={playedWords(ask, deadlines)}>
          <p>Each moment knows only what had happened by then, so it takes ten to twenty seconds, at most a minute.</p>
          <p>You may leave this page: it goes on, and is here when you come back.</p>
          <div className={styles.going}>
            <progress aria-label="The back-test goes on" />
            <span className="num">{seconds} s so far</span>
          </div>
        </Empty>
      )}
    </div>
  )
}

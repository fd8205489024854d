import type { ReactNode } from 'react'
import styles from './Split.module.css'

/** Inside a panel that fills: what happened in the middle, facts in a narrow column at the right, the reply box at the bottom. */
export const Split = ({ main, aside, foot }: { main: ReactNode; aside: ReactNode; foot?: ReactNode }) => (
  <div className={styles.split}>
    <div className={styles.left}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div className={styles.main} tabIndex={0}>
        {main}
      </div>
      {foot && <div className={styles.foot}>{foot}</div>}
    </div>
    <aside className={styles.aside}>{aside}</aside>
  </div>
)

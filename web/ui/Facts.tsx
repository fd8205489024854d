import { Fragment, type ReactNode } from 'react'
import styles from './Facts.module.css'

export type Fact = { label: string; value: ReactNode } | false | undefined

/** Facts about a thing: a narrow column with the label above (`column`), or rows with the label at the left (`rows`). */
export const Facts = ({ of, as = 'column' }: { of: readonly Fact[]; as?: 'column' | 'rows' }) => (
  <dl className={styles[as]}>
    {of.map(
      (fact) =>
        fact && (
          <Fragment key={fact.label}>
            <dt>{fact.label}</dt>
            <dd>{fact.value}</dd>
          </Fragment>
        ),
    )}
  </dl>
)

import type { Seen } from '../../../contract/monitors/index.ts'
import { Raw } from '../../ui/CopyText.tsx'
import { Facts as Rows } from '../../ui/Facts.tsx'
import { Status } from '../../ui/Marks.tsx'
import styles from './monitors.module.css'
import { pretty } from './pretty.ts'

/** What a look found out, line by line; what was tested has its mark. */
export const LookFacts = ({ facts }: { facts: Seen['facts'] }) => (
  <Rows
    as="rows"
    of={facts.map(({ label, value, ok }, index) => ({
      label: facts.findIndex((one) => one.label === label) === index ? label : `${label} ${index + 1}`,
      value:
        ok === undefined ? (
          label === 'Address' ? (
            <code>{value}</code>
          ) : (
            value
          )
        ) : (
          <Status tone={ok ? 'ok' : 'down'}>{value}</Status>
        ),
    }))}
  />
)

/** What the target sent, as text. */
export const Sample = ({ sample, headers = false }: { sample: Seen['sample']; headers?: boolean }) => {
  const body = sample?.body ? pretty(sample.body) : ''
  const shown = [headers && sample?.headers, body].filter(Boolean).join('\n\n')
  return shown ? (
    <div className={styles.sample}>
      <Raw>{shown}</Raw>
    </div>
  ) : null
}

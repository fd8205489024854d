import { Select, TextInput } from '@mantine/core'
import styles from './catalog.module.css'
import { type Environment, environments } from './words.ts'

export type HostGiven = { name: string; environment: Environment; site: string }

export const hostNameMissing = 'A name is needed, such as ldn-app-01.'

/** What a host is called, and where it stands. */
export function HostFields({
  host,
  onChange,
  problems,
}: {
  host: HostGiven
  onChange: (host: HostGiven) => void
  problems: Record<string, string | undefined>
}) {
  return (
    <>
      <TextInput
        label="Name"
        placeholder="ldn-app-01"
        classNames={{ input: 'mono' }}
        data-autofocus
        value={host.name}
        onChange={(event) => onChange({ ...host, name: event.currentTarget.value })}
        error={problems.name}
      />
      <div className={styles.pair}>
        <Select
          label="Environment"
          data={[...environments]}
          value={host.environment}
          onChange={(environment) => environment && onChange({ ...host, environment: environment as Environment })}
          error={problems.environment}
        />
        <TextInput
          label="Site"
          placeholder="London"
          value={host.site}
          onChange={(event) => onChange({ ...host, site: event.currentTarget.value })}
          error={problems.site}
        />
      </div>
    </>
  )
}

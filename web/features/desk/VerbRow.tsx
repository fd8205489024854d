import { Button } from '@mantine/core'
import { ariaKey, Kbd } from '../../ui/Kbd.tsx'
import type { Runnable } from './use-verbs.tsx'
import type { VerbName } from './verbs.ts'

/** The verbs as buttons with their keys; `of` says which, and only what can be done now is shown. */
export const VerbButtons = ({
  runnables,
  of,
  main,
}: {
  runnables: readonly Runnable[]
  of?: readonly VerbName[]
  main?: VerbName
}) => (
  <>
    {(of ?? runnables.map(({ verb }) => verb.name))
      .flatMap((name) => runnables.filter(({ verb, not }) => verb.name === name && !not))
      .map(({ verb, label, run }) => (
        <Button
          key={verb.name}
          variant={verb.name === main ? 'filled' : 'default'}
          rightSection={<Kbd k={verb.k} />}
          aria-keyshortcuts={ariaKey(verb.k)}
          onClick={run}
        >
          {label}
        </Button>
      ))}
  </>
)

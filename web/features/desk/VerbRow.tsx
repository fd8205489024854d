import { Button } from '@mantine/core'
import { createPortal } from 'react-dom'
import { ariaKey, Kbd } from '../../ui/Kbd.tsx'
import { useMore } from '../../ui/more.ts'
import type { Runnable } from './use-verbs.tsx'
import type { VerbName } from './verbs.ts'

function VerbButton({ of: { verb, label, run }, main }: { of: Runnable; main: boolean }) {
  const { more, sinks } = useMore(main ? 'primary' : verb.name === 'cancel' ? 'danger' : 'plain')
  const button = (
    <Button
      variant={main ? 'filled' : 'default'}
      rightSection={<Kbd k={verb.k} />}
      data-sinks={sinks}
      aria-keyshortcuts={ariaKey(verb.k)}
      onClick={() => {
        more?.close()
        run()
      }}
    >
      {label}
    </Button>
  )
  return more ? more.element && createPortal(button, more.element) : button
}

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
      .map((one) => (
        <VerbButton key={one.verb.name} of={one} main={one.verb.name === main} />
      ))}
  </>
)

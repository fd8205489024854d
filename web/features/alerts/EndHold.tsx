import { Button } from '@mantine/core'
import { useAct } from '../../parts/use-act.ts'
import { Callout } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { alertKeys, holdKeys } from './data.ts'

type Props = { what: string; end: () => Promise<unknown>; not: string | null; onDone: () => void }

/** Ends a silence or a maintenance window for good, and says what follows. */
export function EndHold({ what, end, not, onDone }: Props) {
  const act = useAct(end, {
    refresh: [...alertKeys, ...holdKeys],
    done: () => {
      toast('It is ended. What it held back and still fires is told now.')
      onDone()
    },
  })
  if (not !== null) return null
  return (
    <Callout
      tone="note"
      acts={
        <Button loading={act.busy} onClick={() => act.run(undefined)}>
          End {what} now
        </Button>
      }
    >
      Ended, it cannot be taken up again; the alerts that it holds back and that still fire are told at once.
    </Callout>
  )
}

import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { toast } from '../../ui/toast.ts'
import { contactKeys } from './data.ts'
import styles from './notify.module.css'
import type { Method } from './reach.ts'

/** The six digits that were sent to a new contact method; the sixth sends them. `isNext`: it was added just now. */
export function CodeEntry({ of, isNext }: { of: Method; isNext: boolean }) {
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isNext) field.current?.focus()
  }, [isNext])
  const verify = useAct(api.notify.verify, {
    fields: ['code'],
    refresh: contactKeys,
    done: () => toast(`${of.label} is verified: pages can go there.`),
  })
  const resend = useAct(api.notify.sendCode, {
    refresh: contactKeys,
    done: () => {
      setCode('')
      verify.reset()
      toast(`A new code is on its way to ${of.address}.`)
    },
  })
  const type = (typed: string) => {
    const digits = typed.replace(/\D/g, '').slice(0, 6)
    setCode(digits)
    if (digits.length === 6 && digits !== code && !verify.busy) verify.run({ id: of.id, code: digits })
  }
  return (
    <div className={styles.code}>
      <TextInput
        ref={field}
        aria-label={`Code for ${of.label}`}
        data-code={of.id}
        placeholder="000000"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => type(event.currentTarget.value)}
        error={verify.problems.code ?? verify.failed}
      />
      <Button onClick={() => resend.run({ id: of.id })} loading={resend.busy}>
        Send a new code
      </Button>
      <span className="muted">
        {of.codeSentAt
          ? `Enter the six digits that were sent to ${of.address}.`
          : 'No code is on its way; ask for one.'}
      </span>
    </div>
  )
}

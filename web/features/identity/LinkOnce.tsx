import { Button } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { CopyText } from '../../ui/CopyText.tsx'
import { useDialogFocus } from '../../ui/focus.tsx'
import { Ago } from '../../ui/Time.tsx'
import styles from './identity.module.css'

/** Something that is shown this once, to be copied: a link, a secret. */
export const ShownOnce = ({
  text,
  label,
  otherwise,
  children,
  onClose,
}: {
  text: string
  label: string
  /** It gets to whom it is for without being copied. */
  otherwise?: boolean
  children: ReactNode
  onClose: () => void
}) => {
  const whole = useRef<HTMLDivElement>(null)
  // It takes the place of the form that had the focus.
  useDialogFocus(whole)
  return (
    <div ref={whole} className={styles.stack}>
      <div>{children}</div>
      <CopyText text={text} label={label} />
      <p className="faint">It is shown this once. Whoever closes this window without it needs a new one.</p>
      <div className={styles.right}>
        <Button variant="filled" onClick={onClose} data-autofocus>
          {otherwise ? 'Done' : 'I have copied it'}
        </Button>
      </div>
    </div>
  )
}

export type SignInLink = { link: string; purpose: 'invitation' | 'reset'; expiresAt: string }

/** A one-time link for a person; it is mailed as well. */
export const LinkOnce = ({
  name,
  email,
  link,
  onClose,
}: {
  name: string
  email: string
  link: SignInLink
  onClose: () => void
}) => (
  <ShownOnce text={link.link} label="the link" otherwise onClose={onClose}>
    A mail with this link is on its way to <b>{email}</b>. You may also give it to {name} yourself: with it{' '}
    {link.purpose === 'invitation' ? 'a password is chosen' : 'a new password is set'}. It works once and ends{' '}
    <Ago at={link.expiresAt} />.{link.purpose === 'reset' && ' Until then the old password goes on.'}
  </ShownOnce>
)

import type { ComponentType } from 'react'
import { Loading } from '../ui/States.tsx'
import { type Me, useMe } from './frame-data.ts'

/** Those who ask and do not work tickets: requesters and stakeholders, unless a team of theirs gives them more. */
export const asksOnly = (me: Pick<Me, 'may'>): boolean => me.may['ticket.work'] === undefined

/** A page that those who ask see otherwise, under the same address, so that a link is right for both. */
export function ByReader({ ours: Ours, theirs: Theirs }: { ours: ComponentType; theirs: ComponentType }) {
  const me = useMe().data
  if (!me) return <Loading />
  return asksOnly(me) ? <Theirs /> : <Ours />
}

import { type ReactNode, useState } from 'react'
import type { TicketDetail, TicketRow } from '../../../contract/desk/shapes.ts'
import { api } from '../../api.ts'
import { type Binding, useKeys } from '../../ui/keys.ts'
import { toast } from '../../ui/toast.ts'
import { AssignChooser } from './AssignChooser.tsx'
import type { AskProps } from './ask.ts'
import { CallDialog } from './CallDialog.tsx'
import { SnoozeChooser } from './daily/SnoozeChooser.tsx'
import { useMacros } from './daily/use-macros.tsx'
import type { Reader } from './data.ts'
import { EditDialog } from './EditDialog.tsx'
import { isReceiver } from './escalation/data.ts'
import { EscalateDialog } from './escalation/EscalateDialog.tsx'
import { LeadDialog } from './escalation/LeadDialog.tsx'
import { SendBackDialog } from './escalation/SendBackDialog.tsx'
import { HelpChooser } from './links/HelpChooser.tsx'
import { LinkDialog } from './links/LinkDialog.tsx'
import { MergeChooser, ParentChooser } from './links/MergeChooser.tsx'
import { MoveChooser } from './MoveChooser.tsx'
import { PriorityDialog } from './PriorityDialog.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { ResolveDialog } from './ResolveDialog.tsx'
import { type Doing, useActs } from './use-acts.ts'
import { askerVerbs, type Verb, type VerbName, verbs } from './verbs.ts'
import { WaitDialog } from './WaitDialog.tsx'
import { isOpen } from './words.ts'

export type Runnable = { verb: Verb; label: string; run: () => void; not: string | undefined }

export type About = {
  reader: Reader | undefined
  /** What the verbs act on: the selected tickets, or the one with the cursor. */
  numbers: readonly string[]
  /** That one, as far as it was read. */
  row: TicketRow | undefined
  ticket: TicketDetail | undefined
  titles?: ReadonlyMap<string, string> | undefined
  after?: (verb: Pick<Verb, 'moves'>, done: readonly string[]) => void
  /** Takes the focus when a question was left and what had it before is gone. */
  home?: () => void
}

const desksOwn = (verb: Verb, { reader }: About) => reader?.desk || askerVerbs.includes(verb.name)

const missing = 'Choose a ticket first.'
const alone: readonly VerbName[] = ['edit', 'call', 'escalate', 'accept', 'sendBack', 'withdraw']
const forReceivers: readonly VerbName[] = ['accept', 'sendBack']

/** Why a verb cannot be done now; undefined when it can, as far as one sees from here. */
const whyNot = (verb: Verb, about: About): string | undefined => {
  const { numbers, row, ticket, reader } = about
  const [number] = numbers
  if (!number) return missing
  if (numbers.length > 1) return alone.includes(verb.name) ? 'This is done to one ticket at a time.' : undefined
  if (ticket) {
    if (forReceivers.includes(verb.name) && ticket.escalatedTo && reader && !isReceiver(ticket, reader))
      return `${number} waits for ${ticket.escalatedTo.name} to accept it.`
    if (verb.name === 'take' && ticket.assignee?.id === reader?.id) return `You have ${number} already.`
    if (verb.name === 'watch' && ticket.watching) return `You watch ${number} already.`
    if (verb.name === 'unwatch' && !ticket.watching) return `You do not watch ${number}.`
    return ticket.can[verb.act].why ?? undefined
  }
  const open = row && isOpen(row.state)
  if (verb.name === 'accept' || verb.name === 'sendBack' || verb.name === 'withdraw')
    return `${number} is still being read.`
  const wants =
    verb.name === 'reopen' || verb.name === 'close' ? !open : verb.name === 'resume' ? row?.state === 'pending' : open
  return verb.name === 'unwatch' || verb.name === 'edit' || !wants ? `${number} is still being read.` : undefined
}

type Immediate = Omit<Doing, 'numbers'>

const immediate = (name: VerbName, { reader, ticket }: About): Immediate | undefined => {
  const be = (many: boolean) => (many ? 'are' : 'is')
  const holder = ticket?.assignee
  if (name === 'take')
    return holder && reader && holder.id !== reader.id
      ? {
          act: (id) => api.desk.assign({ id, userId: reader.id }),
          said: (names) => `${names} is yours now; ${holder.name} had it.`,
        }
      : { act: (id) => api.desk.take({ id }), said: (names, many) => `${names} ${be(many)} yours.` }
  if (name === 'resume')
    return { act: (id) => api.desk.resume({ id }), said: (names, many) => `${names} ${many ? 'go' : 'goes'} on.` }
  if (name === 'reopen' && reader?.desk)
    return { act: (id) => api.desk.reopen({ id }), said: (names, many) => `${names} ${be(many)} open again.` }
  if (name === 'close')
    return { act: (id) => api.desk.close({ id }), said: (names, many) => `${names} ${be(many)} closed.` }
  if (name === 'accept')
    return { act: (id) => api.desk.acceptEscalation({ id }), said: (names) => `${names} is yours: you accepted it.` }
  if (name === 'withdraw')
    return { act: (id) => api.desk.withdrawEscalation({ id }), said: (names) => `${names} is not escalated any more.` }
  if (name === 'watch')
    return { act: (id) => api.desk.watch({ id, userId: 'me' }), said: (names) => `You watch ${names}.` }
  if (name === 'unwatch')
    return { act: (id) => api.desk.unwatch({ id, userId: 'me' }), said: (names) => `You watch ${names} no longer.` }
  return undefined
}

const question = (name: VerbName, props: AskProps): ReactNode => {
  if (name === 'assign') return <AssignChooser {...props} />
  if (name === 'move') return <MoveChooser {...props} />
  if (name === 'priority') return <PriorityDialog {...props} />
  if (name === 'wait') return <WaitDialog {...props} />
  if (name === 'resolve') return <ResolveDialog {...props} />
  if (name === 'link') return <LinkDialog {...props} />
  if (name === 'merge') return <MergeChooser {...props} />
  if (name === 'parent') return <ParentChooser {...props} />
  if (name === 'help') return <HelpChooser {...props} />
  if (name === 'escalate') return <EscalateDialog {...props} />
  if (name === 'sendBack') return <SendBackDialog {...props} />
  if (name === 'lead') return <LeadDialog {...props} />
  if (name === 'call') return <CallDialog {...props} />
  if (name === 'snooze') return <SnoozeChooser {...props} />
  if (name === 'cancel' || name === 'reopen') return <ReasonDialog {...props} kind={name} />
  if (name === 'edit' && props.ticket) return <EditDialog {...props} ticket={props.ticket} />
  return null
}

type Asking = Pick<AskProps, 'numbers' | 'ticket' | 'titles'> & { verb: Verb }

/**
 * What can be done to one ticket or to many: buttons, keys and the palette all use this. `dialog` must be shown: it is
 * the question that a verb asks first. What was chosen when the question was asked is what the act is done to.
 */
export const useVerbs = (about: About): { runnables: readonly Runnable[]; dialog: ReactNode } => {
  const { reader, numbers, ticket, titles, after } = about
  const [asking, setAsking] = useState<Asking>()
  const close = () => {
    // Not at once: the Escape that closes the question would go on to the page, which has a meaning for it as well.
    setTimeout(() => {
      setAsking(undefined)
      // What had the focus before the question may be gone.
      requestAnimationFrame(() => document.activeElement === document.body && about.home?.())
    }, 0)
  }
  const acts = useActs(reader)
  const perform = async (verb: Verb, to: readonly string[], doing: Immediate) => {
    const outcome = await acts({ numbers: to, ...doing })
    if (outcome.done.length > 0) after?.(verb, outcome.done)
    return outcome
  }
  const runnables = verbs
    .filter((verb) => desksOwn(verb, about))
    .map((verb): Runnable => {
      const not = whyNot(verb, about)
      const takesOver = verb.name === 'take' && ticket?.assignee && ticket.assignee.id !== reader?.id
      const label = (reader?.desk ? undefined : verb.asker) ?? (takesOver ? 'Take over' : verb.label)
      const run = () => {
        if (not) return void toast(not)
        const doing = immediate(verb.name, about)
        if (doing) void perform(verb, numbers, doing)
        else setAsking({ verb, numbers, ticket, titles })
      }
      return { verb, label, run, not }
    })
  useVerbKeys(runnables, numbers)
  const macros = useMacros(reader, numbers, after)
  const asked =
    asking &&
    reader &&
    question(asking.verb.name, {
      ...asking,
      reader,
      perform: ({ on, ...doing }) => perform(asking.verb, on ?? asking.numbers, doing),
      onClose: close,
    })
  const dialog = (
    <>
      {asked}
      {macros}
    </>
  )
  return { runnables, dialog }
}

const useVerbKeys = (runnables: readonly Runnable[], numbers: readonly string[]) => {
  const possible = runnables.filter(({ not }) => !not)
  const rest = runnables.filter(({ verb, not }) => not && !possible.some((one) => one.verb.k === verb.k))
  const resolve = possible.find(({ verb }) => verb.name === 'resolve')
  const bindings: Binding[] = [
    ...possible.map(({ verb, label, run }) => ({ key: verb.k, label, run })),
    ...(resolve ? [{ key: 'R', label: 'Resolve', run: resolve.run }] : []),
    // Not on a button, but whoever looks for it or presses its key is told why it cannot be.
    ...rest.map(({ verb, label, not, run }) => ({ key: verb.k, label, ...(not && { hint: not }), run })),
  ]
  const [number] = numbers
  useKeys(bindings, {
    when: numbers.length > 0,
    about: numbers.length > 1 ? `${numbers.length} tickets are selected` : number && `${number} is open`,
  })
}

import { Textarea } from '@mantine/core'
import { useEffect } from 'react'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { type AskProps, aboutWhat, useAsk, useAskDraft } from './ask.ts'
import { takeOffered, withOffered } from './knowledge/offered.ts'
import { useLinks } from './links/data.ts'
import { useOpenChildren } from './links/use-open-children.tsx'
import { readersOf } from './Reply.tsx'
import { counted } from './words.ts'

/** Those who get the words of the solution; what only the desk should know stands in a note. */
const useReadBy = ({ numbers, ticket, reader }: AskProps) => {
  const links = useLinks(ticket?.number ?? '', ticket !== undefined && numbers.length === 1)
  const family = links.data?.family
  if (numbers.length > 1) return 'The same words go to each ticket; whoever asked reads them.'
  const merged = family && family.ofMerged > 0 && `${counted(family.ofMerged, 'person', 'people')} of merged tickets`
  const readers = [ticket && readersOf(ticket, { id: reader.id, desk: true }), merged].filter(Boolean)
  const unknown = links.isError ? ' Whether people of merged tickets read it could not be looked up.' : ''
  return readers.length > 0 || unknown
    ? `${readers.length > 0 ? `This is read by ${readers.join(' and ')}.` : ''}${unknown}`.trim()
    : 'It is kept with the ticket, for whoever meets this next.'
}

function Form(props: AskProps) {
  const { numbers } = props
  const { text: resolution, setText: setResolution, forget } = useAskDraft('resolve', props)
  const ask = useAsk(props, ['resolution'], forget)
  useEffect(() => {
    const words = takeOffered(numbers)
    if (words) setResolution(withOffered(resolution, words))
  }, [numbers, resolution, setResolution])
  const children = useOpenChildren(props)
  const readBy = useReadBy(props)
  const request = props.ticket?.kind === 'request'
  const submit = () =>
    void ask.send({
      act: (id) => api.desk.resolve({ id, resolution, ...children.input }),
      said: (names, many) => `${names} ${many ? 'are' : 'is'} resolved${children.said}.`,
    })
  return (
    <DialogForm
      act="Resolve"
      busy={ask.busy}
      failed={ask.failed}
      not={!resolution.trim() && (request ? 'Say what was done.' : 'Say what solved it.')}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Textarea
        label={request ? 'What was done?' : 'What solved it?'}
        description={readBy}
        data-autofocus
        minRows={4}
        value={resolution}
        onChange={(event) => setResolution(event.currentTarget.value)}
        error={ask.problems.resolution}
      />
      {children.field}
    </DialogForm>
  )
}

/** Asks what solved it. */
export const ResolveDialog = (props: AskProps) => (
  <Dialog opened onClose={props.onClose} title={`Resolve ${aboutWhat(props)}`}>
    <Form {...props} />
  </Dialog>
)

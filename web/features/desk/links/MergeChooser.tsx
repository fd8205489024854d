import { useState } from 'react'
import { api } from '../../../api.ts'
import { Chooser } from '../../../ui/Chooser.tsx'
import { type AskProps, aboutWhat } from '../ask.ts'
import { namesOf } from '../words.ts'
import { useTicketChoices } from './data.ts'

/** Incidents and requests go into each other; problems and changes only into their like. */
const sort = (number: string) => /^(PRB|CHG)/.exec(number)?.[0] ?? 'told'

const selectedOf = ({ numbers, titles }: AskProps) =>
  numbers.length > 1
    ? numbers.map((id) => ({ id, title: `${id} ${titles?.get(id) ?? ''}`.trim(), group: 'One of those selected' }))
    : []

/** Into which ticket it is merged: one of those selected, one that may be the same, or any by its number or words. */
export function MergeChooser(props: AskProps) {
  const [typed, setTyped] = useState('')
  const { numbers } = props
  const [first = ''] = numbers
  const { choices, waiting, failed } = useTicketChoices(first, typed, { without: numbers })
  const found = choices.filter(({ id }) => sort(id) === sort(first))
  return (
    <Chooser
      opened
      onClose={props.onClose}
      label={`Merge ${aboutWhat(props)} into`}
      choices={[...selectedOf(props), ...found]}
      waiting={waiting}
      failed={failed}
      onTyped={setTyped}
      none="No open ticket has such words or such a number."
      onChoose={({ id: into }) => {
        const duplicates = numbers.filter((number) => number !== into)
        void props.perform({
          on: [into],
          act: (id) => api.desk.merge({ id, tickets: [...duplicates] }),
          said: () =>
            `${namesOf(duplicates)} ${duplicates.length > 1 ? 'are' : 'is'} merged into ${into}, which goes on for all.`,
        })
      }}
    />
  )
}

/** Under which parent it is put. */
export function ParentChooser(props: AskProps) {
  const [typed, setTyped] = useState('')
  const { numbers } = props
  const [first = ''] = numbers
  const { choices, waiting, failed } = useTicketChoices(first, typed, { without: numbers })
  return (
    <Chooser
      opened
      onClose={props.onClose}
      label={`Put ${aboutWhat(props)} under`}
      choices={[...selectedOf(props), ...choices]}
      waiting={waiting}
      failed={failed}
      onTyped={setTyped}
      none="No open ticket has such words or such a number."
      onChoose={({ id: parent }) => {
        const children = numbers.filter((number) => number !== parent)
        void props.perform({
          on: [parent],
          act: (id) => api.desk.adopt({ id, tickets: [...children] }),
          said: () =>
            children.length > 1
              ? `${namesOf(children)} are children of ${parent} now.`
              : `${namesOf(children)} is a child of ${parent} now.`,
        })
      }}
    />
  )
}

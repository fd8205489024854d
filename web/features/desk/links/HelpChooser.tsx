import { useState } from 'react'
import { api } from '../../../api.ts'
import { Chooser } from '../../../ui/Chooser.tsx'
import { usePeople } from '../AssignChooser.tsx'
import { type AskProps, aboutWhat } from '../ask.ts'

/** Who helps beside whoever has it: yourself, or somebody who is asked and told. */
export function HelpChooser(props: AskProps) {
  const [typed, setTyped] = useState('')
  const { reader, ticket } = props
  const helping = ticket?.helpers ?? []
  const joined = helping.some(({ id, joined }) => id === reader.id && joined)
  const { choices, waiting, failed } = usePeople(props, typed)
  const people = choices.filter(
    ({ id }) => id !== 'nobody' && id !== reader.id && !helping.some((one) => one.id === id),
  )
  const leave = helping.map(({ id, name }) => ({
    id: `-${id}`,
    title: id === reader.id ? 'Help no longer' : `Release ${name}`,
    group: 'Who helps now',
  }))
  const join = joined
    ? []
    : [{ id: reader.id, title: `${reader.name}: join and help`, words: 'me myself', group: 'You' }]
  return (
    <Chooser
      opened
      onClose={props.onClose}
      label={`Help with ${aboutWhat(props)}`}
      choices={[...join, ...people, ...leave]}
      waiting={waiting}
      failed={failed}
      onTyped={setTyped}
      none="Nobody who works on tickets has such a name."
      onChoose={({ id: chosen, title }) => {
        const userId = chosen.replace(/^-/, '')
        if (chosen.startsWith('-'))
          void props.perform({
            act: (id) => api.desk.stopHelping({ id, userId }),
            said: (names) => (userId === reader.id ? `You help with ${names} no longer.` : `${title}: done.`),
          })
        else
          void props.perform({
            act: (id) => api.desk.help({ id, userId }),
            said: (names) =>
              userId === reader.id ? `You help with ${names}.` : `${title} is asked to help with ${names}, and told.`,
          })
      }}
    />
  )
}

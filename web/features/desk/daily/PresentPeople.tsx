import { Chip } from '../../../ui/Chip.tsx'
import { usePresent } from './use-presence.ts'

const words = { reply: 'writes a reply', note: 'writes a note' } as const

/** Who else of the desk looks at a ticket now, and who writes. */
export const PresentPeople = ({ number }: { number: string }) => {
  const others = usePresent(number)
  return (
    <span role="status" aria-label="Who else looks at it">
      {others.map(({ id, name, typing }) => (
        <Chip key={id}>
          {name} {typing ? words[typing] : 'is here'}
        </Chip>
      ))}
    </span>
  )
}

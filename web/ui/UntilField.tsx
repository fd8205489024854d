import { TextInput } from '@mantine/core'
import { Choices } from './Chip.tsx'
import { useNow } from './now.ts'
import { useZone } from './Time.tsx'
import { absolute, left } from './time.ts'
import styles from './UntilField.module.css'
import { instantOfWall, nextClock, wallOf } from './wall.ts'

/** Offered beside the field: for how many minutes, or until which time of day. */
const offers = [
  { value: '30', label: '30 min' },
  { value: '60', label: '1 h' },
  { value: '240', label: '4 h' },
  { value: '08:00', label: 'to 08:00' },
  { value: '10080', label: '1 week' },
] as const

const minute = 60_000
const atOf = (offer: string, now: number, zone: string): number =>
  offer.includes(':') ? nextClock(offer, now, zone) : Math.ceil(now / minute) * minute + Number(offer) * minute

/** The wall clock in `minutes` from now, as the field takes it. */
export const wallIn = (minutes: number, now: number, zone: string): string =>
  wallOf(atOf(String(minutes), now, zone), zone)

type WhenFieldProps = {
  label: string
  /** '2026-11-23T07:12', by the reader's clock. */
  value: string
  onChange: (wall: string) => void
  error?: string | undefined
  description?: string
  required?: boolean
}

/** A date and a time by the clocks of a zone: the reader's own when none is given. */
export function WhenField({ zone, value, onChange, description, ...rest }: WhenFieldProps & { zone?: string }) {
  const own = useZone()
  const now = useNow()
  const at = instantOfWall(value, zone ?? own)
  const words = at === undefined ? undefined : `${absolute(at, zone ?? own).replace(/:00 /, ' ')}, ${from(at, now)}`
  return (
    <TextInput
      {...rest}
      type="datetime-local"
      withAsterisk={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      description={[words, description].filter(Boolean).join('. ') || undefined}
    />
  )
}

const from = (at: number, now: number) => (at < now ? `${left(at, now).slice(1)} ago` : `in ${left(at, now)}`)

/** Until when: usual spans as chips, or any time. */
export function UntilField(props: WhenFieldProps) {
  const zone = useZone()
  const now = useNow()
  const chosen = offers.find(({ value }) => wallOf(atOf(value, now, zone), zone) === props.value)
  return (
    <div className={styles.until}>
      <WhenField {...props} />
      <Choices
        label={`${props.label}: usual times`}
        value={chosen?.value ?? ('' as (typeof offers)[number]['value'])}
        of={offers}
        onChange={(offer) => props.onChange(wallOf(atOf(offer, now, zone), zone))}
      />
    </div>
  )
}

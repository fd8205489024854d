import { TextInput, type TextInputProps } from '@mantine/core'
import { dateInWords } from './time.ts'

type DateFieldProps = Omit<TextInputProps, 'type' | 'value' | 'onChange' | 'description'> & {
  /** '2026-12-01', or empty. */
  value: string
  onChange: (date: string) => void
  description?: string | undefined
}

/** A date. Browsers show it by their own country, so that 12/01 may be either; the words beside it say which it is. */
export function DateField({ value, onChange, description, ...rest }: DateFieldProps) {
  return (
    <TextInput
      {...rest}
      type="date"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      description={[dateInWords(value), description].filter(Boolean).join('. ') || undefined}
    />
  )
}

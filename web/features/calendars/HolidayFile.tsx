import { Button, FileButton, Textarea } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { mostHolidayText } from '../../../contract/calendars/index.ts'
import { sizeWords } from '../../ui/Files.tsx'
import { Panel } from '../../ui/Panel.tsx'

const pause = 400

export type HolidayText = { text: string; name?: string }
type Props = {
  read: (file: HolidayText) => void
  /** What was read is no longer what stands there. */
  forget: () => void
  busy: boolean
  problem: string | undefined
}

/** Takes a file, or what somebody pastes, and has it read. */
export function HolidayFile({ read, forget, busy, problem }: Props) {
  const [text, setText] = useState('')
  const [tooLarge, setTooLarge] = useState<string>()
  const chosen = useRef<File>(null)
  const readSoon = useDebouncedCallback((given: string) => given.trim() !== '' && read({ text: given }), pause)
  const choose = async (file: File | null) => {
    if (!file) return
    if (file.size > mostHolidayText) {
      const sizes = `${file.name} has ${sizeWords(file.size)}, and at most ${sizeWords(mostHolidayText)} are read here.`
      return setTooLarge(`${sizes} Export the holidays alone.`)
    }
    setTooLarge(undefined)
    readSoon.cancel()
    chosen.current = file
    // As a text field has it: else the first click beside it would count as a change of the text.
    const given = (await file.text()).replaceAll(/\r\n?/g, '\n')
    if (chosen.current !== file) return
    setText(given)
    read({ text: given, name: file.name })
  }
  const onDrop = (event: React.DragEvent) => {
    event.preventDefault()
    void choose(event.dataTransfer.files[0] ?? null)
  }
  return (
    <Panel
      title="The file"
      words="iCalendar (.ics) or CSV"
      right={
        <FileButton accept=".ics,.csv,.txt,text/calendar,text/csv" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button {...props} loading={busy}>
              Choose a file
            </Button>
          )}
        </FileButton>
      }
      pad
    >
      <Textarea
        label="Or paste it"
        description="A date and a name a line will do. Nothing is added before you accept it."
        placeholder={'2026-12-25,Christmas Day\n2026-12-28,Boxing Day (substitute)'}
        minRows={6}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          chosen.current = null
          forget()
          setTooLarge(undefined)
          setText(event.currentTarget.value)
          readSoon(event.currentTarget.value)
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={onDrop}
        error={tooLarge ?? problem}
      />
    </Panel>
  )
}

import { Button, FileButton, Textarea } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { mostHolidayText } from '../../../contract/calendars/index.ts'
import { sizeWords } from '../../ui/Files.tsx'
import { Panel } from '../../ui/Panel.tsx'

const pause = 400

type Props = { read: (file: { text: string; name?: string }) => void; busy: boolean; problem: string | undefined }

/** Takes a file, or what somebody pastes, and has it read. */
export function HolidayFile({ read, busy, problem }: Props) {
  const [text, setText] = useState('')
  const [tooLarge, setTooLarge] = useState<string>()
  const readSoon = useDebouncedCallback((given: string) => given.trim() !== '' && read({ text: given }), pause)
  const choose = async (file: File | null) => {
    if (!file) return
    if (file.size > mostHolidayText) {
      const sizes = `${file.name} has ${sizeWords(file.size)}, and at most ${sizeWords(mostHolidayText)} are read here.`
      return setTooLarge(`${sizes} Export the holidays alone.`)
    }
    setTooLarge(undefined)
    const given = await file.text()
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

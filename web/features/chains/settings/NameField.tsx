import { TextInput } from '@mantine/core'

type Props = { description: string; name: string; onName: (name: string) => void; problem: string | undefined }

/** The name of what is added; of what is there it stays. */
export const NameField = ({ description, name, onName, problem }: Props) => (
  <TextInput
    label="Name"
    description={description}
    data-autofocus
    data-missing={!name.trim() || undefined}
    maxLength={200}
    value={name}
    onChange={(event) => onName(event.currentTarget.value)}
    error={problem}
  />
)

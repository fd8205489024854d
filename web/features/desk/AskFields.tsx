import { SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { ServiceSelect } from '../../parts/ServiceSelect.tsx'
import styles from './desk.module.css'
import type { FieldsProps } from './new-ticket.ts'

/** What somebody who asks is asked: what, where, and how it shows. */
export const AskFields = ({ given, set, problems }: FieldsProps) => (
  <>
    <div>
      <div className={styles.label} id="asked-kind">
        Is something wrong, or do you need something?
      </div>
      <SegmentedControl
        fullWidth
        aria-labelledby="asked-kind"
        data={[
          { value: 'incident', label: 'Something is wrong' },
          { value: 'request', label: 'I need something' },
        ]}
        value={given.kind}
        onChange={(kind) => set({ kind: kind as 'incident' | 'request' })}
      />
    </div>
    <TextInput
      label={given.kind === 'request' ? 'What do you need?' : 'What is wrong?'}
      name="title"
      maxLength={200}
      value={given.title}
      onChange={(event) => set({ title: event.currentTarget.value })}
      error={problems.title}
    />
    <ServiceSelect
      label="Where?"
      description="Leave it empty when you do not know."
      value={given.service}
      onChange={(service) => set({ service })}
      error={problems.serviceId}
    />
    <Textarea
      label={given.kind === 'request' ? 'What for, and until when?' : 'What do you see, and since when?'}
      description="Who else has it, and whether you can work."
      minRows={5}
      value={given.description}
      onChange={(event) => set({ description: event.currentTarget.value })}
      error={problems.description}
    />
  </>
)

import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type ActName, actWords } from '../../../contract/acts/index.ts'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Raw } from '../../ui/CopyText.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Callout, Failed, Loading } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './acts.module.css'
import { actKeys, type Offer, type Offers, useOffers } from './data.ts'
import { hangingWords, oneLine } from './words.ts'

type Props = { job: { id: string; name: string }; act: ActName; onClose: () => void }

/** Asks before a scheduler is told something: exactly what, where, what hangs on it, and why. */
export function ActDialog({ job, act, onClose }: Props) {
  const found = useOffers(job.id)
  const offers = found.data?.items.filter((one) => one.act === act)
  return (
    <Dialog opened onClose={onClose} title={`${actWords[act].title} ${job.name}`} wide>
      {!found.data && !found.isError && <Loading lines={4} />}
      {!found.data && found.isError && (
        <Failed what="What can be done could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {found.data && offers && offers.length > 0 && (
        <Ask job={job} act={act} all={found.data} offers={offers} onClose={onClose} />
      )}
      {offers?.length === 0 && <Callout tone="note">No action of this kind is for this job.</Callout>}
    </Dialog>
  )
}

const random = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join('-')

function Ask({ job, act, all, offers, onClose }: Props & { all: Offers; offers: readonly Offer[] }) {
  const zone = useZone()
  const [chosen, setChosen] = useState(() => (offers.find(({ not }) => not === null) ?? offers[0])?.id ?? '')
  const [why, setWhy] = useState('')
  // Pressed twice, or sent again when the answer was lost, it is asked once; another reason is another question.
  const [once, setOnce] = useState(random)
  const offer = offers.find(({ id }) => id === chosen) ?? offers[0]
  const reason = oneLine(why)
  const hanging = hangingWords(all, zone)
  const send = useAct(
    () =>
      api.acts.actOnJob(
        {
          id: job.id,
          actionId: offer?.id ?? '',
          actionVersion: offer?.version,
          words: offer?.words ?? undefined,
          reason,
          businessDate: all.businessDate,
        },
        { context: { once } },
      ),
    {
      fields: ['reason'],
      refresh: [...actKeys],
      done: () => {
        toast(`The ${actWords[act].noun} of ${job.name} is under way; its answer stands on the page of the job.`)
        onClose()
      },
    },
  )
  return (
    <DialogForm
      act={`${actWords[act].title} ${job.name}`}
      danger={act === 'kill'}
      onSubmit={() => send.run(undefined)}
      onClose={onClose}
      busy={send.busy}
      failed={send.failed}
      not={offer?.not ?? (!reason && 'Say why, in a line.')}
    >
      {offers.length > 1 && (
        <Select
          label="By"
          data={offers.map(({ id, name }) => ({ value: id, label: name }))}
          allowDeselect={false}
          value={offer?.id ?? null}
          onChange={(next) => {
            if (next) setChosen(next)
            setOnce(random())
          }}
        />
      )}
      {offer?.words && (
        <div>
          <p className={styles.will}>
            {`${offers.length > 1 ? 'This' : offer.name}: this is carried out on ${offer.where}, for the business date ${all.businessDate}`}
          </p>
          <Raw>{offer.words}</Raw>
        </div>
      )}
      {hanging.length > 0 ? (
        <Callout tone="note">
          {hanging.length === 1 ? 'This hangs on it: ' : 'These hang on it: '}
          {hanging.join('; ')}.
        </Callout>
      ) : (
        <p className="muted">No deadline hangs on it.</p>
      )}
      <TextInput
        label="Why"
        placeholder="It hangs since the vendor’s file came twice"
        description="Your reason is shown on the job and in its open incident."
        data-missing={!reason || undefined}
        data-autofocus
        value={why}
        onChange={(event) => {
          setWhy(event.currentTarget.value)
          setOnce(random())
        }}
        error={send.problems.reason}
        maxLength={500}
      />
    </DialogForm>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Urgency } from '../../../contract/notify/index.ts'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { ariaKey, Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { Account } from '../identity/Account.tsx'
import { Sessions } from '../identity/Sessions.tsx'
import { SignInWays } from '../identity/SignInWays.tsx'
import { AddMethod } from './AddMethod.tsx'
import { useMyContacts } from './data.ts'
import { Methods } from './Methods.tsx'
import { ReachWords } from './ReachWords.tsx'
import { RemoveMethod } from './RemoveMethod.tsx'
import { RulesForm } from './RulesForm.tsx'
import { type Method, urgencyWords } from './reach.ts'
import { WakesNobody } from './WakesNobody.tsx'

const urgencies = ['high', 'low'] as const satisfies readonly Urgency[]
const keyOf: Record<Urgency, string> = { high: 'h', low: 'l' }
const changeLabel = (urgency: Urgency) => `Change the rules for ${urgency} urgency`

/** How I am reached: the ways, the rules, and what happens when none of them works. */
export function ContactMethods() {
  const contacts = useMyContacts()
  const email = useMe().data?.email ?? 'your address'
  const [adding, setAdding] = useState(false)
  const [added, setAdded] = useState<string>()
  const [removing, setRemoving] = useState<Method>()
  const [ruling, setRuling] = useState<Urgency>()
  const [tests, setTests] = useState<Readonly<Record<string, string>>>({})
  const test = useAct((method: Method) => api.notify.test({ id: method.id }), {
    done: ({ deliveryId }, method) => setTests((known) => ({ ...known, [method.id]: deliveryId })),
  })
  const [testing, setTesting] = useState<string>()
  const data = contacts.data
  useKeys(
    urgencies.map((urgency) => ({ key: keyOf[urgency], label: changeLabel(urgency), run: () => setRuling(urgency) })),
    { when: data !== undefined },
  )
  const add = <Act label="Add a contact method" k="a" kind="primary" run={() => setAdding(true)} />
  return (
    <Page
      title="My contact methods"
      chips={<span className="faint">how pages reach you, and in which order</span>}
      acts={add}
    >
      <Columns of="minmax(0, 1fr) 340px">
        <Rows>
          <Panel
            title="Ways to reach you"
            words={data && data.methods.length > 0 ? 'a test shows what the other side answers' : undefined}
          >
            {contacts.isError && !data && (
              <Failed
                what="Your contact methods could not be loaded."
                error={contacts.error}
                retry={() => void contacts.refetch()}
              />
            )}
            {contacts.isPending && <Loading lines={3} />}
            {data?.methods.length === 0 && (
              <Empty title="No contact methods yet." act={add}>
                A page needs a way to you that was proved to work. Until there is one, pages go by mail to {email}.
              </Empty>
            )}
            {data && data.methods.length > 0 && (
              <Methods
                methods={data.methods}
                added={added}
                tests={tests}
                testing={test.busy ? testing : undefined}
                onTest={(method) => {
                  setTesting(method.id)
                  test.run(method)
                }}
                onRemove={setRemoving}
              />
            )}
          </Panel>
          {data &&
            urgencies.map((urgency) => (
              <Panel
                key={urgency}
                title={urgencyWords[urgency].title}
                words={urgencyWords[urgency].when}
                pad
                right={
                  <Button
                    onClick={() => setRuling(urgency)}
                    aria-label={changeLabel(urgency)}
                    aria-keyshortcuts={ariaKey(keyOf[urgency])}
                    rightSection={<Kbd k={keyOf[urgency]} />}
                  >
                    Change
                  </Button>
                }
              >
                <ReachWords methods={data.methods} rules={data.rules} urgency={urgency} email={email} whose="you" />
                {urgency === 'high' && (
                  <WakesNobody
                    methods={data.methods}
                    rules={data.rules}
                    onAdd={() => setAdding(true)}
                    onChange={() => setRuling('high')}
                  />
                )}
              </Panel>
            ))}
        </Rows>
        <Rows>
          <Account />
          <SignInWays />
          <Sessions />
          <Panel title="When nothing works" pad>
            <p className="muted">
              A way that does not get through brings the next one forward. When no rule can be used at all, a mail goes
              to <b>{email}</b>. Every attempt and its answer stands at the page, and while nobody acknowledges, the
              escalation goes on to the next person.
            </p>
          </Panel>
        </Rows>
      </Columns>
      <AddMethod opened={adding} onAdded={setAdded} onClose={() => setAdding(false)} />
      {data && (
        <>
          <RemoveMethod
            method={removing}
            methods={data.methods}
            rules={data.rules}
            email={email}
            onClose={() => setRemoving(undefined)}
          />
          <RulesForm
            urgency={ruling}
            methods={data.methods}
            rules={data.rules}
            email={email}
            onClose={() => setRuling(undefined)}
          />
        </>
      )}
    </Page>
  )
}

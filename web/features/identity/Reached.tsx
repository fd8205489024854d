import { useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { statusOf } from '../../problem.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { ReachWords } from '../notify/ReachWords.tsx'
import styles from './identity.module.css'

/** How a person is reached, for those who may see it: the leads of the person's teams and administrators. */
export function Reached({ userId, email }: { userId: string; email: string }) {
  const contacts = useQuery({ ...query.notify.contacts.queryOptions({ input: { userId } }), retry: false })
  // What one may not see is left away: a colleague's phone number is nobody's business.
  if (statusOf(contacts.error) === 404 || statusOf(contacts.error) === 403) return null
  return (
    <Panel title="How pages come" pad>
      {contacts.isError && !contacts.data && (
        <Failed what="It could not be loaded." error={contacts.error} retry={() => void contacts.refetch()} />
      )}
      {contacts.isPending && <Loading lines={2} />}
      {contacts.data && (
        <div className={styles.stack}>
          {(['high', 'low'] as const).map((urgency) => (
            <section key={urgency}>
              <h3>{urgency === 'high' ? 'High urgency' : 'Low urgency'}</h3>
              <ReachWords
                methods={contacts.data.methods}
                rules={contacts.data.rules}
                urgency={urgency}
                email={email}
                whose="them"
              />
            </section>
          ))}
        </div>
      )}
    </Panel>
  )
}

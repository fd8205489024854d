import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { TicketDetail } from '../../../../contract/desk/shapes.ts'
import { api } from '../../../api.ts'
import { useAct } from '../../../parts/use-act.ts'
import { paths } from '../../../paths.ts'
import { Act } from '../../../ui/Act.tsx'
import { ariaKey, Kbd } from '../../../ui/Kbd.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { toast } from '../../../ui/toast.ts'
import { kindWords } from '../../knowledge/words.ts'
import { ticketKeys } from '../data.ts'
import { isOpen } from '../words.ts'
import { type Linked, linkedKey, useLinked } from './data.ts'
import { Follow } from './Follow.tsx'
import styles from './knowledge.module.css'

/** What was used on this ticket and whether it helped, the runbooks that are followed, and what it may become. */
export function Used({ ticket }: { ticket: TicketDetail }) {
  const found = useLinked(ticket.number, true)
  const links = found.data?.items ?? []
  const keys = [...ticketKeys(ticket.number), linkedKey(ticket.number)]
  const navigate = useNavigate()
  const draft = useAct((kind: 'article' | 'known_error') => api.desk.knowledge.draft({ id: ticket.number, kind }), {
    refresh: keys,
    done: ({ item }) => {
      toast(`${item.number} is begun from ${ticket.number}. It is a draft.`)
      void navigate({ to: paths.editKnowledge(item.number) })
    },
  })
  const taught = ticket.state !== 'cancelled' && (!isOpen(ticket.state) || ticket.kind === 'problem')
  if (links.length === 0 && !taught) return null
  const running = links.find(({ current }) => current !== null)
  const unjudged = links.find(({ relation, helped }) => relation === 'used' && helped === null)
  return (
    <Panel
      title="What is known of it"
      foot={
        taught && (
          <>
            <Act label="Make an article" k="K" busy={draft.busy} run={() => draft.run('article')} />
            <Act label="Make a known error" k="W" busy={draft.busy} run={() => draft.run('known_error')} />
          </>
        )
      }
    >
      {links.length > 0 && (
        <ul className={styles.entries}>
          {links.map((link) => (
            <li key={link.item.id}>
              <div>
                <b>
                  {kindWords[link.item.kind]} {link.item.number}
                </b>{' '}
                <Link to={paths.knowledgeItem(link.item.number)}>{link.item.title}</Link>
              </div>
              <Standing link={link} />
              {link.steps.length > 0 && link.relation === 'used' && (
                <Follow link={link} number={ticket.number} keys={link === running} />
              )}
              {link.relation === 'used' && <Verdict link={link} number={ticket.number} keys={link === unjudged} />}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

const Standing = ({ link }: { link: Linked }) => (
  <div className="faint">
    {link.relation === 'origin' ? 'comes from this ticket' : `used by ${link.by.name}`}
    {link.item.state !== 'published' && `, ${link.item.state}`}
    {link.newer && link.steps.length > 0 && ', changed since it was begun here'}
  </div>
)

const verdicts = [
  { helped: true, word: 'Yes', k: '+' },
  { helped: false, word: 'No', k: '-' },
] as const

/** Did it help? What is said is counted, and weighs in what is suggested to others. */
function Verdict({ link, number, keys }: { link: Linked; number: string; keys: boolean }) {
  const judge = useAct(
    (helped: boolean | null) => api.desk.knowledge.judge({ id: number, itemId: link.item.id, helped }),
    { refresh: [...ticketKeys(number), linkedKey(number)] },
  )
  const say = (helped: boolean) => judge.run(link.helped === helped ? null : helped)
  useKeys(
    verdicts.map(({ helped, k }) => ({
      key: k,
      label: `${link.item.number} ${helped ? 'helped' : 'did not help'}`,
      run: () => say(helped),
    })),
    { when: keys && !judge.busy },
  )
  return (
    <fieldset className={styles.verdict} aria-label={`Did ${link.item.number} help?`}>
      <span className="muted">Did it help?</span>
      {verdicts.map(({ helped, word, k }) => (
        <Button
          key={word}
          aria-pressed={link.helped === helped}
          variant={link.helped === helped ? 'light' : 'default'}
          disabled={judge.busy}
          onClick={() => say(helped)}
          rightSection={keys && <Kbd k={k} />}
          aria-keyshortcuts={keys ? ariaKey(k) : undefined}
        >
          {word}
        </Button>
      ))}
    </fieldset>
  )
}

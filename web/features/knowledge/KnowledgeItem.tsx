import { Link } from '@tanstack/react-router'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty, Failed, Loading } from '../../ui/States.tsx'
import { Ago } from '../../ui/Time.tsx'
import { useParam } from '../../ui/url.ts'
import { useKnowledge } from './data.ts'
import { ItemBody } from './ItemBody.tsx'
import { UsedOn } from './UsedOn.tsx'
import { useItemActs } from './use-item-acts.ts'
import { Versions } from './Versions.tsx'
import { type Item, kindWords, stateWords, usedWords } from './words.ts'

/** An article, a known error or a runbook, to read. */
export function KnowledgeItem() {
  const number = useParam('number').toUpperCase()
  const found = useKnowledge(number)
  if (found.data) return <Opened key={found.data.id} item={found.data} />
  const none = statusOf(found.error) === 404 || statusOf(found.error) === 422
  return (
    <Page title={number}>
      {none && (
        <Empty title={`There is no ${number} for you.`} act={<Link to={paths.knowledge()}>To all that is known</Link>}>
          It may be a mistyped number, or something that is not published for you.
        </Empty>
      )}
      {found.isError && !none && (
        <Failed what={`${number} could not be loaded.`} error={found.error} retry={() => void found.refetch()} />
      )}
      {!found.isError && <Loading />}
    </Page>
  )
}

const facts = (item: Item, desk: boolean) => [
  {
    label: 'Services',
    value:
      item.services.length > 0 ? (
        item.services.map(({ id, name }, at) => (
          <span key={id}>
            {at > 0 && ', '}
            <Link to={paths.service(id)}>{name}</Link>
          </span>
        ))
      ) : (
        <span className="faint">none in particular</span>
      ),
  },
  item.tags.length > 0 && { label: 'Words', value: item.tags.join(', ') },
  desk && { label: 'Read by', value: item.audience === 'requester' ? 'everybody, once published' : 'support teams' },
  desk && { label: 'Owner', value: item.team?.name ?? <span className="faint">no team</span> },
  desk && {
    label: 'Used',
    value: `${usedWords(item)}${item.notHelped > 0 ? `, did not help ${item.notHelped === 1 ? 'once' : `${item.notHelped} times`}` : ''}`,
  },
  desk &&
    item.reviewBy !== null && {
      label: 'Review by',
      value: item.reviewDue ? <Status tone="warn">{item.reviewBy}, due</Status> : item.reviewBy,
    },
  {
    label: 'Changed',
    value: (
      <>
        <Ago at={item.updatedAt} />
        {item.updatedBy && <span className="faint"> by {item.updatedBy}</span>}
      </>
    ),
  },
]

function Opened({ item }: { item: Item }) {
  const desk = useMay('knowledge.write') !== undefined
  return (
    <Page
      title={item.title}
      chips={
        <>
          <span className="mono faint">{item.number}</span>
          <Chip>{kindWords[item.kind]}</Chip>
          {desk && <Status tone={stateWords[item.state].tone}>{stateWords[item.state].word}</Status>}
        </>
      }
      acts={desk && <ItemActs item={item} />}
    >
      {desk && item.state === 'draft' && (
        <Callout>{item.can.publish ?? 'It is a draft: it is not suggested to anybody until it is published.'}</Callout>
      )}
      {item.state === 'retired' && (
        <Callout tone="warn">It is retired: it is kept, and not suggested any more.</Callout>
      )}
      <Columns of="minmax(0, 1fr) 340px">
        <Rows>
          <Panel label={item.title} pad>
            <ItemBody words={item} />
          </Panel>
          {desk && <UsedOn item={item} />}
        </Rows>
        <Rows>
          <Panel title="Facts">
            <Facts as="rows" of={facts(item, desk)} />
          </Panel>
          {desk && <Versions item={item} />}
        </Rows>
      </Columns>
    </Page>
  )
}

function ItemActs({ item }: { item: Item }) {
  const acts = useItemActs()
  return (
    <>
      {!item.can.bringBack && (
        <Act label="Bring it back" k="b" busy={acts.bringBack.busy} run={() => acts.bringBack.run(item)} />
      )}
      {!item.can.retire && (
        <Act label="Retire" k="d" kind="danger" busy={acts.retire.busy} run={() => acts.retire.run(item)} />
      )}
      {item.state === 'published' && (
        <Act label="Back to a draft" k="u" busy={acts.unpublish.busy} run={() => acts.unpublish.run(item)} />
      )}
      {!item.can.change && (
        <Act
          label="Edit"
          k="e"
          kind={item.state === 'draft' && !item.can.publish ? 'plain' : 'primary'}
          to={paths.editKnowledge(item.number)}
        />
      )}
      {item.state === 'draft' && !item.can.publish && (
        <Act label="Publish" k="P" kind="primary" busy={acts.publish.busy} run={() => acts.publish.run(item)} />
      )}
    </>
  )
}

import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Chip } from '../../ui/Chip.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { Ago } from '../../ui/Time.tsx'
import { token, withView } from './filter.ts'
import { SourceActs } from './SourceActs.tsx'
import { SourceKeys } from './SourceKeys.tsx'
import { SourceSamples } from './SourceSamples.tsx'
import { rate, SourceState } from './SourceState.tsx'
import { useSourceRights } from './source-rights.ts'
import { capped, type Source } from './words.ts'

const alertsOf = (source: Source, view: 'firing' | 'all') =>
  ({ q: withView(token('source', source.name), view) }) as never

const facts = (source: Source) => [
  {
    label: 'Last event',
    value: source.lastAt ? <Ago at={source.lastAt} /> : <span className="faint">never heard</span>,
  },
  { label: 'Rate', value: rate(source.perMinute) || <span className="faint">quiet</span> },
  { label: 'Signals', value: source.signals.toLocaleString('en-GB') },
  {
    label: 'Firing',
    value: (
      <Link to={paths.alerts()} search={alertsOf(source, source.firing > 0 ? 'firing' : 'all')}>
        {source.firing > 0 ? `${capped(source.firing)} now` : 'nothing now'}
      </Link>
    ),
  },
  { label: 'Unreadable', value: source.problems === 0 ? 'nothing yet' : source.problems.toLocaleString('en-GB') },
  { label: 'Team', value: source.team?.name ?? <span className="faint">none</span> },
  {
    label: 'Service',
    value: (
      <>
        {source.service ? (
          <Link to={paths.service(source.service.id)}>{source.service.name}</Link>
        ) : (
          <span className="faint">none</span>
        )}
        <span className="faint"> · {source.environment}</span>
      </>
    ),
  },
  { label: 'Incidents', value: source.opensIncident ? 'its alerts open them' : 'its alerts open none' },
  !source.builtIn && { label: 'At most', value: `${source.perSecond.toLocaleString('en-GB')} requests a second` },
  source.expiresMinutes !== null && {
    label: 'Expires',
    value: `what was not repeated for ${source.expiresMinutes.toLocaleString('en-GB')} min`,
  },
]

/** The page of a source, once it is read. */
export function SourceView({ source }: { source: Source }) {
  const rights = useSourceRights(source)
  return (
    <Page
      title={source.name}
      chips={
        <>
          <SourceState source={source} />
          <Chip>{source.kindTitle}</Chip>
        </>
      }
      acts={<SourceActs source={source} rights={rights} />}
    >
      {source.builtIn && (
        <Callout>Our own monitors report through it. There is nothing to set up, and it has no key.</Callout>
      )}
      {!source.enabled && (
        <Callout tone="warn">
          <b>It is disabled.</b> What it sends is refused, so its alerts neither begin nor end.
        </Callout>
      )}
      <Columns of="minmax(0, 1fr) 372px">
        <Rows>
          {!source.builtIn && <SourceSamples source={source} rights={rights} />}
          {source.setup && (
            <Panel title="How to send" words="put a key in the place of YOUR-KEY" pad>
              <CopyText text={source.setup.trim()} label="the set-up text" />
            </Panel>
          )}
        </Rows>
        <Rows>
          <Panel title="Facts">
            <Facts as="rows" of={facts(source)} />
          </Panel>
          {!source.builtIn && <SourceKeys source={source} rights={rights} />}
        </Rows>
      </Columns>
    </Page>
  )
}

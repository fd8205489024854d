import { DataTable } from '../DataTable.tsx'
import { Priority, Status } from '../Marks.tsx'
import { Columns, Page, Rows } from '../Page.tsx'
import { Panel } from '../Panel.tsx'
import { Empty } from '../States.tsx'
import type { StripState } from '../Strip.tsx'
import { StripRow, StripRows } from '../StripRows.tsx'
import { Due } from '../Time.tsx'
import { Moment, Timeline } from '../Timeline.tsx'
import { Item, TwoLine } from '../TwoLine.tsx'

const now = Date.now()
const minutes = (count: number) => now + count * 60_000
const cells = (trouble: Record<number, StripState>) =>
  Array.from({ length: 96 }, (_, index) => ({
    from: now - (96 - index) * 900_000,
    to: now - (95 - index) * 900_000,
    state: trouble[index] ?? ('ok' as StripState),
  }))
const services: readonly (readonly [string, string, Record<number, StripState>])[] = [
  ['Equities order entry', '99.1 %', { 92: 'down', 93: 'down', 94: 'down', 95: 'down' }],
  ['Market data gateway', '98.7 %', { 40: 'warn', 91: 'warn', 92: 'down', 93: 'down', 94: 'down', 95: 'down' }],
  ['Settlement', '100 %', { 70: 'unobserved', 71: 'unobserved', 72: 'unobserved', 94: 'warn', 95: 'warn' }],
  ['Risk engine', '100 %', {}],
  ['Commodities pricing', 'unknown', { 93: 'blind', 94: 'blind', 95: 'blind' }],
  ['Client portal', '99.9 %', {}],
]
const deadlines = [
  { name: 'EOD P&L to desks', due: '07:45', odds: '61 %' },
  { name: 'Regulatory MiFIR file', due: '09:00', odds: '17 %' },
]

/** The floor as in the drawing, as far as it shows parts of the kit. */
export const FloorPage = () => (
  <Page
    title="Thursday, before the open"
    chips={<span className="muted">London opens in 48 min · 2 things need someone now</span>}
    words="live · updated 2 s ago"
  >
    <Columns of="1.12fr 1fr">
      <Panel
        title="Broken now"
        words="4"
        right={<span className="faint">by who is hurt, then by time left</span>}
        foot={
          <>
            <span>
              Held back: <b>137</b> symptoms, <b>12</b> in maintenance, <b>3</b> silenced
            </span>
            <span style={{ marginLeft: 'auto' }}>15 more, none due this hour</span>
          </>
        }
      >
        <Item tone="down">
          <TwoLine
            mark={<Priority level={1} />}
            title="Equities order entry: no prices on EMEA blotters"
            urgent={<Due at={minutes(-4)} after="first reply" />}
            words="INC-2041 · 14 min · commander Priya N. · mdgw-02 down, 137 held"
            end={<Due at={minutes(6.5)} />}
          />
        </Item>
        <Item>
          <TwoLine
            mark={<Priority level={2} />}
            title="Settlement file to CREST not delivered"
            urgent={<Due at={minutes(33)} />}
            words={
              <>
                INC-2043 · job <code>STL_CREST_OUT</code> failed, exit 12 · Jonas W. accepted 07:06
              </>
            }
          />
        </Item>
        <Item>
          <TwoLine
            mark={<Priority level={3} />}
            title="UAT FIX simulator refuses logons"
            urgent={<Due at={minutes(312)} after="left" />}
            words="INC-2039 · UAT · nobody is woken · unassigned"
          />
        </Item>
      </Panel>
      <Rows>
        <Panel title="About to break" words="deadlines in the next 4 h">
          <DataTable
            flow
            keys={false}
            label="Deadlines"
            rows={deadlines}
            rowId={(row) => row.name}
            empty={<Empty title="None." />}
            columns={[
              { title: 'Deadline', cell: (row) => <b>{row.name}</b> },
              { title: 'Due', width: 80, cell: (row) => row.due },
              { title: 'Odds to miss', width: 110, align: 'right', cell: (row) => row.odds },
            ]}
            phone={(row) => <TwoLine title={row.name} urgent={row.odds} words={row.due} />}
          />
        </Panel>
        <Panel title="Ready for business" words="must be green by 07:30" pad>
          <Status tone="ok">EMEA cash equities</Status> · <Status tone="warn">Equity derivatives</Status> ·{' '}
          <Status tone="down">Program trading</Status> · <Status tone="blind">Commodities</Status> ·{' '}
          <Status tone="off">Repo</Status>
        </Panel>
      </Rows>
    </Columns>
    <Columns of="1.12fr 1fr">
      <Panel title="Services" words="last 24 h, one cell = 15 min" pad>
        <StripRows>
          {services.map(([name, share, trouble]) => (
            <StripRow key={name} name={name} cells={cells(trouble)} end={share} />
          ))}
        </StripRows>
      </Panel>
      <Panel title="Just happened" pad>
        <Timeline label="Just happened">
          <Moment at={minutes(-1)} who="Priya N.">
            took command of INC-2041
          </Moment>
          <Moment at={minutes(-2)}>
            Paged <b>Priya N.</b> by push, acknowledged in 38 s
          </Moment>
          <Moment at={minutes(-32)}>
            Agent on <code>prdcmd03</code> silent: commodities is <i>unknown</i>, not down
          </Moment>
        </Timeline>
      </Panel>
    </Columns>
  </Page>
)

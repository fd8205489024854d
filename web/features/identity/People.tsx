import { type ReactNode, useRef, useState } from 'react'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { Act } from '../../ui/Act.tsx'
import { Choices, Toggle } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { useKeys } from '../../ui/keys.ts'
import { useIsPhone } from '../../ui/list.ts'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { counted, roles, useTeams } from './data.ts'
import { InvitePerson } from './InvitePerson.tsx'
import styles from './identity.module.css'
import { KeySheet } from './KeySheet.tsx'
import { KeysList } from './KeysList.tsx'
import { PutIntoTeam } from './MemberForm.tsx'
import { NewKey } from './NewKey.tsx'
import { PeopleList, usePeople } from './PeopleList.tsx'
import { TeamForm } from './TeamForm.tsx'
import { TeamsList } from './TeamsList.tsx'

type List = 'people' | 'teams' | 'keys'
type Asking = 'invite' | 'team' | 'key' | 'put' | undefined
const none: ReadonlySet<string> = new Set()

/** The list that has the focus has j and k; 1, 2 and 3 go from one to the other. */
const useLists = () => {
  const [list, setList] = useState<List>('people')
  const frame = useRef<HTMLDivElement>(null)
  const go = (next: List) => {
    setList(next)
    const part = frame.current?.querySelector(`[data-list="${next}"]`)
    const first = part?.querySelector<HTMLElement>('tr[tabindex="0"]') ?? part?.querySelector<HTMLElement>('a, button')
    first?.focus()
  }
  const part = (name: List, children: ReactNode) => (
    <div data-list={name} className={styles.part} onFocusCapture={() => setList(name)}>
      {children}
    </div>
  )
  return { list, frame, go, part }
}

function Lists() {
  const [filter, setFilter] = useSearchText('filter')
  const [keyId, setKeyId] = useSearchText('key')
  const [asking, ask] = useState<Asking>()
  const [marked, setMarked] = useState<ReadonlySet<string>>(none)
  const [archived, setArchived] = useState(false)
  const [keyState, setKeyState] = useState<'valid' | 'revoked'>('valid')
  const phone = useIsPhone()
  const mayInvite = useMay('people.write') !== undefined
  const mayAddTeam = useMay('team.write') === 'all'
  const mayKeys = useMay('key.read') !== undefined
  const people = usePeople(filter)
  const teams = useTeams()
  const { list, frame, go, part } = useLists()
  const shown = (name: List) => !phone || list === name
  const close = () => ask(undefined)
  const chosen = people.rows?.filter(({ id }) => marked.has(id)) ?? []
  useKeys([
    { key: '1', label: 'To the people', kind: 'move', run: () => go('people') },
    { key: '2', label: 'To the teams', kind: 'move', run: () => go('teams') },
    ...(mayKeys ? [{ key: '3', label: 'To the API keys', kind: 'move' as const, run: () => go('keys') }] : []),
  ])
  const newTeam = mayAddTeam && <Act label="New team" k="t" run={() => ask('team')} />
  const newKey = mayKeys && <Act label="New key" k="y" run={() => ask('key')} />
  const count = people.rows ? `${people.rows.length}${people.hasNextPage ? '+' : ''}` : '…'
  return (
    <Page
      title="People and teams"
      fill={!phone}
      chips={
        <span className="faint">
          {marked.size > 0
            ? `${marked.size} selected`
            : `${counted(people.rows?.length ?? 0, 'person', 'people').replace(/^\d+/, count)} · ${teams.data ? counted(teams.data.items.length, 'team') : '… teams'}`}
        </span>
      }
      acts={
        mayInvite && (
          <>
            {marked.size > 0 && <Act label="Put into a team" k="p" run={() => ask('put')} />}
            {newKey}
            {!(shown('teams') && !archived && teams.data?.items.length === 0) && newTeam}
            <Act label="Invite" k="c" kind="primary" run={() => ask('invite')} />
          </>
        )
      }
    >
      {phone && (
        <Choices
          label="List"
          value={list}
          of={[
            { value: 'people', label: 'People' },
            { value: 'teams', label: 'Teams' },
            ...(mayKeys ? [{ value: 'keys' as const, label: 'API keys' }] : []),
          ]}
          onChange={go}
        />
      )}
      <div ref={frame} className={styles.lists}>
        <Columns of="minmax(0, 1fr) minmax(0, 400px)" fill={!phone}>
          {shown('people') &&
            part(
              'people',
              <Panel label="People" fill={!phone}>
                <div className={styles.filter}>
                  <FilterBar
                    label="Filter the people"
                    value={filter}
                    onChange={setFilter}
                    fields={[
                      { name: 'role', values: roles },
                      { name: 'state', values: ['active', 'invited', 'disabled'] },
                      { name: 'team', values: teams.data?.items.map(({ name }) => name) ?? [] },
                    ]}
                  />
                </div>
                <PeopleList
                  source={people}
                  filtered={filter !== ''}
                  keys={list === 'people'}
                  marked={mayInvite ? marked : undefined}
                  onMarked={setMarked}
                />
              </Panel>,
            )}
          <Rows>
            {shown('teams') &&
              part(
                'teams',
                <Panel
                  title="Teams"
                  words={archived ? 'archived' : 'in use'}
                  right={
                    <Toggle on={archived} onChange={setArchived}>
                      Show archived
                    </Toggle>
                  }
                >
                  <TeamsList archived={archived} keys={list === 'teams'} act={newTeam} />
                </Panel>,
              )}
            {mayKeys &&
              shown('keys') &&
              part(
                'keys',
                <Panel
                  title="API keys"
                  words="for programs"
                  right={
                    <Toggle on={keyState === 'revoked'} onChange={(on) => setKeyState(on ? 'revoked' : 'valid')}>
                      Show revoked
                    </Toggle>
                  }
                >
                  <KeysList state={keyState} keys={list === 'keys'} act={newKey} />
                </Panel>,
              )}
          </Rows>
        </Columns>
      </div>
      <InvitePerson opened={asking === 'invite'} onClose={close} />
      <TeamForm opened={asking === 'team'} onClose={close} />
      <NewKey opened={asking === 'key'} onClose={close} />
      <Dialog opened={asking === 'put'} onClose={close} title="Put into a team">
        <PutIntoTeam
          people={chosen}
          onClose={close}
          onDone={() => {
            close()
            setMarked(none)
          }}
        />
      </Dialog>
      <KeySheet id={keyId} onClose={() => setKeyId('')} />
    </Page>
  )
}

/** People, teams, and the keys of programs; for those who work on tickets. */
export function People() {
  const me = useMe()
  if (!me.data || me.data.may['people.read']) return <Lists />
  return (
    <Page title="People and teams">
      <Panel>
        <Empty title="This page is for those who work on tickets.">
          What you asked for, and who has it, stands at your tickets. Ask an administrator if you need more.
        </Empty>
      </Panel>
    </Page>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import type { PingKeyKind } from '../../../contract/jobs/index.ts'
import { CopyText } from '../../ui/CopyText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { type PingKeys, usePingKeys } from './data.ts'
import styles from './jobs.module.css'
import { EndKey, MakeKey } from './KeyDialogs.tsx'
import { keyWords } from './words.ts'

type Asking = { act: 'make' | 'end'; kind: PingKeyKind } | undefined

/** The keys of a team that stand for a project of healthchecks, for who may change its jobs. */
export function TeamKeys({ teamId }: { teamId: string }) {
  const found = usePingKeys(teamId)
  return (
    <Panel title="Pings and healthchecks" pad>
      {found.data ? (
        <Keys of={found.data} />
      ) : found.isError ? (
        <Failed what="The keys could not be loaded." error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading lines={3} />
      )}
    </Panel>
  )
}

function Keys({ of }: { of: PingKeys }) {
  const [asking, ask] = useState<Asking>()
  const close = () => ask(undefined)
  const acts = (kind: PingKeyKind) => (
    <span className={styles.keyActs}>
      {of[kind] !== null && (
        <Button
          mod={{ danger: true }}
          aria-label={`End ${keyWords[kind].the}`}
          onClick={() => ask({ act: 'end', kind })}
        >
          End
        </Button>
      )}
      <Button
        aria-label={`${of[kind] === null ? 'Make' : 'Make another for'} ${keyWords[kind].the}`}
        onClick={() => ask({ act: 'make', kind })}
      >
        {of[kind] === null ? 'Make' : 'Make another'}
      </Button>
    </span>
  )
  return (
    <div className={styles.ways}>
      <p className="muted">
        Senders and programs that were made for healthchecks work here with these keys. Give them the address of this
        server in place of the other; nothing else changes.
      </p>
      <div>
        <div className={styles.key}>
          <b>{keyWords.ping.title}</b>
          {of.ping === null && <span className="faint">none</span>}
          {acts('ping')}
        </div>
        {of.ping === null ? (
          <p className="faint">With it a job is pinged by its short name.</p>
        ) : (
          <CopyText label="the ping key" text={of.ping} />
        )}
      </div>
      {(['write', 'read'] as const).map((kind) => (
        <div key={kind} className={styles.key}>
          <b>{keyWords[kind].title}</b>
          <span className="faint">{of[kind] === null ? 'none' : <code>…{of[kind].hint}</code>}</span>
          {acts(kind)}
        </div>
      ))}
      <div>
        <p className="faint">Addresses of pings and of the API begin with</p>
        <CopyText label="the address of pings" text={`${of.pingUrl}/`} />
        <CopyText label="the address of the API" text={of.pingUrl.replace(/ping$/, 'api/v3/')} />
      </div>
      <MakeKey of={of} kind={asking?.act === 'make' ? asking.kind : undefined} onClose={close} />
      <EndKey of={of} kind={asking?.act === 'end' ? asking.kind : undefined} onClose={close} />
    </div>
  )
}

import { describe, expect, it } from 'vitest'
import { draftPacket, type PacketFacts } from './packet.ts'

const at = (t: string) => Temporal.Instant.from(`2026-11-23T${t}:00Z`)
const facts = (more: Partial<PacketFacts> = {}): PacketFacts => ({
  title: 'No prices',
  description: '',
  openedAt: at('07:12'),
  zone: 'Europe/London',
  firstAlertAt: null,
  service: 'Order entry',
  environment: 'prod',
  units: [],
  requester: null,
  notes: [],
  used: [],
  links: [],
  ...more,
})

describe('what a packet begins with', () => {
  it.each([
    ['the title, and the description below it', { description: 'Since 06:56.' }, { seen: 'No prices\n\nSince 06:56.' }],
    ['since the opening', {}, { since: at('07:12') }],
    ['since the first alert, when one came before', { firstAlertAt: at('06:51') }, { since: at('06:51') }],
    [
      'since when whoever asked said',
      { description: 'Since: this morning, 06:56\nHurt: my team' },
      { since: at('06:56') },
    ],
    ['since the opening, when what was said names no time', { description: 'Since: the roll' }, { since: at('07:12') }],
    [
      'who is hurt: units with people, who asked, the service',
      {
        units: [
          { name: 'EQD London', people: 37 },
          { name: 'Middle office', people: null },
        ],
        requester: 'L. Brandt',
      },
      { hurt: 'EQD London (37 people), Middle office\nReported by L. Brandt\nOrder entry, prod' },
    ],
    [
      'what was tried: what was used from what is known, then the notes in their order',
      { used: ['Known error KE-3: restart the gateway'], notes: [{ author: 'Tom', body: 'No effect.' }] },
      { tried: 'Known error KE-3: restart the gateway\n\nTom: No effect.' },
    ],
    ['nothing tried is left to whoever escalates', {}, { tried: '', evidence: '' }],
    [
      'evidence: lines that look like a log, each once',
      {
        description: 'Job fails.\n06:51:02 ORA-01555: snapshot too old\nPlease help.',
        notes: [{ author: 'Tom', body: '06:51:02 ORA-01555: snapshot too old\nthe desk is calm' }],
        links: ['/alerts/1'],
      },
      { evidence: '/alerts/1\n\n06:51:02 ORA-01555: snapshot too old' },
    ],
  ] as [string, Partial<PacketFacts>, object][])('%s', (_, given, expected) =>
    expect(draftPacket(facts(given))).toMatchObject(expected),
  )

  it('is never longer than a packet may be', () => {
    const long = 'x'.repeat(20_000)
    const draft = draftPacket(facts({ description: long, notes: [{ author: 'Tom', body: long }] }))
    for (const part of [draft.seen, draft.hurt, draft.tried, draft.evidence])
      expect(part.length).toBeLessThanOrEqual(10_000)
  })
})

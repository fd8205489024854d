import { canSource } from '../../../contract/alerts/can.ts'
import { useMe } from '../../parts/frame-data.ts'
import type { Source } from './words.ts'

export type SourceRights = Record<keyof typeof canSource, string | undefined>

/** Why each act is not possible now, for this source and this reader; undefined when it is. */
export const useSourceRights = (source: Source): SourceRights => {
  const me = useMe().data
  const rows = me?.may['source.write']
  const mine = source.team !== null && me?.teams.some(({ id }) => id === source.team?.id)
  const barred =
    rows === undefined
      ? 'You may only read this. A lead of its team may change it.'
      : rows !== 'all' && !mine
        ? `It belongs to ${source.team?.name ?? 'no team'}; ${source.team ? 'a lead of that team' : 'an administrator'} may change it.`
        : undefined
  const state = { ...source, validKeys: source.keys.filter(({ revokedAt }) => revokedAt === null).length }
  const why = (act: keyof typeof canSource) => barred ?? canSource[act](state) ?? undefined
  return {
    change: why('change'),
    disable: why('disable'),
    enable: why('enable'),
    addKey: why('addKey'),
    test: why('test'),
  }
}

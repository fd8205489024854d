import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { mayFor } from '../../parts/use-may-for.ts'
import { paths } from '../../paths.ts'
import { toast } from '../../ui/toast.ts'
import { chainKeys } from './data.ts'

type Named = { id: string; name: string }

/** Why I may not change a deadline of this team; undefined when I may. */
export const useWhyNot = (): ((team: Named | null) => string | undefined) => {
  const me = useMe().data
  return useMemo(
    () => (team) => {
      if (!me || mayFor(me, 'chain.write', team?.id ?? null)) return undefined
      if (!me.may['chain.write']) return 'You may look at deadlines, not change them.'
      return team
        ? 'This belongs to another team. Ask one of its people.'
        : 'It belongs to no team. Ask an administrator.'
    },
    [me],
  )
}

/** Move a deadline for one date; its Undo lets it be as it was. */
export const useExtend = ({ id, name }: Named, date: string, done: () => void) => {
  const refresh = useRefresh(chainKeys)
  return useAct((fields: { dueAt: string; reason: string }) => api.chains.extend({ id, date, ...fields }), {
    fields: ['dueAt', 'reason'],
    refresh: chainKeys,
    done: () => {
      toast(`${name} has another time for this date.`, {
        undo: async () => {
          await api.chains.takeBackExtension({ id, date })
          await refresh()
        },
      })
      done()
    },
  })
}

/** Let it be as it was on a date. */
export const useTakeBack = ({ id, name }: Named, date: string) =>
  useAct(() => api.chains.takeBackExtension({ id, date }), {
    refresh: chainKeys,
    done: () => toast(`${name} has its usual time again.`),
  })

/** Hold its alarms for a while; the prediction goes on. */
export const useHold = ({ id, name }: Named, done: () => void) => {
  const refresh = useRefresh(chainKeys)
  return useAct((fields: { until: string; reason: string }) => api.chains.hold({ id, ...fields }), {
    fields: ['until', 'reason'],
    refresh: chainKeys,
    done: () => {
      toast(`Nobody is told of ${name} until then.`, {
        undo: async () => {
          await api.chains.release({ id })
          await refresh()
        },
      })
      done()
    },
  })
}

/** Let it alarm again; its Undo holds it for as long as it was. */
export const useRelease = ({ id, name, held }: Named & { held: { until: string; reason: string } | null }) => {
  const refresh = useRefresh(chainKeys)
  return useAct(() => api.chains.release({ id }), {
    refresh: chainKeys,
    done: () =>
      toast(`${name} alarms again.`, {
        ...(held && {
          undo: async () => {
            await api.chains.hold({ id, ...held })
            await refresh()
          },
        }),
      }),
  })
}

/** Delete it; asked before. */
export const useDelete = ({ id, name }: Named) => {
  const navigate = useNavigate()
  return useAct(() => api.chains.delete({ id }), {
    refresh: chainKeys,
    fields: [],
    done: () => {
      toast(`${name} is deleted.`)
      void navigate({ to: paths.chains() })
    },
  })
}

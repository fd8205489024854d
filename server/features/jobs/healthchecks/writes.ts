import { execute } from '../../../platform/verb.ts'
import { changeJob } from '../change.ts'
import { createJob } from '../create.ts'
import { deleteJob } from '../delete.ts'
import { pauseJob, resumeJob } from '../pause.ts'
import { type CheckRow, checkOfId, checksOf, showCheck } from './checks.ts'
import { jobFields, Refused, readSpec, type Spec, sameCheck } from './fields.ts'
import type { Asked } from './mount.ts'
import { findCheck } from './reads.ts'

const shown = async ({ base, version, platform }: Asked, id: string) => {
  const check = await checkOfId(platform.db, id)
  if (!check) throw new Refused(404, '')
  return showCheck(check, { base, version, writes: true, now: platform.clock.ms() })
}

/** A new one, or the one that is the same in what the body calls unique: that is changed. */
export const createCheck = async (asked: Asked) => {
  const { caller, platform, version, reply } = asked
  const spec = readSpec(asked.body)
  const same = await sameOf(asked, spec)
  if (same) {
    const input = { id: same.id, ...jobFields(spec, same, version) }
    await execute(platform, changeJob, { actor: caller.actor, input })
    return shown(asked, same.id)
  }
  const fields = jobFields(spec, null, version)
  const input = {
    graceSeconds: 3_600,
    schedule: { kind: 'period', seconds: 86_400 },
    ...fields,
    name: fields.name ?? fields.slug ?? 'Unnamed check',
    teamId: caller.team?.id ?? null,
    maxRunSeconds: null,
    rules: 'healthchecks',
  }
  const { id } = await execute(platform, createJob, { actor: caller.actor, input })
  reply.code(201)
  return shown(asked, id)
}

const sameOf = async ({ platform, caller }: Asked, spec: Spec): Promise<CheckRow | undefined> => {
  const unique = new Set(spec.unique)
  if (unique.size === 0) return undefined
  const pages = checksOf(platform.db, caller.team?.id ?? null, {
    name: unique.has('name') ? (spec.name ?? '') : undefined,
    slug: unique.has('slug') ? (spec.slug ?? '') : undefined,
    tags: unique.has('tags') ? spec.tags?.split(' ').filter(Boolean) : undefined,
  })
  for await (const page of pages) {
    const same = sameCheck(spec, page)
    if (same) return same
  }
  return undefined
}

export const updateCheck = async (asked: Asked) => {
  const spec = readSpec(asked.body)
  const check = await findCheck(asked, false)
  const input = { id: check.id, ...jobFields(spec, check, asked.version) }
  await execute(asked.platform, changeJob, { actor: asked.caller.actor, input })
  return shown(asked, check.id)
}

export const deleteCheck = async (asked: Asked) => {
  const check = await findCheck(asked, false)
  const last = await shown(asked, check.id)
  await execute(asked.platform, deleteJob, { actor: asked.caller.actor, input: { id: check.id } })
  return last
}

export const pauseCheck = async (asked: Asked) => {
  const check = await findCheck(asked, false)
  if (!check.paused) await execute(asked.platform, pauseJob, { actor: asked.caller.actor, input: { id: check.id } })
  return shown(asked, check.id)
}

export const resumeCheck = async (asked: Asked) => {
  const check = await findCheck(asked, false)
  if (!check.paused) throw new Refused(409, 'check is not paused')
  await execute(asked.platform, resumeJob, { actor: asked.caller.actor, input: { id: check.id } })
  return shown(asked, check.id)
}

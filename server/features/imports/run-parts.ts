import { mark, nameOf } from './command-words.ts'
import type { Finding, ImportedJob, ImportFile, ImportOptions, Place } from './define-importer.ts'

/** The scripts of folders, in the order in which run-parts starts them. */
export type Scripts = ReadonlyMap<string, readonly string[]>

const MOST_PATH = 1_000

/** What `run-parts --test /etc/cron.daily` prints: nothing but paths. */
export const isListing = (text: string): boolean => {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return (
    lines.length > 0 && lines.every((line) => line.length <= MOST_PATH && /^\/(?:[^/\s]+\/)+[^/\s]+$/.test(line.trim()))
  )
}

export const scriptsIn = (files: readonly ImportFile[]): Scripts => {
  const all = files.flatMap(({ text }) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  )
  return Map.groupBy(new Set(all), (path) => path.slice(0, path.lastIndexOf('/')))
}

const folderOf = ({ command }: ImportedJob): string | undefined =>
  /\brun-parts\s+(?:--?\S+\s+)*(\/\S+)/.exec(command.slice(0, 1_000))?.[1]?.replace(/\/+$/, '')

const scriptsOf = (job: ImportedJob, scripts: Scripts): readonly string[] => scripts.get(folderOf(job) ?? '') ?? []

/** A job for each script of the folder that it runs, where these are told; else the job itself. */
export const eachOf = (job: ImportedJob, scripts: Scripts, { host }: ImportOptions): ImportedJob[] => {
  const paths = scriptsOf(job, scripts)
  if (paths.length === 0) return [job]
  const user = typeof job.attributes.user === 'string' ? job.attributes.user : null
  return paths.map((path) => ({
    ...job,
    externalId: [host, user, mark(path)].filter(Boolean).join(':'),
    name: nameOf(path),
    command: path,
    maxRunSeconds: null,
  }))
}

export const folderFindings = (place: Place, job: ImportedJob, scripts: Scripts): Finding[] => {
  const folder = folderOf(job)
  if (folder === undefined) return []
  const { length } = scriptsOf(job, scripts)
  const message =
    length > 0
      ? `Each of the ${length} scripts in ${folder} is a job here. They start one after the other, and each reports by itself: let it ping.`
      : `All scripts in ${folder} are one job here. To hear of each, add what run-parts --test ${folder} prints.`
  return [{ ...place, rule: 'run-parts', severity: 'info', message }]
}

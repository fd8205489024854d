/** What may be done to a job in its state: null when it may, else the sentence that says why not and what to do. */
export type JobFacts = {
  name: string
  paused: boolean
  archived: boolean /** It is expected at some time. */
  due?: boolean
}

const gone = (j: JobFacts): string | null => (j.archived ? `${j.name} is archived. Restore it first.` : null)

const unexpected = (j: JobFacts): string | null =>
  gone(j) ??
  (j.paused ? `${j.name} is paused: nobody expects it.` : null) ??
  (j.due ? null : `${j.name} is not expected at any time.`)

export const canJob = {
  change: gone,
  pause: (j: JobFacts): string | null => gone(j) ?? (j.paused ? `${j.name} is paused already.` : null),
  resume: (j: JobFacts): string | null => gone(j) ?? (j.paused ? null : `${j.name} is not paused.`),
  expectLate: unexpected,
  skip: unexpected,
  archive: (j: JobFacts): string | null => (j.archived ? `${j.name} is archived already.` : null),
  restore: (j: JobFacts): string | null => (j.archived ? null : `${j.name} is not archived.`),
}

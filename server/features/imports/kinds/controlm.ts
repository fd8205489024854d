import { buildJobs } from '../controlm/build.ts'
import { ctmCalendars } from '../controlm/calendars.ts'
import { readControlmJson } from '../controlm/json.ts'
import { controlmJsonSample } from '../controlm/json-sample.ts'
import { readControlmXml } from '../controlm/xml.ts'
import { controlmXmlSample } from '../controlm/xml-sample.ts'
import { defineImporter } from '../define-importer.ts'
import { lostSigns } from '../lost-signs.ts'

/** What another encoding puts before the first sign is passed over: then the file is refused with a word about that. */
const isXml = (text: string) => /^[^<{[\]}]{0,8}</.test(text)

/** Folders, jobs and calendars of Control-M, in both forms in which it gives them. */
export const controlm = defineImporter({
  kind: 'controlm',
  mostText: 32_000_000,
  title: 'Control-M',
  help: 'What `ctm deploy jobs::get` and `ctm deploy calendars::get` print (JSON), or exportdeftable and exportdefcal write (XML); all together, so that events find those who add them. Smart folders are boxes, events are conditions, SLA jobs are deadlines. A job is known by its server, folders and name, and by the host where you name one.',
  accepts({ text }) {
    if (isXml(text)) return /<(DEFTABLE|DEFCAL)\b/.test(text) ? 1 : 0
    if (!/^\s*\{/.test(text)) return 0
    if (/"Type"\s*:\s*"(Simple|Sub)?Folder"|"Type"\s*:\s*"Job:|"ControlmServer"\s*:/.test(text)) return 1
    return /"Type"\s*:\s*"Calendar:(Regular|RuleBased|Periodic)/.test(text) ? 0.9 : 0
  },
  read(files, options) {
    const calendars = ctmCalendars()
    const readings = files.map((file) => (isXml(file.text) ? readControlmXml : readControlmJson)(file, calendars))
    const built = buildJobs(
      readings.flatMap((r) => r.jobs),
      calendars,
      options,
    )
    return {
      jobs: built.jobs,
      findings: [...files.flatMap(lostSigns), ...readings.flatMap((r) => r.findings), ...built.findings],
      refused: readings.flatMap((r) => r.refused),
    }
  },
  samples: [controlmJsonSample, controlmXmlSample],
})

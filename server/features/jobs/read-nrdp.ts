import { parseXml, XmlElement } from '@rgrove/parse-xml'
import { DialectError, exitOf, fieldsOf, parseJson, slugOf, type ToldPing } from './define-dialect.ts'
import { volumesOfPerfdata } from './perfdata.ts'

/** One passive result, as it stands in XML or JSON. */
type Result = { type: string; hostname: string; servicename: string; state: string; output: string; time: string }
const names = ['hostname', 'servicename', 'state', 'output', 'time'] as const

/** The form of NRDP. Its fields have several names. */
export const readForm = (body: Buffer) => {
  const form = new URLSearchParams(body.toString('utf8'))
  const first = (...given: string[]) => given.map((name) => form.get(name)).find((text) => text) ?? ''
  return {
    token: first('token').trim(),
    cmd: first('cmd').toLowerCase(),
    xml: first('xml', 'xmldata', 'XMLDATA'),
    json: first('json', 'jsondata', 'JSONDATA'),
  }
}

const elements = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((child): child is XmlElement => child instanceof XmlElement && child.name === name)

/** Entities that a document makes itself are not expanded: one that uses them is refused. */
const readXml = (text: string): Result[] => {
  try {
    // The shell's sender may begin with a line end, before which nothing may stand.
    const { root } = parseXml(text.trim())
    return elements(root as XmlElement, 'checkresult').map((result) => {
      const of = (name: string) => elements(result, name)[0]?.text ?? ''
      return { ...(Object.fromEntries(names.map((n) => [n, of(n)])) as Result), type: result.attributes.type ?? '' }
    })
  } catch (error) {
    const [why = ''] = String(error instanceof Error ? error.message : error).split('\n')
    throw new DialectError(400, `BAD XML: ${why.slice(0, 200)}`)
  }
}

const readList = (text: string): Result[] => {
  const { checkresults } = fieldsOf(parseJson(text, 'BAD JSON: JSONDATA'))
  return (Array.isArray(checkresults) ? checkresults : []).map((entry) => {
    const given = fieldsOf(entry)
    const of = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
    return {
      ...(Object.fromEntries(names.map((n) => [n, of(given[n])])) as Result),
      type: of(fieldsOf(given.checkresult).type),
    }
  })
}

const words = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']

/** A warning is a success that says so; of a host anything but 0 is down. */
const pingOf = (result: Result): ToldPing => {
  const host = result.hostname.trim()
  const service = result.type === 'host' ? '' : result.servicename.trim()
  const state = result.state.trim()
  if (!host || state === '') throw new DialectError(400, 'each check result must have a hostname and a state')
  const isWarning = service !== '' && state === '1'
  const isGood = state === '0' || isWarning
  const word = service ? (words[Number(state)] ?? 'UNKNOWN') : isGood ? 'UP' : 'DOWN'
  // As the plugins and their senders write line ends.
  const text = result.output.replaceAll('\\n', '\n').trim()
  const volumes = volumesOfPerfdata(text)
  const seconds = /^\d{1,10}$/.test(result.time.trim()) ? Number(result.time) : 0
  return {
    slug: slugOf(service ? `${host}-${service}` : host),
    kind: isGood ? 'success' : 'fail',
    ...(isGood ? {} : exitOf(state)),
    ...(seconds > 0 ? { at: seconds * 1_000 } : {}),
    host,
    ...(text ? { text } : {}),
    ...(volumes ? { volumes } : {}),
    ...(isGood && !isWarning ? {} : { note: `Its state is ${word}.` }),
  }
}

export const readResults = ({ xml, json }: { xml: string; json: string }): ToldPing[] => {
  if (!xml && !json) throw new DialectError(400, 'NO DATA')
  const results = xml ? readXml(xml) : readList(json)
  if (results.length === 0) throw new DialectError(400, 'NO DATA')
  return results.map(pingOf)
}

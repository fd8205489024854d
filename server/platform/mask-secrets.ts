/** Keeps secrets out of what is kept: by the names that they stand behind, and by the shapes that they have. */

export const MASKED = '[masked]'

/** The name of a field or header whose value is a secret. */
export const secretName =
  /pass(word|wd|phrase)?$|secret|token|api[-_]?key|authorization|cookie|credential|signature|routing_key/i
const jsonField = /"([^"\\]{1,100})"(\s*:\s*)"((?:[^"\\]|\\.)*)"/g

/** Masks values of JSON fields that look like secrets. */
export const maskFields = (text: string): string =>
  text.replace(jsonField, (all, name: string, colon: string) =>
    secretName.test(name) ? `"${name}"${colon}"${MASKED}"` : all,
  )

// A count of what has passed is none.
const names =
  '[_-]pass(?![ \\t]{0,9}[:=]?[ \\t]{0,9}\\d{1,9}(?:[\\s,;]|$))|password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential'
/** Nothing of it is there in most texts, and one look is enough to know. */
const suspicious =
  /[_-]pass|password|passwd|passphrase|pwd|identified by|-u\s|secret|token|key|credential|authorization|bearer|sqlplus|jdbc:|:\/\/[^\s/]*@|AKIA|gh[pousr]_|glpat-|xox[abprs]-|eyJ/i

const shapes: readonly [pattern: RegExp, put: string][] = [
  [/-----BEGIN ([A-Z ]{0,20}PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g, MASKED],
  // The beginning may have been cut away.
  [/^[A-Za-z0-9+/=\s]{0,10000}-----END [A-Z ]{0,20}PRIVATE KEY-----/g, MASKED],
  [
    new RegExp(
      `((?:${names})["']?[ \\t]{0,9}(?:=>|[:=](?!>))[ \\t]{0,9})(?!["']?\\[masked\\])("[^"\\n]{1,500}"|'[^'\\n]{1,500}'|[^\\s"',;&]{1,500})`,
      'gi',
    ),
    `$1${MASKED}`,
  ],
  [new RegExp(`(--?[\\w-]{0,40}(?:${names})[ \\t]{1,9})(?![-[])\\S{1,500}`, 'gi'), `$1${MASKED}`],
  [new RegExp(`(<(?:[\\w:.-]{0,40})(?:${names})>)[^<]{1,500}`, 'gi'), `$1${MASKED}`],
  [/(\bidentified by[ \t]{1,9})(?:"[^"\n]{1,200}"|[^\s;"]{1,200})/gi, `$1${MASKED}`],
  // curl's user:password, and Oracle's user/password@ in an address of JDBC.
  [/(\bcurl\b[^\n|;]{0,300}?[ \t](?:-u|--user)[ \t=]{0,9}["']?[^\s:"']{1,200}:)[^\s"']{1,500}/gi, `$1${MASKED}`],
  [/(\bjdbc:[a-z0-9:]{1,60}:[\w$#]{1,128}\/)[^\s@/]{1,500}@/gi, `$1${MASKED}@`],
  [/(authorization["']?[ \t]{0,9}[:=][ \t]{0,9}["']?(?:[a-z]{3,20}[ \t]{1,9})?)[^\s"']{4,2000}/gi, `$1${MASKED}`],
  [/\b(bearer[ \t]{1,9})(?=[^\s]{0,100}\d)[\w+/=.~-]{16,4000}/gi, `$1${MASKED}`],
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]{0,200}:)[^\s/@]{1,500}@/gi, `$1${MASKED}@`],
  // Oracle's user/password@database.
  [/(\bsqlplus[ \t]{1,9}(?:-\w{1,20}[ \t]{1,9}){0,9}[\w$#]{1,128}\/)[^\s@]{1,500}/gi, `$1${MASKED}`],
  [/\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,255}|glpat-[\w-]{20,100}|xox[abprs]-[\w-]{10,255})\b/g, MASKED],
  [/\beyJ[\w-]{10,4000}\.[\w-]{10,4000}\.[\w-]{4,4000}/g, MASKED],
]

/** Masks what looks like a secret in the output of a program: `password=…`, tokens, keys, credentials in addresses. */
export const maskSecrets = (text: string): string =>
  suspicious.test(text)
    ? shapes.reduce((masked, [pattern, put]) => masked.replace(pattern, put), maskFields(text))
    : text

const SHORTEST = 4
/** Words that say how a header is meant are no secrets. */
const schemes = new Set(['bearer', 'basic', 'token', 'apikey', 'digest'])

/** A secret as an answer may repeat it: whole, in parts such as the word after Bearer, decoded, and encoded. */
const formsOf = (secret: string): string[] => {
  const parts = [secret, ...secret.split(/\s+/)]
  const decoded = parts
    .filter((part) => /^[A-Za-z0-9+/]{8,}={0,2}$/.test(part))
    .map((part) => Buffer.from(part, 'base64').toString('utf8'))
  const plain = [...parts, ...decoded, ...decoded.flatMap((text) => text.split(':'))]
  return plain.flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    Buffer.from(text).toString('base64'),
  ])
}

/** Masks these secrets wherever an answer repeats them, and what looks like one. */
export const maskKnown = (text: string, secrets: readonly string[]): string => {
  const forms = [...new Set(secrets.flatMap(formsOf))]
    .filter((form) => form.length >= SHORTEST && !schemes.has(form.toLowerCase()))
    .sort((a, b) => b.length - a.length)
  return maskSecrets(forms.reduce((masked, form) => masked.replaceAll(form, MASKED), text))
}

// Control characters, and those that make a name read in another order than it has.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu
/** What Windows refuses in a name, and "/" that an encoding may have brought back. */
const RESERVED = /[<>:"/\\|?*]/g
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i
const LONGEST = 150

const shortened = (name: string): string => {
  if (name.length <= LONGEST) return name
  const end = /\.[^.]{1,12}$/.exec(name)?.[0] ?? ''
  return `${name.slice(0, LONGEST - end.length)}${end}`.toWellFormed().replaceAll('\ufffd', '')
}

/** The last part of what a sender calls a file, as a name that no system trips over. `../../x` is `x`. */
export const safeName = (given: string): string => {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .replace(INVISIBLE, '')
    .replace(RESERVED, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .replace(DEVICES, '_$&')
  return shortened(clean) || 'file'
}

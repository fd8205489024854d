import type { Finding, ImportFile } from './define-importer.ts'
import { lineFinder } from './line-finder.ts'

/** Letters that were lost before the text came here, told once for each file. */
export const lostSigns = ({ name: file, text }: ImportFile): Finding[] => {
  const lost = text.indexOf('\ufffd')
  if (lost === -1) return []
  return [
    {
      file,
      line: lineFinder(text)(lost),
      rule: 'lost-signs',
      severity: 'warn',
      message:
        'From here on some letters were lost before they came here: the text is not UTF-8. Choose the file itself, or use watchfloor jobs import, which read Latin-1 as well.',
    },
  ]
}

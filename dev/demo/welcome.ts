import { mailOf } from '../seed/people.ts'
import { password, signIns } from './people.ts'

type Given = { address: string; mailbox: string; seconds: number; speed: number }

/** What stands in the terminal once all is there. */
export const welcome = ({ address, mailbox, seconds, speed }: Given): string =>
  `
Ready after ${seconds.toFixed(1)} s.

  Watchfloor   ${address}
  Mailbox      ${mailbox}   every mail that is sent ends here; nothing leaves this machine

  Sign in with the password "${password}" as
${signIns.map(({ key, what }) => `    ${mailOf(key).padEnd(30)} ${what}`).join('\n')}

  Within two minutes something breaks, and again every few minutes; it heals by itself.${
    speed > 1 ? `\n  ${speed} seconds pass in one.` : ''
  }
  Ctrl-C ends everything; the next start makes it anew, or goes on with --keep.
`

import { announce } from '../../server/features/shift/announce.ts'
import { system } from '../../server/platform/access.ts'
import type { Platform } from '../../server/platform/platform.ts'
import { execute } from '../../server/platform/verb.ts'
import { password } from './people.ts'

/** What to try, one step for each story, where a newcomer looks first: as an announcement on the floor. */
export const pinCard = (platform: Platform, mailbox: string): Promise<unknown> =>
  execute(platform, announce, {
    actor: system,
    input: {
      title: 'This is a demo: five things to try',
      body: `Everybody signs in as \`name@harbour-bank.example\` with the password \`${password}\`; *marta* may do everything. Mails end in the [mailbox](${mailbox}).

1. **Something breaks** within two minutes: watch *Just happened*, open the incident, and see who was called and why. The page is in the mailbox; its button acknowledges without signing in.
2. **A job fails or does not come**: open [Jobs](/jobs), then one that is red, and read its output.
3. **A tool speaks**: [Alerts](/alerts) come from a sender like Prometheus. As *marta* silence one, or try a rule under [Routes](/routes) on what has already come.
4. **A trader asks**: sign in as *laurent* in a private window and report that Equities order entry shows no prices. As *priya* watch it arrive in the [Queue](/queue); use the known error, or escalate it to the DBAs.
5. **A request**: ask for read access in the [Catalogue](/catalogue), and approve it from the mailbox as *james*.

Press \`?\` on any page for its keys, \`Ctrl-K\` for everything.`,
    },
  })

import { Link } from '@tanstack/react-router'
import { paths } from '../../../paths.ts'
import { Sheet } from '../../../ui/Dialog.tsx'
import { useIsPhone } from '../../../ui/list.ts'
import { Failed, Loading } from '../../../ui/States.tsx'
import { useKnowledge } from '../../knowledge/data.ts'
import { ItemBody } from '../../knowledge/ItemBody.tsx'
import { usedWords } from '../../knowledge/words.ts'

/** What it says, without leaving the ticket. */
export function Peek({ number, title, onClose }: { number: string; title: string; onClose: () => void }) {
  const phone = useIsPhone()
  const found = useKnowledge(number)
  // Not at once: the Escape that closes it would go on to the page, which has a meaning for it as well.
  const close = () => void setTimeout(onClose, 0)
  return (
    <Sheet opened onClose={close} title={`${number} ${title}`} from={phone ? 'bottom' : 'right'}>
      {found.data ? (
        <>
          <p className="faint">
            {usedWords(found.data)} · <Link to={paths.knowledgeItem(number)}>its page</Link>
          </p>
          <ItemBody words={found.data} />
        </>
      ) : found.isError ? (
        <Failed what={`${number} could not be read.`} error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading lines={5} />
      )}
    </Sheet>
  )
}

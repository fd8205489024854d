import { Button } from '@mantine/core'
import { Callout } from '../../ui/States.tsx'
import { useChannels } from './data.ts'
import styles from './notify.module.css'
import { type Method, type Rule, restsOnMail, unusedWays } from './reach.ts'

/** Where high urgency rests on mail alone: what that means at night, and what to do about it. */
export function WakesNobody({
  methods,
  rules,
  onAdd,
  onChange,
}: {
  methods: readonly Method[]
  rules: readonly Rule[]
  onAdd: () => void
  onChange: () => void
}) {
  const channels = useChannels().data?.items
  if (!channels || !restsOnMail(methods, rules)) return null
  const [unused] = unusedWays(methods)
  const others = channels.filter(({ kind }) => kind !== 'mail').map(({ title }) => `“${title}”`)
  return (
    <div className={styles.wakes}>
      <Callout
        tone="warn"
        acts={
          unused ? (
            <Button onClick={onChange}>Change the rules</Button>
          ) : (
            others.length > 0 && (
              <Button onClick={onAdd} aria-label="Add a way that wakes you">
                Add
              </Button>
            )
          )
        }
      >
        A mail wakes nobody, and these pages are told by mail alone.
        {unused
          ? ` ${unused.label} works, and no rule for high urgency uses it.`
          : others.length > 0 && ` Add another way to reach you: ${others.join(' or ')}.`}
      </Callout>
    </div>
  )
}

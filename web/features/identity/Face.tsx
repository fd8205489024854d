import { Avatar } from '../../ui/Marks.tsx'

/** Initials beside a name that is written out: a screen reader hears the name once. */
export const Face = (of: { name: string; you: boolean; size: number }) => (
  <span aria-hidden="true">
    <Avatar {...of} />
  </span>
)

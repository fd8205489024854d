import { ShownOnce } from './LinkOnce.tsx'

/** The codes for a day without the device; to be copied or printed. */
export const RecoveryCodes = ({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) => (
  <ShownOnce text={codes.join('\n')} label="the recovery codes" onClose={onClose}>
    For a day without the app: each of these works once in the place of its code. Keep them where you keep what matters,
    and not on the same device.
  </ShownOnce>
)

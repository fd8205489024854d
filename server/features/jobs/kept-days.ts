/** How long runs are kept, as platform/housekeeping.ts says of `pings`: whole months go once they are all older. */
export const KEPT_DAYS = 100

/** 'Tue 1 Dec, 14:05 GMT': a time in a letter, as whoever gets it reads the clock. */
export const readerTime = (at: Temporal.Instant, zone: string): string =>
  at.toZonedDateTimeISO(zone).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  })

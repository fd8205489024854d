/** Dates and names; an entry with hours is a half day. */
export type Holiday = { date: string; name: string; open?: { from: string; to: string }[] }

const list = (text: string): Holiday[] =>
  text
    .trim()
    .split('\n')
    .map((row) => ({ date: row.trim().slice(0, 10), name: row.trim().slice(11) }))

export const englandAndWales = {
  provenance: 'Bank holidays of England and Wales for 2026 and 2027, after gov.uk/bank-holidays; typed in by hand.',
  validThrough: '2027-12-31',
  exceptions: list(`
    2026-01-01 New Year’s Day
    2026-04-03 Good Friday
    2026-04-06 Easter Monday
    2026-05-04 Early May bank holiday
    2026-05-25 Spring bank holiday
    2026-08-31 Summer bank holiday
    2026-12-25 Christmas Day
    2026-12-28 Boxing Day (substitute day)
    2027-01-01 New Year’s Day
    2027-03-26 Good Friday
    2027-03-29 Easter Monday
    2027-05-03 Early May bank holiday
    2027-05-31 Spring bank holiday
    2027-08-30 Summer bank holiday
    2027-12-27 Christmas Day (substitute day)
    2027-12-28 Boxing Day (substitute day)`),
}

const untilTwo = [{ from: '07:00', to: '14:00' }]
export const newYork = {
  provenance: 'Holidays and early closings of the New York Stock Exchange for 2026 and 2027; typed in by hand.',
  validThrough: '2027-12-31',
  exceptions: [
    ...list(`
    2026-01-01 New Year’s Day
    2026-01-19 Martin Luther King, Jr. Day
    2026-02-16 Washington’s Birthday
    2026-04-03 Good Friday
    2026-05-25 Memorial Day
    2026-06-19 Juneteenth
    2026-07-03 Independence Day (observed)
    2026-09-07 Labor Day
    2026-11-26 Thanksgiving Day
    2026-12-25 Christmas Day
    2027-01-01 New Year’s Day
    2027-01-18 Martin Luther King, Jr. Day
    2027-02-15 Washington’s Birthday
    2027-03-26 Good Friday
    2027-05-31 Memorial Day
    2027-06-18 Juneteenth (observed)
    2027-07-05 Independence Day (observed)
    2027-09-06 Labor Day
    2027-11-25 Thanksgiving Day
    2027-12-24 Christmas Day (observed)`),
    { date: '2026-11-27', name: 'Day after Thanksgiving, early close', open: untilTwo },
    { date: '2026-12-24', name: 'Christmas Eve, early close', open: untilTwo },
    { date: '2027-11-26', name: 'Day after Thanksgiving, early close', open: untilTwo },
  ],
}

export const japan = {
  provenance: 'Holidays of the Tokyo Stock Exchange for 2026; typed in by hand. Those of 2027 are not entered yet.',
  validThrough: '2026-12-31',
  exceptions: list(`
    2026-01-01 New Year’s Day
    2026-01-02 Market holiday
    2026-01-12 Coming of Age Day
    2026-02-11 National Foundation Day
    2026-02-23 Emperor’s Birthday
    2026-03-20 Vernal Equinox
    2026-04-29 Showa Day
    2026-05-04 Greenery Day
    2026-05-05 Children’s Day
    2026-05-06 Constitution Memorial Day (observed)
    2026-07-20 Marine Day
    2026-08-11 Mountain Day
    2026-09-21 Respect for the Aged Day
    2026-09-22 National holiday
    2026-09-23 Autumnal Equinox
    2026-10-12 Sports Day
    2026-11-03 Culture Day
    2026-11-23 Labor Thanksgiving Day
    2026-12-31 Market holiday`),
}

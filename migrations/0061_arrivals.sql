comment on column jobs.schedule is
  'When it is expected: {kind: period, seconds}, {kind: cron or oncalendar, expression, zone}, {kind: business, calendars, day, times, zone …}, {kind: arrival, file, host, aheadSeconds, calendars, day, times, zone …}, {kind: after, job, when, seconds} or {kind: waits, zone}.';

-- Files are expected by calendars as well.
drop index jobs_by_calendar;
create index jobs_by_calendar on jobs using gin ((schedule -> 'calendars')) where schedule ? 'calendars';

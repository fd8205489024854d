-- A month's report reads the urgent incidents of two months among all tickets of years.
create index tickets_past_disturbances on tickets (opened_at desc, id desc)
  where kind = 'incident' and environment = 'prod' and priority <= 2;

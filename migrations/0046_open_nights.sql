-- Those of a deadline that go on, however old they are; the order of their times was never asked for.
drop index chain_nights_open;
create index chain_nights_open on chain_nights (deadline_id, business_date) where not settled;

-- Of jobs and of chains alike: one rule for both.
alter table chain_cuts rename to business_cuts;

alter table chain_deadlines add column odds_limit double precision check (odds_limit between 0.05 and 0.95);
comment on column chain_deadlines.odds_limit is 'The odds over which it is predicted late, as a back-test advised or people want it; null: one half.';

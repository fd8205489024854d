-- Lists newest first by an environment that is rare among a million.
create index tickets_environment on tickets (environment, opened_at desc, id desc) where environment <> 'prod';

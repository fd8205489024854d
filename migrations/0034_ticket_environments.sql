-- Lists newest first by an environment that is rare among a million.
create index tickets_environment on tickets (environment, opened_at desc, id desc) where environment <> 'prod';
-- And by a team that has few of them, or by none.
create index tickets_team on tickets (team_id, opened_at desc, id desc);

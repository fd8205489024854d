-- Jobs of a team by their ids, page by page: the API of healthchecks lists all of a team in one answer.
create index jobs_of_team on jobs (team_id, id) where archived_at is null;

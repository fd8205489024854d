-- The jobs of a status are found by their states, thousands of them after a bad night, and then looked up one by one for
-- what orders and filters them. Jobs are wide rows; this is all that such a look needs, without reading them.
create index jobs_brief on jobs (id) include (name, service_id, environment, team_id, paused_at, archived_at);

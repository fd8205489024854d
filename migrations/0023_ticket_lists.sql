-- Lists newest first by what is rare among a million: without these, a page is looked for row by row.
create index tickets_state on tickets (state, opened_at desc, id desc);
create index tickets_kind on tickets (kind, opened_at desc, id desc) where kind <> 'incident';
create index tickets_assignee_recent on tickets (assignee_id, opened_at desc, id desc);

alter table alert_routes add column policy_id uuid references escalation_policies;
comment on column alert_routes.policy_id is 'The escalation policy by which people are paged; null: that of the service or team.';

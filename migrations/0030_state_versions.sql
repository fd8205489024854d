alter table job_states add column version bigint not null default 0;
comment on column job_states.version is 'One more with each write: who has read a state may write the next one only onto that.';

create function require_all(written bigint, wanted bigint) returns void language plpgsql as $$
begin
  if written <> wanted then
    raise exception 'what was read has been changed by somebody else' using errcode = 'serialization_failure';
  end if;
end $$;
comment on function require_all is 'Ends a statement, with all that it has written, unless it has written as much as it should.';

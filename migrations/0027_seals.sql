-- By whose key each is sealed, its first twelve characters: found without reading all of them.
create index contact_methods_sealed on contact_methods (left(config, 12));
create index monitors_sealed on monitors (left(secrets, 12)) where secrets is not null;
create index second_factors_sealed on second_factors (left(secret, 12));

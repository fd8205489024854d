-- What travels in the message of a delivery is looked up at each attempt.
create index deliveries_bundle on deliveries (bundle_id) where bundle_id is not null;

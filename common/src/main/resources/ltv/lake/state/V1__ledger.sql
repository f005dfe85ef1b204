-- what was built from what: one row per partition and snapshot
create table if not exists ltv_ledger (
  dataset varchar(120) not null,
  part varchar(10) not null,
  snapshot_id bigint not null,
  sequence_number bigint not null,
  state varchar(10) not null,
  entry mediumtext not null,
  primary key (dataset, part, snapshot_id)
);

-- calls to sources, by minute since 1970, kept for two days
create table if not exists ltv_call (
  channel varchar(40) not null,
  account varchar(120) not null,
  report varchar(80) not null,
  minute_no bigint not null,
  calls int not null,
  primary key (channel, account, report, minute_no)
);
-- whoever counts a call of a channel changes its row first, so that two runs take turns
create table if not exists ltv_call_gate (
  channel varchar(40) not null,
  turn bigint not null,
  primary key (channel)
);

-- when a source's day was last read, and when a reading last brought something new; seconds since 1970
create table if not exists ltv_source_read (
  channel varchar(40) not null,
  stream varchar(80) not null,
  account varchar(120) not null,
  report_day varchar(10) not null,
  read_at bigint not null,
  moved_at bigint not null,
  primary key (channel, stream, account, report_day)
);

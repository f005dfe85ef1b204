-- when a source's day was last read (seconds since 1970), and whether that brought something new (1) or not (0)
create table if not exists ltv_source_read (
  channel varchar(40) not null,
  stream varchar(80) not null,
  account varchar(120) not null,
  report_day varchar(10) not null,
  read_at bigint not null,
  moved smallint not null,
  primary key (channel, stream, account, report_day)
);

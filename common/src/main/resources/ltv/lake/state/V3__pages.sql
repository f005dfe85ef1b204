-- pages of a source's last reading: what reading it again will cost
alter table ltv_source_read add column pages int not null default 1;

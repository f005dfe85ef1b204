-- The schemas and accounts of one site. Run once as an administrator, with passwords of your own in the place of CHANGE-ME-….
-- A second site on the same server takes other names (D17: a site has its own state and its own marts).

-- the state database: Iceberg's catalog, the ledger. utf8mb4_bin, so that names are told apart by case
create schema if not exists ltv_state character set utf8mb4 collate utf8mb4_bin;
-- the marts. nopad: 'a' and 'a ' are two names here, as they are in the lake
create schema if not exists ltv_mart character set utf8mb4 collate utf8mb4_nopad_bin;

create user if not exists ltv_state@'%' identified by 'CHANGE-ME-state';
create user if not exists ltv_writer@'%' identified by 'CHANGE-ME-writer';
create user if not exists ltv_reader@'%' identified by 'CHANGE-ME-reader';

-- no job may drop a table, read files of the server, or give rights away
grant select, insert, update, delete, create, alter, index on ltv_state.* to ltv_state@'%';
grant select, insert, update, delete, create, create view, alter, index on ltv_mart.* to ltv_writer@'%';
grant select on ltv_mart.* to ltv_reader@'%';

-- a view whose text changes is replaced by the job itself, which takes the right to drop that view and nothing else;
-- views of your own datasets (--datasets) want a line each
grant create, create view, drop on ltv_mart.ad_reporting__account_report to ltv_writer@'%';
grant create, create view, drop on ltv_mart.ad_reporting__campaign_report to ltv_writer@'%';
grant create, create view, drop on ltv_mart.ad_reporting__ad_group_report to ltv_writer@'%';
grant create, create view, drop on ltv_mart.ad_reporting__ad_report to ltv_writer@'%';
grant create, create view, drop on ltv_mart.ad_reporting__keyword_report to ltv_writer@'%';
grant create, create view, drop on ltv_mart.ad_reporting__search_report to ltv_writer@'%';
grant create, create view, drop on ltv_mart.ad_reporting__url_report to ltv_writer@'%';
grant create, create view, drop on ltv_mart.campaign_ratio_daily to ltv_writer@'%';

-- one publisher at a time: whoever publishes holds this row until its commit
create table mart_lock (id int not null primary key) comment '게시 잠금 / Held by whoever publishes';
insert into mart_lock values (1);

create table mart_publication (
  dataset varchar(120) not null comment '마트 이름 / Name of the mart',
  part varchar(10) not null comment '일자, 또는 all / The day, or all',
  snapshot_id varchar(20) not null comment '레이크 스냅샷 / Snapshot of the lake it was read from',
  row_count bigint not null comment '행 수 / Rows',
  content_hash varchar(120) not null comment '내용 해시 / Hash of the rows',
  built_by varchar(60) not null comment '계산한 실행 / Run that computed it',
  published_by varchar(60) not null comment '게시한 실행 / Run that published it',
  published_at datetime(6) not null comment '게시 시각(UTC) / When, UTC',
  primary key (dataset, part)
) comment '현재 게시된 내용 / What is published now, by mart and day';

create table mart_status (
  dataset varchar(120) not null comment '마트 이름 / Name of the mart',
  part varchar(10) not null comment '일자, 또는 all / The day, or all',
  state varchar(20) not null comment 'published, held(검증 실패로 보류, 이전 값 유지), not_ready(입력 대기) / held: a check failed, the version before stays; not_ready: an input is missing',
  row_count bigint not null comment '게시된 행 수 / Rows that are published',
  missing text not null comment '없이 계산된 입력 / Inputs that it was built without',
  problem text not null comment '사람이 볼 사항 / What somebody should look at',
  run_id varchar(60) not null comment '상태를 남긴 실행 / Run that said so',
  primary key (dataset, part)
) comment '마트별 일자별 상태 / State of each mart and day';

alter table mart_status modify state varchar(20) not null
  comment 'published, held(보류: 사람이 확인할 때까지 이전 값 유지), rejected(반려), not_ready(입력 대기) / held: built, the version before stays until somebody decides; rejected: stays out; not_ready: an input is missing';

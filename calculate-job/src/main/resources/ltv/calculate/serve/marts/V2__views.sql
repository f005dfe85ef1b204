create table if not exists mart_view (
  view_name varchar(120) not null comment '뷰 이름 / Name of the view',
  definition text not null comment '만들 때의 정의 / What it was made of',
  primary key (view_name)
) comment '게시 작업이 만든 뷰 / Views that publishing made';

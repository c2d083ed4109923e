-- Letters are counted by year and, where the number names it, by archive class. What was counted so far belongs to the
-- class that the register has now.
alter table letters add column class text not null default '';
alter table register_years add column class text not null default '';
update letters l set class = r.class from registers r
  where r.office_id = l.office_id and r.code = l.register and r.pattern like '%{class}%';
update register_years y set class = r.class from registers r
  where r.office_id = y.office_id and r.code = y.code and r.pattern like '%{class}%';
alter table register_years drop constraint register_years_pkey;
alter table register_years add primary key (office_id, code, year, class);
alter table letters drop constraint letters_office_id_register_year_seq_key;
alter table letters add unique (office_id, register, year, class, seq);

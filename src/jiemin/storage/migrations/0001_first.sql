-- The first layout. Frozen: later changes get a file of their own.

CREATE TABLE action (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    arguments TEXT NOT NULL,
    sources TEXT,
    counts TEXT NOT NULL
) STRICT;

CREATE TABLE cadre (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    cadre_no TEXT COLLATE "NOCASE" NOT NULL,
    name TEXT NOT NULL,
    id_number TEXT,
    phones TEXT,
    note TEXT,
    UNIQUE (cadre_no)
) STRICT;

CREATE INDEX ix_cadre_name ON cadre (name);

CREATE TABLE household (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    household_no TEXT COLLATE "NOCASE" NOT NULL,
    UNIQUE (household_no)
) STRICT;

CREATE TABLE pairing_run (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    day TEXT NOT NULL,
    mode TEXT NOT NULL,
    solver TEXT NOT NULL,
    objective TEXT NOT NULL,
    bound TEXT NOT NULL,
    households INTEGER NOT NULL,
    cadres INTEGER NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    unpaired TEXT,
    leaders_without TEXT,
    costs TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    id_number TEXT,
    id_raw TEXT,
    id_valid INTEGER NOT NULL,
    sex TEXT,
    birth TEXT,
    CONSTRAINT sex_is_known CHECK (sex IN ('男', '女'))
) STRICT;

CREATE UNIQUE INDEX person_by_id ON person (id_number) WHERE id_valid = 1;

CREATE TABLE policy_book (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (fingerprint)
) STRICT;

CREATE TABLE region (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    level TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT,
    parent_id INTEGER,
    CONSTRAINT level_is_known CHECK (level IN ('市', '镇', '村')),
    CONSTRAINT one_name_in_a_place UNIQUE (parent_id, name),
    FOREIGN KEY(parent_id) REFERENCES region (id)
) STRICT;

CREATE TABLE unit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    UNIQUE (name)
) STRICT;

CREATE TABLE award (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    household_id INTEGER NOT NULL,
    item TEXT NOT NULL,
    period TEXT NOT NULL,
    before_fen INTEGER NOT NULL,
    after_fen INTEGER NOT NULL,
    uplift_fen INTEGER NOT NULL,
    facts TEXT NOT NULL,
    book_id INTEGER NOT NULL,
    CONSTRAINT uplift_adds_up CHECK (uplift_fen = after_fen - before_fen),
    CONSTRAINT awards_are_not_debts CHECK (before_fen >= 0 AND after_fen >= 0),
    CONSTRAINT one_award_a_period UNIQUE (household_id, item, period),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(book_id) REFERENCES policy_book (id)
) STRICT;

CREATE INDEX award_of_period ON award (period);

CREATE TABLE cadre_post (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    cadre_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    post TEXT,
    rank TEXT,
    leader INTEGER NOT NULL,
    link_id INTEGER,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    CONSTRAINT span_has_days CHECK (valid_from < valid_to),
    FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    FOREIGN KEY(unit_id) REFERENCES unit (id),
    FOREIGN KEY(link_id) REFERENCES region (id)
) STRICT;

CREATE UNIQUE INDEX cadre_post_of ON cadre_post (cadre_id, valid_from);

CREATE TABLE change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL,
    subject TEXT NOT NULL,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    "before" TEXT,
    FOREIGN KEY(action_id) REFERENCES action (id)
) STRICT;

CREATE INDEX change_of ON change (action_id);

CREATE TABLE household_span (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    household_id INTEGER NOT NULL,
    region_id INTEGER NOT NULL,
    household_class TEXT NOT NULL,
    keeping TEXT,
    status TEXT NOT NULL,
    size INTEGER,
    covered INTEGER,
    income_fen INTEGER,
    income_period TEXT,
    cause TEXT,
    other_causes TEXT,
    needs TEXT,
    phones TEXT,
    address TEXT,
    bank TEXT,
    account TEXT,
    note TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    CONSTRAINT span_has_days CHECK (valid_from < valid_to),
    CONSTRAINT household_class_is_known CHECK (household_class IN ('城镇低保', '农村低保', '低收入(低保边缘)', '五保', '三无', '其他')),
    CONSTRAINT keeping_is_known CHECK (keeping IN ('集中供养', '分散供养')),
    CONSTRAINT cause_is_known CHECK (cause IN ('因病', '因残', '因学', '因灾', '缺劳力', '缺技术', '缺资金', '失业', '失地', '自身发展动力不足', '其他')),
    CONSTRAINT status_is_known CHECK (status IN ('在册', '停保', '迁出', '死亡')),
    CONSTRAINT income_period_is_known CHECK (income_period IN ('month', 'year')),
    CONSTRAINT income_has_period CHECK ((income_fen IS NULL) = (income_period IS NULL)),
    CONSTRAINT persons_are_counted CHECK (size >= 0 AND covered >= 0),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(region_id) REFERENCES region (id)
) STRICT;

CREATE UNIQUE INDEX household_span_of ON household_span (household_id, valid_from);

CREATE TABLE membership (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    household_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    relation TEXT,
    covered INTEGER,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    CONSTRAINT span_has_days CHECK (valid_from < valid_to),
    CONSTRAINT relation_is_known CHECK (relation IN ('户主', '配偶', '子', '女', '儿媳', '女婿', '父', '母', '配偶父母', '孙子', '孙女', '外孙子', '外孙女', '祖父', '祖母', '兄弟姐妹', '其他')),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(person_id) REFERENCES person (id)
) STRICT;

CREATE INDEX membership_of ON membership (household_id);

CREATE UNIQUE INDEX membership_of_person ON membership (person_id, valid_from);

CREATE UNIQUE INDEX membership_one_head ON membership (household_id) WHERE relation = '户主' AND valid_to = '9999-12-31';

CREATE UNIQUE INDEX membership_one_household ON membership (person_id) WHERE valid_to = '9999-12-31';

CREATE TABLE pairing (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    household_id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    origin TEXT NOT NULL,
    run_id INTEGER,
    reasons TEXT,
    end_reason TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    CONSTRAINT span_has_days CHECK (valid_from < valid_to),
    CONSTRAINT role_is_known CHECK (role IN ('第一责任人', '协助')),
    CONSTRAINT origin_is_known CHECK (origin IN ('自动', '手工', '导入')),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    FOREIGN KEY(run_id) REFERENCES pairing_run (id)
) STRICT;

CREATE INDEX pairing_of_cadre ON pairing (cadre_id);

CREATE INDEX pairing_of_household ON pairing (household_id);

CREATE UNIQUE INDEX pairing_once ON pairing (household_id, cadre_id) WHERE valid_to = '9999-12-31';

CREATE UNIQUE INDEX pairing_one_lead ON pairing (household_id) WHERE role = '第一责任人' AND valid_to = '9999-12-31';

CREATE TABLE person_span (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    health TEXT,
    labour TEXT,
    education TEXT,
    disability TEXT,
    disability_grade INTEGER,
    phones TEXT,
    note TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    CONSTRAINT span_has_days CHECK (valid_from < valid_to),
    CONSTRAINT health_is_known CHECK (health IN ('健康', '长期慢性病', '大病', '残疾', '尿毒症', '重型精神病')),
    CONSTRAINT labour_is_known CHECK (labour IN ('技能', '普通', '弱', '丧失', '无')),
    CONSTRAINT education_is_known CHECK (education IN ('研究生', '本科', '专科', '中专/职高/技校', '高中', '初中', '小学', '文盲')),
    CONSTRAINT disability_is_known CHECK (disability IN ('视力', '听力', '言语', '肢体', '智力', '精神', '多重')),
    CONSTRAINT grade_is_known CHECK (disability_grade BETWEEN 1 AND 4),
    FOREIGN KEY(person_id) REFERENCES person (id)
) STRICT;

CREATE UNIQUE INDEX person_span_of ON person_span (person_id, valid_from);

CREATE TABLE unit_region (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit_id INTEGER NOT NULL,
    region_id INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    CONSTRAINT span_has_days CHECK (valid_from < valid_to),
    FOREIGN KEY(unit_id) REFERENCES unit (id),
    FOREIGN KEY(region_id) REFERENCES region (id)
) STRICT;

CREATE INDEX unit_region_of ON unit_region (unit_id);

CREATE TABLE visit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    visit_no TEXT NOT NULL,
    household_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    note TEXT,
    needs TEXT,
    deeds TEXT,
    CONSTRAINT kind_is_known CHECK (kind IN ('走访', '慰问', '电话')),
    UNIQUE (visit_no),
    FOREIGN KEY(household_id) REFERENCES household (id)
) STRICT;

CREATE INDEX ix_visit_day ON visit (day);

CREATE INDEX visit_of ON visit (household_id, day);

CREATE TABLE visit_cadre (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    visit_id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    CONSTRAINT once_a_visit UNIQUE (visit_id, cadre_id),
    FOREIGN KEY(visit_id) REFERENCES visit (id),
    FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;

CREATE INDEX ix_visit_cadre_cadre_id ON visit_cadre (cadre_id);


-- The household's file: surveys, measures, condition at dates, stories; visits corrected, voided, with gifts and who
-- was met; findings answered for and spot checks.

CREATE TABLE household_survey (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    household_id INTEGER NOT NULL,
    survey TEXT NOT NULL,
    day TEXT NOT NULL,
    cadre_id INTEGER,
    surveyor TEXT,
    complete INTEGER NOT NULL,
    missing TEXT,
    finding TEXT,
    CONSTRAINT survey_is_known CHECK (survey IN ('家庭情况清', '致困原因清', '就业技能清', '帮扶需求清')),
    CONSTRAINT what_is_missing_is_told CHECK (complete = (missing IS NULL)),
    CONSTRAINT one_survey_a_day UNIQUE (household_id, survey, day),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;

CREATE TABLE measure (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    measure_no TEXT COLLATE "NOCASE" NOT NULL,
    household_id INTEGER NOT NULL,
    visit_id INTEGER,
    "plan" TEXT,
    what TEXT NOT NULL,
    cadre_id INTEGER,
    person TEXT,
    promised_on TEXT NOT NULL,
    due_on TEXT,
    delivered_on TEXT,
    dropped_on TEXT,
    outcome TEXT,
    amount_fen INTEGER,
    source TEXT,
    CONSTRAINT plan_is_known CHECK (plan IN ('结对连心', '生活补助', '就业援助', '危房改造', '医疗保障', '项目扶贫', '志愿关爱')),
    CONSTRAINT source_is_known CHECK (source IN ('市财政补助', '镇(街道)配套', '慈善救助', '部门企业结对', '村级慈善帮扶基金', '干部个人', '其他')),
    CONSTRAINT amount_is_no_debt CHECK (amount_fen >= 0),
    CONSTRAINT due_after_promise CHECK (due_on >= promised_on),
    CONSTRAINT one_end CHECK (delivered_on IS NULL OR dropped_on IS NULL),
    UNIQUE (measure_no),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(visit_id) REFERENCES visit (id),
    FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;

CREATE INDEX measure_of_visit ON measure (visit_id);

CREATE INDEX measure_of ON measure (household_id);

CREATE TABLE household_condition (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    household_id INTEGER NOT NULL,
    condition TEXT NOT NULL,
    day TEXT NOT NULL,
    number INTEGER,
    word TEXT,
    CONSTRAINT condition_is_known CHECK (condition IN ('工资性收入', '农业经营收入', '其他经营收入', '财产性收入', '养老金', '亲友赠送', '慰问救济', '低保金收入', '其他补贴', '生产经营支出', '承包土地', '住房面积', '住房结构', '危房等级', '劳动力人数', '就业人数', '培训人次', '在读人数', '因贫辍学人数', '合作医疗参保人数', '大病保险参保人数', '养老保险参保人数')),
    CONSTRAINT number_or_word CHECK ((number IS NULL) <> (word IS NULL)),
    CONSTRAINT number_is_no_debt CHECK (number >= 0),
    CONSTRAINT once_a_day UNIQUE (household_id, condition, day),
    FOREIGN KEY(household_id) REFERENCES household (id)
) STRICT;

CREATE TABLE visit_correction (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    visit_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    reason TEXT,
    "before" TEXT NOT NULL,
    FOREIGN KEY(visit_id) REFERENCES visit (id)
) STRICT;

CREATE INDEX visit_correction_of ON visit_correction (visit_id);

CREATE TABLE story (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    story_no TEXT COLLATE "NOCASE" NOT NULL,
    quarter TEXT NOT NULL,
    day TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    household_id INTEGER,
    cadre_id INTEGER,
    unit_id INTEGER,
    CONSTRAINT story_has_a_place CHECK (household_id IS NOT NULL OR unit_id IS NOT NULL),
    UNIQUE (story_no),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    FOREIGN KEY(unit_id) REFERENCES unit (id)
) STRICT;

CREATE INDEX story_of_quarter ON story (quarter);

CREATE TABLE acknowledgement (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    finding TEXT COLLATE "NOCASE" NOT NULL,
    facts TEXT NOT NULL,
    reason TEXT NOT NULL,
    day TEXT NOT NULL
) STRICT;

CREATE INDEX acknowledgement_of ON acknowledgement (finding);

CREATE TABLE inspection (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    inspection_no TEXT COLLATE "NOCASE" NOT NULL,
    day TEXT NOT NULL,
    quarter TEXT NOT NULL,
    seed INTEGER NOT NULL,
    number INTEGER NOT NULL,
    stratum TEXT NOT NULL,
    scope TEXT NOT NULL,
    reason TEXT,
    CONSTRAINT stratum_is_known CHECK (stratum IN ('镇', '单位', '全市')),
    CONSTRAINT scope_is_known CHECK (scope IN ('全部', '已走访', '未走访')),
    UNIQUE (inspection_no)
) STRICT;

CREATE TABLE inspected_household (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    inspection_id INTEGER NOT NULL,
    household_id INTEGER NOT NULL,
    drawn_for TEXT NOT NULL,
    cadre_id INTEGER,
    checked_on TEXT,
    result TEXT,
    finding TEXT,
    inspector TEXT,
    CONSTRAINT result_is_known CHECK (result IN ('属实', '部分属实', '不属实', '未见到人')),
    CONSTRAINT result_has_a_day CHECK ((result IS NULL) = (checked_on IS NULL)),
    CONSTRAINT drawn_once UNIQUE (inspection_id, household_id),
    FOREIGN KEY(inspection_id) REFERENCES inspection (id),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;

ALTER TABLE visit ADD COLUMN met TEXT;
ALTER TABLE visit ADD COLUMN gift_fen INTEGER;
ALTER TABLE visit ADD COLUMN gift_goods TEXT;
ALTER TABLE visit ADD COLUMN needs_met_on TEXT;
ALTER TABLE visit ADD COLUMN needs_outcome TEXT;
ALTER TABLE visit ADD COLUMN entered_on TEXT;
ALTER TABLE visit ADD COLUMN voided_on TEXT;
ALTER TABLE visit ADD COLUMN void_reason TEXT;

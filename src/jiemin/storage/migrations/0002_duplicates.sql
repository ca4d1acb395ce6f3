-- Duplicates: the names under which merged records are still found, and pairs that are two.

CREATE TABLE kept_apart (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    one_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    reason TEXT,
    CONSTRAINT kind_is_known CHECK (kind IN ('家庭', '人员', '干部')),
    CONSTRAINT two_records CHECK (one_id < other_id),
    CONSTRAINT once_apart UNIQUE (kind, one_id, other_id)
) STRICT;

CREATE TABLE cadre_alias (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    cadre_id INTEGER NOT NULL,
    cadre_no TEXT COLLATE "NOCASE" NOT NULL,
    unit_id INTEGER,
    name TEXT NOT NULL,
    day TEXT NOT NULL,
    settled TEXT NOT NULL,
    FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    UNIQUE (cadre_no),
    FOREIGN KEY(unit_id) REFERENCES unit (id)
) STRICT;

CREATE INDEX cadre_alias_of ON cadre_alias (cadre_id);

CREATE TABLE household_alias (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    household_id INTEGER NOT NULL,
    household_no TEXT COLLATE "NOCASE" NOT NULL,
    region_id INTEGER,
    head_name TEXT NOT NULL,
    head_birth TEXT,
    day TEXT NOT NULL,
    settled TEXT NOT NULL,
    FOREIGN KEY(household_id) REFERENCES household (id),
    UNIQUE (household_no),
    FOREIGN KEY(region_id) REFERENCES region (id)
) STRICT;

CREATE INDEX household_alias_of ON household_alias (household_id);

CREATE TABLE person_alias (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    household_id INTEGER,
    name TEXT NOT NULL,
    birth TEXT,
    day TEXT NOT NULL,
    settled TEXT NOT NULL,
    FOREIGN KEY(person_id) REFERENCES person (id),
    UNIQUE (reference),
    FOREIGN KEY(household_id) REFERENCES household (id)
) STRICT;

CREATE INDEX person_alias_in ON person_alias (household_id);

CREATE INDEX person_alias_of ON person_alias (person_id);


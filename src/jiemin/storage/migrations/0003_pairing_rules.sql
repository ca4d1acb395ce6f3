-- Rules for single pairs, near kin, villages that a unit takes; what a run was told and what it ended;
-- why a household changed and why a member left.

CREATE TABLE pair_rule (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    household_id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    reason TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    CONSTRAINT span_has_days CHECK (valid_from < valid_to),
    CONSTRAINT kind_is_known CHECK (kind IN ('必须结对', '不得结对')),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;

CREATE INDEX pair_rule_of ON pair_rule (household_id, cadre_id);

CREATE TABLE cadre_kin (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    cadre_id INTEGER NOT NULL,
    relation TEXT,
    name TEXT NOT NULL,
    id_number TEXT,
    household_id INTEGER,
    note TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    CONSTRAINT span_has_days CHECK (valid_from < valid_to),
    CONSTRAINT kin_can_be_found CHECK (id_number IS NOT NULL OR household_id IS NOT NULL),
    FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    FOREIGN KEY(household_id) REFERENCES household (id)
) STRICT;

CREATE INDEX cadre_kin_of ON cadre_kin (cadre_id);

ALTER TABLE unit_region ADD COLUMN takes INTEGER DEFAULT 0 NOT NULL;

ALTER TABLE pairing_run ADD COLUMN pairs INTEGER;
ALTER TABLE pairing_run ADD COLUMN rules TEXT;
ALTER TABLE pairing_run ADD COLUMN facts TEXT;
ALTER TABLE pairing_run ADD COLUMN shortages TEXT;

ALTER TABLE pairing ADD COLUMN ended_run_id INTEGER REFERENCES pairing_run (id);

ALTER TABLE household_span ADD COLUMN reason TEXT;

ALTER TABLE membership ADD COLUMN end_reason TEXT;

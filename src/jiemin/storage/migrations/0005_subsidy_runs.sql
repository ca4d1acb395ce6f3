-- Money in runs: a run is a draft until it is approved, and void when it was wrong; what is owed later for months
-- already approved stands in arrears. Aid cases hold the dated facts of grants, bills and emergencies.

CREATE TABLE subsidy_run (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    run_no TEXT COLLATE "NOCASE" NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    status TEXT NOT NULL,
    book_id INTEGER NOT NULL,
    computed_on TEXT NOT NULL,
    approved_on TEXT,
    voided_on TEXT,
    void_reason TEXT,
    households INTEGER,
    paid_fen INTEGER,
    owed_back_fen INTEGER,
    CONSTRAINT kind_is_known CHECK (kind IN ('发放', '补发')),
    CONSTRAINT status_is_known CHECK (status IN ('草稿', '已批准', '已作废')),
    CONSTRAINT void_has_a_reason CHECK ((status = '已作废') = (voided_on IS NOT NULL) AND (voided_on IS NULL) = (void_reason IS NULL)),
    CONSTRAINT approved_has_a_day CHECK (status <> '已批准' OR approved_on IS NOT NULL),
    CONSTRAINT approved_has_totals CHECK ((approved_on IS NULL) = (households IS NULL) AND (approved_on IS NULL) = (paid_fen IS NULL) AND (approved_on IS NULL) = (owed_back_fen IS NULL)),
    UNIQUE (run_no),
    FOREIGN KEY(book_id) REFERENCES policy_book (id)
) STRICT;

CREATE UNIQUE INDEX one_live_run_a_period ON subsidy_run (period) WHERE kind = '发放' AND status <> '已作废';

-- What was computed before there were runs is a draft of its period, under the number of the run's own row. The
-- images the journal keeps of awards are given the same run, so that an earlier computation can still be undone.

INSERT INTO subsidy_run (run_no, kind, period, status, book_id, computed_on)
SELECT period, '发放', period, '草稿', max(book_id), coalesce(
    (SELECT max(date(at)) FROM action WHERE command = 'subsidy compute'),
    CASE WHEN length(period) = 4 THEN period || '-12-31' ELSE period || '-28' END)
FROM (
    SELECT period, book_id FROM award
    UNION ALL
    SELECT json_extract("before", '$.period'), json_extract("before", '$.book_id')
    FROM "change" WHERE subject = 'award' AND "before" IS NOT NULL
)
GROUP BY period ORDER BY period;

UPDATE subsidy_run SET run_no = printf('F%06d', id);

UPDATE "change" SET "before" = json_set("before", '$.run_id',
    (SELECT id FROM subsidy_run WHERE period = json_extract("before", '$.period')))
WHERE subject = 'award' AND "before" IS NOT NULL;

ALTER TABLE award RENAME TO award_before_runs;

CREATE TABLE award (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL,
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
    CONSTRAINT one_award_a_run UNIQUE (household_id, item, run_id),
    FOREIGN KEY(run_id) REFERENCES subsidy_run (id),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(book_id) REFERENCES policy_book (id)
) STRICT;

INSERT INTO award (id, run_id, household_id, item, period, before_fen, after_fen, uplift_fen, facts, book_id)
SELECT old.id, subsidy_run.id, household_id, item, old.period, before_fen, after_fen, uplift_fen, facts, old.book_id
FROM award_before_runs AS old JOIN subsidy_run ON subsidy_run.period = old.period ORDER BY old.id;

DELETE FROM sqlite_sequence WHERE name = 'award' AND EXISTS
    (SELECT 1 FROM sqlite_sequence WHERE name = 'award_before_runs');

UPDATE sqlite_sequence SET name = 'award' WHERE name = 'award_before_runs';

DROP TABLE award_before_runs;

CREATE INDEX award_of_run ON award (run_id);

CREATE TABLE arrear (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL,
    household_id INTEGER NOT NULL,
    item TEXT NOT NULL,
    period TEXT NOT NULL,
    due_fen INTEGER NOT NULL,
    paid_fen INTEGER NOT NULL,
    difference_fen INTEGER NOT NULL,
    facts TEXT,
    book_id INTEGER NOT NULL,
    CONSTRAINT difference_adds_up CHECK (difference_fen = due_fen - paid_fen AND difference_fen <> 0),
    CONSTRAINT due_is_no_debt CHECK (due_fen >= 0),
    CONSTRAINT one_arrear_a_run UNIQUE (household_id, item, period, run_id),
    FOREIGN KEY(run_id) REFERENCES subsidy_run (id),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(book_id) REFERENCES policy_book (id)
) STRICT;

CREATE INDEX arrear_of_run ON arrear (run_id);

CREATE TABLE aid_case (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    case_no TEXT COLLATE "NOCASE" NOT NULL,
    household_id INTEGER NOT NULL,
    person_id INTEGER,
    item TEXT NOT NULL,
    day TEXT NOT NULL,
    until TEXT,
    base_fen INTEGER,
    grade TEXT,
    note TEXT,
    voided_on TEXT,
    void_reason TEXT,
    CONSTRAINT item_is_known CHECK (item IN ('低保金', '困境儿童基本生活费', '医疗救助', '危房改造补助', '临时救助')),
    CONSTRAINT ends_after_its_day CHECK (until >= day),
    CONSTRAINT base_is_no_debt CHECK (base_fen >= 0),
    CONSTRAINT void_case_has_a_reason CHECK ((voided_on IS NULL) = (void_reason IS NULL)),
    UNIQUE (case_no),
    FOREIGN KEY(household_id) REFERENCES household (id),
    FOREIGN KEY(person_id) REFERENCES person (id)
) STRICT;

CREATE INDEX aid_case_of ON aid_case (household_id, day);

"""Faults planted in the stored small county, straight in its tables, and the numbers they are found by."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.pairing.rules import Rules
from jiemin.domain.periods import Quarter
from jiemin.policy.book_file import load_book
from jiemin.storage.database import open_database
from jiemin.usecases.check_records import Checked, CheckFilter, Yardstick, check_records
from support.rosters import id_number

TODAY = date(2014, 7, 10)
SPRING = Quarter(2014, 2)
YARDSTICK = Yardstick(CheckSettings(), Rules(), load_book())
NUMBER = id_number(date(1970, 5, 1), 7)
OLD = NUMBER[:6] + NUMBER[8:17]
WRONG = NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")


def check(
    file: Path, wanted: CheckFilter | None = None, today: date = TODAY, yardstick: Yardstick = YARDSTICK
) -> Checked:
    """What the checks find in a file."""
    with open_database(file) as database:
        return check_records(database, today, yardstick, wanted)


def found(file: Path, wanted: CheckFilter | None = None, today: date = TODAY) -> set[str]:
    """The numbers of what the checks find in a file."""
    return {each.finding.number for each in check(file, wanted, today).findings}


def plant(file: Path, *statements: str) -> None:
    """Change the file behind the back of the program."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def visit(number: int, household: int, day: str, *cadres: int, **other: str) -> list[str]:
    """Statements that enter a visit."""
    told = {"note": "NULL", "met": "NULL", "needs": "NULL", "entered_on": "NULL"} | {
        name: f"'{value}'" for name, value in other.items()
    }
    return [
        f"INSERT INTO visit (id, visit_no, household_id, day, kind, {', '.join(told)}) "
        f"VALUES ({number}, 'V{number}', {household}, '{day}', '走访', {', '.join(told.values())})",
        *(f"INSERT INTO visit_cadre (visit_id, cadre_id) VALUES ({number}, {cadre})" for cadre in cadres),
    ]


LIVES = "(household_id, person_id, relation, covered, valid_from, valid_to)"
NOTE = "坐下来说了说孩子上学的事，答应去问一问助学的办法。"
PLANTED: dict[str, tuple[Sequence[str], set[str]]] = {
    "wrong check digit": (
        [f"UPDATE person SET id_number = '{WRONG}', id_raw = '{WRONG}' WHERE id = 10"],
        {"K101-A1-P000010"},
    ),
    "lost digits": (["UPDATE person SET id_raw = '3.30483E+17' WHERE id = 10"], {"K102-A1-P000010"}),
    "another sex": (
        [f"UPDATE person SET id_number = '{NUMBER}', id_raw = '', id_valid = 1, sex = '女' WHERE id = 10"],
        {"K103-A1-P000010"},
    ),
    "no head": (
        ["UPDATE membership SET relation = '子' WHERE household_id = 1 AND relation = '户主'"],
        {"K105-A1"},
    ),
    "another size": (["UPDATE household_span SET size = 5 WHERE household_id = 1"], {"K107-A1"}),
    "too many covered": (
        ["UPDATE household_span SET covered = 4 WHERE household_id = 1"],
        {"K109-A1", "K110-A1"},
    ),
    "a head for the family": (
        [
            "UPDATE household_span SET income_fen = 30000, income_period = 'month' WHERE household_id = 1",
            "UPDATE household_span SET valid_to = '2014-05-01' WHERE household_id = 1",
            "INSERT INTO household_span (household_id, region_id, household_class, status, size, covered, "
            "income_fen, income_period, valid_from, valid_to) SELECT household_id, region_id, "
            "household_class, status, size, covered, 90000, 'month', '2014-05-01', '9999-12-31' "
            "FROM household_span WHERE household_id = 1",
        ],
        {"K111-A1"},
    ),
    "a year's income a month": (
        ["UPDATE household_span SET income_fen = 1800000, income_period = 'month' WHERE household_id = 1"],
        {"K112-A1"},
    ),
    "one number twice": (
        [
            f"UPDATE person SET id_number = '{NUMBER}', id_valid = 1 WHERE id = 11",
            f"UPDATE person SET id_number = '{OLD}' WHERE id = 51",
        ],
        {"K113-P000011-P000051", "K103-A1-P000011"},
    ),
    "one name and birth": (
        ["UPDATE person SET name = '沈阿大', birth = '1970-05-01' WHERE id IN (11, 51)"],
        {"K114-P000011-P000051"},
    ),
    "a cadre twice": (
        ["UPDATE cadre SET name = '方卫东', phones = '[\"13800001234\"]' WHERE id IN (4, 6)"],
        {"K115-C4-C6"},
    ),
    "very old": (["UPDATE person SET birth = '1900-01-01' WHERE id = 10"], {"K116-A1-P000010"}),
    "risen": (
        [
            "UPDATE membership SET valid_to = '2014-05-01', end_reason = '死亡' WHERE person_id = 12",
            f"INSERT INTO membership {LIVES} VALUES (1, 12, '子', 0, '2014-06-01', '9999-12-31')",
        ],
        {"K117-A1-P000012"},
    ),
    "in two families": (
        [
            "UPDATE membership SET valid_to = '2014-12-31' WHERE person_id = 12",
            f"INSERT INTO membership {LIVES} VALUES (2, 12, '子', 0, '2014-06-01', '9999-12-31')",
        ],
        {"K118-A1-P000012", "K107-A2"},
    ),
    "one account": (
        ["UPDATE household_span SET account = '6228480000012345' WHERE household_id IN (1, 2)"],
        {"K119-A1"},
    ),
    "to come": (visit(100, 1, "2014-07-30", 1), {"K201-V100"}),
    "late": (visit(100, 1, "2014-03-05", 1, entered_on="2014-06-20"), {"K202-C1-2014Q1", "K215-V100"}),
    "one sitting": (
        [
            *visit(100, 1, "2014-04-05", 1, entered_on="2014-10-20"),
            *visit(101, 1, "2014-07-05", 1, entered_on="2014-10-20"),
        ],
        {"K203-C1-20141020", "K202-C1-2014Q2", "K202-C1-2014Q3"},
    ),
    "corrected late": (
        [
            *visit(100, 1, "2014-05-20", 1, entered_on="2014-05-20"),
            "INSERT INTO visit_correction (visit_id, day, reason, before) "
            "VALUES (100, '2014-07-20', '记错了', '{\"kind\":\"电话\",\"note\":null}')",
        ],
        {"K220-V100"},
    ),
    "two towns": (
        [*visit(100, 1, "2014-05-20", 1), *visit(101, 5, "2014-05-20", 1)],
        {"K205-C1-20140520"},
    ),
    "one text": (
        [*visit(100, 1, "2014-05-20", 1, note=NOTE), *visit(101, 2, "2014-05-21", 1, note=NOTE)],
        {"K206-V100"},
    ),
    "a text of three": (
        [
            statement
            for number, (household, cadre) in enumerate([(1, 1), (5, 4), (4, 3)], 100)
            for statement in visit(number, household, f"2014-07-0{number - 99}", cadre, note=NOTE)
        ],
        {"K207-V100"},
    ),
    "moved away": (
        [
            *visit(100, 8, "2014-06-20", 3),
            "UPDATE household_span SET status = '迁出' WHERE household_id = 8 AND status = '停保'",
        ],
        {"K208-V100", "K215-V100"},
    ),
    "stopped": (visit(100, 8, "2014-06-20", 3), {"K209-V100", "K215-V100"}),
    "nobody met": (visit(100, 1, "2014-05-20", 1, met="家里没人"), {"K210-V100"}),
    "the dead met": (
        [
            *visit(100, 1, "2014-05-20", 1, met="子A1"),
            "UPDATE membership SET valid_to = '2014-05-01', end_reason = '死亡' WHERE person_id = 12",
        ],
        {"K211-V100", "K107-A1"},
    ),
    "a crowd": (visit(100, 1, "2014-05-20", 1, 2, 3, 4, 5), {"K213-A1-20140520"}),
    "untrue": (
        [
            "INSERT INTO inspection VALUES (1, 'X0001', '2014-07-01', '2014Q2', 1, 1, '镇', '全部', NULL)",
            "INSERT INTO inspected_household (inspection_id, household_id, drawn_for, checked_on, result) "
            "VALUES (1, 1, '梧桐街道', '2014-07-02', '不属实')",
        ],
        {"K218-A1-X0001"},
    ),
    "nobody helps": (
        ["UPDATE pairing SET valid_to = '2014-07-01' WHERE household_id = 4"],
        {"K301-A4", "K303-C3"},
    ),
    "nobody leads": (
        ["UPDATE pairing SET valid_to = '2014-07-01' WHERE household_id = 1 AND cadre_id = 1"],
        {"K302-A1"},
    ),
    "kin": (
        ["INSERT INTO cadre_kin VALUES (1, 1, '妻', '配偶A1', NULL, 1, NULL, '2014-01-01', '9999-12-31')"],
        {"K305-A1-C1"},
    ),
    "on the payroll": (
        [
            f"UPDATE person SET id_number = '{NUMBER}', id_raw = '', id_valid = 1 WHERE id = 11",
            f"UPDATE cadre SET id_number = '{NUMBER}' WHERE id = 6",
        ],
        {"K306-A1-P000011-C6", "K103-A1-P000011"},
    ),
    "a helper of none": (
        ["UPDATE pairing SET valid_to = '9999-12-31', end_reason = NULL WHERE household_id = 8"],
        {"K308-A8-C3"},
    ),
    "a helper gone": (
        ["UPDATE cadre_post SET valid_to = '2014-07-01' WHERE cadre_id = 3"],
        {"K309-C3"},
    ),
    "a broken promise": (
        [
            "INSERT INTO measure (id, measure_no, household_id, what, promised_on, due_on) "
            "VALUES (1, 'M000001', 1, '修屋顶', '2014-05-01', '2014-06-30')"
        ],
        {"K401-A1-M000001"},
    ),
    "clear over nothing": (
        [
            "INSERT INTO household_survey (household_id, survey, day, complete) "
            "VALUES (3, '家庭情况清', '2014-07-01', 1)"
        ],
        {"K403-A3-家庭情况清"},
    ),
}

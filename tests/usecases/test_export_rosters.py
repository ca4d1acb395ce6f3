"""What is exported says all that is known: imported again it changes nothing, elsewhere it makes the same.

Random counties are entered through the importer, in two rounds of different days, so that there is
history to be left behind.
"""

import csv
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.reading import ReadAlready
from support.rosters import id_number

from jiemin.domain.roster import ROSTERS, SheetKind
from jiemin.errors import JieminError
from jiemin.policy.places_file import load_places
from jiemin.sheets.forms.roster_export import write_rosters
from jiemin.storage.database import open_database
from jiemin.storage.stamp import Stamp
from jiemin.usecases import import_workbook
from jiemin.usecases.export_rosters import export_rosters
from jiemin.usecases.import_workbook import ImportOutcome

PLACES = load_places()
TOWNS = [town.name for town in PLACES.towns]
STAMP = Stamp("2014-06-30T09:00:00", "clerk", "import")
TODAY = date(2014, 6, 30)
Rosters = dict[SheetKind, list[Mapping[str, Any]]]


def enter(paths: Sequence[Path], database: Path, as_of: date | None = None) -> ImportOutcome:
    with (
        patch.object(import_workbook, "start_reading", ReadAlready),
        patch.object(import_workbook, "_write_error_workbook"),
    ):
        return import_workbook.import_files(paths, database, STAMP, PLACES, today=TODAY, as_of=as_of)


def exported(database: Path, day: date = TODAY) -> Rosters:
    with open_database(database) as opened:
        return dict(export_rosters(opened, list(ROSTERS), day, TODAY).rows)


def saved(rosters: Rosters, path: Path) -> Path:
    path.unlink(missing_ok=True)
    write_rosters(rosters, path, TOWNS)
    return path


def rejected(outcome: ImportOutcome) -> list[str]:
    return [f"{each.code} {each.sheet} {each.cell}" for file in outcome.files for each in file.all_problems
            if each.severity == "reject"]  # fmt: skip


K = TypeVar("K")
ANSWERS = ("cadre_names", "cadre_no", "cadre_unit")


def as_new(told: Sequence[Mapping[str, Any]], again: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the measures are told again.

    What is given anew may differ: the number, and the household's lead where nobody answered. Those that
    somebody answers for are found first, since two promises may differ in nothing else.
    """
    left = list(again)
    for row in sorted(told, key=lambda each: "cadre_names" not in each):
        given = {"measure_no", *(() if "cadre_names" in row else ANSWERS)}
        same = [each for each in left if without(each, given) == without(row, given)]
        if not same:
            return False
        left.remove(same[0])
    return not left


def without(told: Mapping[K, Any], names: Set[K]) -> dict[K, Any]:
    return {name: value for name, value in told.items() if name not in names}


def check(database: Path, folder: Path, day: date = TODAY) -> Rosters:
    """Both promises; what was exported."""
    told = exported(database, day)
    file = saved(told, folder / "导出.xlsx")
    before = database.read_bytes()
    again = enter([file], database)
    assert rejected(again) == []
    changes = [each for files in again.files for tally in files.tallies for each in tally.changes]
    assert (again.written, changes) == (False, [])
    assert database.read_bytes() == before
    copy = folder / "副本.db"
    assert rejected(enter([file], copy)) == []
    again_told = exported(copy, day)
    assert as_new(told[SheetKind.MEASURES], again_told[SheetKind.MEASURES])
    # A post told of later for an earlier day has its link then, its unit has not.
    apart = {SheetKind.MEASURES, *((SheetKind.UNITS,) if day < TODAY else ())}
    assert without(again_told, apart) == without(told, apart)
    return told


WORDS = st.text(
    st.sampled_from("=+-@'\"<&>_x0041_ \t\n\r、，。农家ab1")
    | st.characters(exclude_categories=["Cs", "Cn", "Co", "Cc"]),
    max_size=12,
)
BEGUN = st.sampled_from([None, date(2014, 1, 1), date(2014, 4, 1), date(2014, 5, 15)])
HEADS = [id_number(date(1940 + number, 1, 2), 800 + number) for number in range(6)]
OTHERS = [id_number(date(1990, 5, 6), 900 + number) for number in range(8)]
ODD = ["", HEADS[0][:-1] + ("0" if HEADS[0][-1] != "0" else "1"), "330483500314123", "未上户口2"]


def table(**columns: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(columns)


def pick(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from(text.split("|"))


def household(number: int) -> st.SearchStrategy[dict[str, Any]]:
    return table(
        户编号=st.just(f"A{number}"),
        镇=pick("乌镇镇|石门镇"),
        村=pick("|虹桥村|望湖村"),
        户主姓名=st.just(f"沈{'甲乙丙丁戊己'[number]}"),
        户主身份证号=st.sampled_from([HEADS[number], HEADS[number] + "44", "", *ODD[2:]]),
        困难类别=pick("农村低保|城镇低保|低收入|五保|其他"),
        供养方式=pick("||集中供养"),
        家庭人口=st.sampled_from(["", 1, 3]),
        保障人口=st.sampled_from(["", 1]),
        家庭月收入=st.sampled_from(["", "0", "312.5"]),
        家庭年收入=st.sampled_from(["", "0", "9600"]),
        主要致困原因=pick("|因病|因病、因残"),
        其他致困原因=pick("||因学、缺劳力"),
        帮扶需求=WORDS,
        联系电话=pick("|13800000001|0573-88012345、13800000002|120"),
        开户银行=WORDS,
        银行账号=pick("|6222021204000000001|007"),
        家庭住址=WORDS,
        户状态=pick("|在册|停保"),
        起始日期=BEGUN,
        备注=WORDS,
    )


def member(household_no: int, number: int) -> st.SearchStrategy[dict[str, Any]]:
    return table(
        户编号=st.just(f"A{household_no}"),
        姓名=st.just(f"成员{'一二三四五六七八'[number]}"),
        与户主关系=pick("|配偶|长子|外孙"),
        身份证号=st.sampled_from([OTHERS[number], OTHERS[number] + "31B1", *ODD]),
        性别=pick("|男"),
        出生日期=pick("|1990-05-06"),
        健康状况=pick("|健康|大病"),
        残疾类别=pick("||肢体二级|视力"),
        文化程度=pick("|小学|技校"),
        是否保障对象=pick("|是|否"),
        联系电话=pick("|13800000003"),
        起始日期=BEGUN,
        备注=WORDS,
    )


def cadre(number: int) -> st.SearchStrategy[dict[str, Any]]:
    return table(
        干部编号=pick(f"|K{number}"),
        姓名=st.just(f"方{'一二三四'[number]}"),
        # Nobody moves: whoever does keeps his link, which in a new database is his new unit's as well.
        单位=pick("=1+1" if number == 1 else "市民政局"),
        职务=pick("|副局长|科员|校长"),
        职级=WORDS,
        是否领导=pick("|是|否"),
        身份证号=st.sampled_from(["", id_number(date(1970, 7, 8), 700 + number)]),
        联系电话=pick("|13900000001"),
        联系镇=pick("|乌镇镇"),
        联系村=pick("|虹桥村"),
        起始日期=BEGUN,
        备注=WORDS,
    )


PAIRING = table(
    户编号=pick("A0|A1|A2|A3"),
    结对干部=pick("方一|方二|方三"),
    结对职责=pick("|第一责任人|协助"),
    结对时间=st.sampled_from([None, date(2014, 4, 1), date(2014, 6, 1)]),
)
VISIT = table(
    走访日期=st.sampled_from([date(2014, 3, 1), date(2014, 5, 20), date(2014, 6, 20)]),
    户编号=pick("A0|A1|A2|A3"),
    走访干部=pick("|方一|方二、方三"),
    走访方式=pick("|走访|慰问|电话"),
    见到何人=pick("|户主|无"),
    暖心手记=WORDS,
    了解的需求=WORDS,
    办实事=WORDS,
    慰问金=st.sampled_from(["", "0", "500", "312.5元"]),
    慰问品=pick("|大米一袋|无"),
    承诺事项=pick("||修屋顶|找工作|=1+1"),
    承诺完成时限=st.sampled_from(["", date(2014, 7, 31), "2014年底"]),
)
DAYS = st.sampled_from([date(2014, 3, 1), date(2014, 5, 20), date(2014, 6, 20)])
BY = pick("方一|方三|王村长|王村长、李医生")
SURVEY = table(
    调查日期=DAYS,
    户编号=pick("A0|A1|A2|A3"),
    调查人=BY,
    家庭情况清=pick("|是|未清：缺学历"),
    致困原因清=pick("|√|×"),
    致困原因不清的内容=WORDS,
    致困原因查明情况=WORDS,
    帮扶需求清=pick("|已清"),
)
MEASURE = table(
    户编号=pick("A0|A1|A2|A3"),
    帮扶计划=pick("|4|就业援助|其他"),
    措施内容=pick("翻修屋顶|送米|=2+2"),
    责任人=BY,
    责任单位=pick("|望湖村委会"),
    承诺日期=DAYS,
    完成时限=pick("|2014年9月底前|2014-05-01"),
    完成日期=st.sampled_from([None, date(2014, 6, 1), TODAY]),
    终止日期=st.sampled_from([None, None, date(2014, 6, 25)]),
    完成情况=pick("|已完成|进行中"),
    金额=pick("|0|6000|88.5"),
    资金来源=pick("|财政|其他"),
)
CONDITION = table(
    调查日期=DAYS,
    户编号=pick("A0|A1|A2|A3"),
    工资性收入=pick("|0|12000|1.2万"),
    住房面积=pick("|62.5|三间"),
    承包土地=pick("|2亩5分"),
    住房结构=pick("|砖木|平房"),
    劳动力人数=pick("|1"),
    就业人数=pick("|0|2"),
    帮扶前危房等级=pick("|C|安全"),
)
AID = table(
    户编号=pick("A0|A1|A2|A3"),
    成员姓名=pick("|沈甲|成员一|成员二|张三"),
    救助项目=pick("医疗救助|危房改造|临时救助|困境儿童|低保分档|丧葬"),
    日期=DAYS,
    截止日期=pick("||长期|2014-05-31"),
    金额=pick("|3000|88.5"),
    等级=pick("|D|散居"),
    备注=WORDS,
)
UNIT = table(
    单位名称=pick("市民政局|市卫生局"),
    联系镇=pick("|石门镇"),
    联系村=pick("|望湖村"),
    包村=pick("|是|否"),
    起始日期=BEGUN,
)
KIN = table(
    干部姓名=pick("方一|方二|方三"),
    亲属姓名=pick("方母|方妻"),
    与干部关系=pick("|母|妻"),
    亲属身份证号=st.sampled_from(["", HEADS[1], OTHERS[2], id_number(date(1950, 1, 2), 802)]),
    户编号=pick("|A0|A1"),
    起始日期=BEGUN,
    备注=WORDS,
)
REGION = table(
    镇=pick("乌镇镇|石门镇"), 村=pick("虹桥村|望湖村|新桥村"), 编码=pick("|330499000001|330499000002")
)
COUNTY = st.fixed_dictionaries(
    {
        "户": st.tuples(*(household(number) for number in range(4))),
        "人": st.tuples(*(member(number % 3, number) for number in range(5))),
        "干部": st.tuples(*(cadre(number) for number in range(3))),
        "结对": st.lists(PAIRING, max_size=4),
        "走访": st.lists(VISIT, max_size=4),
        "单位": st.lists(UNIT, max_size=3),
        "村": st.lists(REGION, max_size=3),
        "近亲属": st.lists(KIN, max_size=3),
        "四清": st.lists(SURVEY, max_size=4),
        "措施": st.lists(MEASURE, max_size=4),
        "状况": st.lists(CONDITION, max_size=4),
        "救助": st.lists(AID, max_size=5),
    }
)


def told(county: Mapping[str, Sequence[Mapping[str, Any]]], folder: Path) -> list[Path]:
    """The county as somebody's files."""
    paths = []
    for name, rows in county.items():
        if rows:
            paths.append(folder / f"{name}.csv")
            with paths[-1].open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(
                    [list(rows[0]), *([row[label] for label in rows[0]] for row in rows)]
                )
    return paths


def promise(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Ask of so many counties."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=quiet)


EXPORT_DAYS = st.sampled_from([date(2014, 4, 1), date(2014, 5, 20), TODAY])


@promise(8)
@given(COUNTY, COUNTY, EXPORT_DAYS)
def test_random_counties_come_back_as_they_were(one: Any, two: Any, day: date) -> None:
    come_back(one, two, day)


@pytest.mark.campaign
@promise(500)
@given(COUNTY, COUNTY, EXPORT_DAYS)
def test_random_counties_come_back_in_the_long_run(one: Any, two: Any, day: date) -> None:
    come_back(one, two, day)


def come_back(one: Any, two: Any, day: date) -> None:
    """Enter both counties one after the other, and compare with what is exported."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "库.db"
        enter(told(one, folder), database)
        enter(told(two, folder), database, date(2014, 6, 1))
        check(database, folder, day)


def test_a_day_to_come_has_no_rosters(tmp_path: Path) -> None:
    with (
        open_database(tmp_path / "库.db", create=True) as database,
        pytest.raises(JieminError, match="今天以后"),
    ):
        export_rosters(database, list(ROSTERS), date(2014, 7, 1), TODAY)

"""Import of 10,000 household rows of 20 columns with all checks, against openpyxl's bare loop.

Both are whole processes over the same file; ours reads, checks, matches, writes and reports.
"""

import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import JIEMIN, in_turn, peak_of_children, report, run
from openpyxl import Workbook

from jiemin.domain.identity import check_character

ROWS = 10_000
HEADER = (
    "序号",
    "户编号",
    "镇(街道)",
    "村(社区)",
    "户主姓名",
    "身份证号",
    "家庭人口",
    "困难类别",
    "保障人口",
    "家庭月收入",
    "主要致困原因",
    "其他致困原因",
    "帮扶需求",
    "联系电话",
    "家庭住址",
    "开户银行",
    "银行账号",
    "供养方式",
    "状态",
    "备注",
)
TOWNS = (
    "梧桐街道",
    "龙翔街道",
    "凤鸣街道",
    "乌镇镇",
    "濮院镇",
    "屠甸镇",
    "石门镇",
    "河山镇",
    "洲泉镇",
    "大麻镇",
    "崇福镇",
    "高桥镇",
)
CLASSES = ("农村低保", "城镇低保", "低收入(低保边缘)", "农村低保户", "低收入家庭")
LOOP = (
    "import sys, openpyxl\n"
    "for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True):\n"
    "    for row in sheet.iter_rows(values_only=True): pass\n"
)


def make(path: Path, rows: int = ROWS) -> None:
    """A roster of invented families."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("困难家庭")
    sheet.append(HEADER)
    for number in range(rows):
        born = date(1930, 1, 1) + timedelta(days=number * 3 % 20000)
        first17 = f"330425{born:%Y%m%d}{number % 1000:03d}"
        sheet.append(
            (
                number + 1,
                f"T{number:06d}",
                TOWNS[number % 12],
                f"{'东西南北'[number % 4]}{number % 17}村",
                f"户主{number}",
                first17 + check_character(first17),
                number % 5 + 1,
                CLASSES[number % 5],
                1,
                100 + number % 300,
                "因病",
                "因残、缺劳力",
                "就医困难，需要护理",
                f"138{number:08d}",
                f"{number % 20}组{number}号",
                "农村合作银行",
                f"62284803{number:011d}",
                "",
                "在册",
                "",
            )
        )
    book.save(path)


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        roster, database = folder / "roster.xlsx", folder / "jiemin.db"
        make(roster)

        def first_import() -> float:
            database.unlink(missing_ok=True)
            return run((*JIEMIN, "import", str(roster)), folder, {"JIEMIN_DB": str(database)})

        ours, peer, ratio = in_turn(
            first_import, lambda: run((sys.executable, "-c", LOOP, str(roster)), folder)
        )
        report(f"import of {ROWS} rows", ours, peer, ratio, 1.3)
        print(f"largest process: {peak_of_children():.0f} MiB")


if __name__ == "__main__":
    main()

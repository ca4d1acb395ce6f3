"""Policy files: read exactly, laid over one another, and all their faults told at once."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from jiemin.domain.policy import Book, MidPeriod, Unit
from jiemin.errors import ExitCode, JieminError
from jiemin.policy.book_file import PACKAGED, load_book, load_laid_book, parse_book
from jiemin.policy.faults import PolicyFaultsError

SPRING = date(2014, 6, 30)
RURAL = "dibao.rural.standard"

VALUE = """
from = 2014-05-01
issued = 2014-04-20
value = 430
document = "桐民〔2014〕20号"
clause = "一"
basis = "raise"
"""
ORIGINAL = VALUE.replace('"raise"', '"existing"').replace("2014-05-01", "2014-01-01").replace("430", "400")

FAULTY = """
[a]
title = "甲"
unit = "元/人/天"
source = "报纸"

[b]
unit = "元/人/月"
[[b.values]]
from = "2014-01-01"
issued = 2014-01-01T08:00:00
value = 400.005
documents = "市发1号"
clause = " "
basis = "new"
assumed = "yes"
[[b.values]]
from = 2014-04-01
to = 2014-03-01
issued = 2014-04-01
value = 1
document = "市发1号"
clause = "一"
basis = "existing"
assumed = true

[c.empty]

[d]
title = "丁"
unit = "元/人/月"
[[d.values]]
from = 2014-01-01
to = 2014-03-31
issued = 2014-01-01
value = 1
at_least = {percent = 80.05, off = "a"}
document = "市发1号"
clause = "一"
basis = "existing"
"""


def own(folder: Path, text: str) -> Path:
    path = folder / "本县.toml"
    path.write_text(text, encoding="utf-8")
    return path


def shown(book: Book, key: str, day: date = SPRING) -> str:
    return book.on(day).value(key, "试算").shown


def faults_of(text: str) -> list[str]:
    """The lines under the first of the one error a text raises."""
    with pytest.raises(JieminError) as raised:
        parse_book(text, "本县.toml")
    assert raised.value.exit_code is ExitCode.MENDABLE
    head, *lines = raised.value.message.split("\n")
    assert head == f"政策文件有{len(lines)}处要改："
    return [line.strip() for line in lines]


class TestPackaged:
    def test_it_says_what_the_notice_says(self) -> None:
        book = load_book()
        assert shown(book, "dibao.urban.standard") == "每人每月520元"
        assert shown(book, RURAL, date(2014, 3, 31)) == "每人每月400元"
        assert shown(book, RURAL, date(2014, 4, 1)) == "每人每月416元"
        assert shown(book.without_raise(), RURAL) == "每人每月400元"
        assert shown(book, "low_income.household") == "每户每年500元"
        assert shown(book, "low_income.person") == "每人每年200元"
        assert shown(book.without_raise(), "low_income.person") == "每人每年0元"

    def test_before_the_notice_was_issued_its_raises_were_not_known(self) -> None:
        known = load_book().as_known(date(2014, 3, 17))
        assert shown(known, RURAL) == "每人每月400元"
        assert shown(known, "low_income.person") == "每人每年0元"

    def test_every_value_cites_the_notice_and_marks_what_it_leaves_open(self) -> None:
        clauses = {
            "health_insurance": "二.5",
            "illness_insurance": "二.5",
            "medical_aid": "二.5",
            "housing": "二.4",
        }
        for parameter in load_book().parameters.values():
            for value in parameter.values:
                assert value.document == "桐群组办发〔2014〕10号"
                assert value.clause == clauses.get(parameter.key.split(".")[0], "二.2")
                assert value.assumed
                assert value.note

    def test_its_text_reads_back_to_an_equal_book(self) -> None:
        book = load_book()
        assert parse_book(book.text, "数据库") == book
        assert parse_book(book.text, "数据库").fingerprint == book.fingerprint

    def test_it_reads_the_same_as_a_text_of_its_own(self) -> None:
        text = files("jiemin.policy").joinpath(PACKAGED).read_text("utf-8")
        assert parse_book(text, PACKAGED) == load_book()


class TestLaidOver:
    def test_a_countys_values_replace_all_packaged_ones_of_that_parameter_alone(self, tmp_path: Path) -> None:
        text = f"[[{RURAL}.values]]{ORIGINAL}[[{RURAL}.values]]{VALUE}"
        book = load_book(own(tmp_path, text))
        assert shown(book, RURAL, date(2014, 4, 30)) == "每人每月400元"
        assert shown(book, RURAL, date(2014, 5, 1)) == "每人每月430元"
        assert book.on(SPRING).value(RURAL, "试算").source == "桐民〔2014〕20号 一"
        assert book.parameters[RURAL].title == "农村低保标准"
        assert shown(book, "dibao.urban.standard") == "每人每月520元"
        assert book.fingerprint != load_book().fingerprint

    def test_what_the_county_does_not_write_of_a_parameter_stays(self, tmp_path: Path) -> None:
        text = f'[{RURAL}]\ntitle = "农村标准"\nchecked = 2014-07-01\nunit = "元/人/月"\n'
        parameter = load_book(own(tmp_path, text)).parameters[RURAL]
        assert parameter.title == "农村标准"
        assert parameter.checked == date(2014, 7, 1)
        assert parameter.values == load_book().parameters[RURAL].values

    def test_which_value_counts_within_a_period_may_be_said_of_a_packaged_parameter(
        self, tmp_path: Path
    ) -> None:
        text = f'[low_income.household]\nmid_period = "by_month"\n[{RURAL}]\nmid_period = "first_day"\n'
        laid = load_laid_book(own(tmp_path, text))
        assert laid.book.parameters["low_income.household"].mid_period is MidPeriod.BY_MONTH
        assert laid.book.parameters[RURAL].mid_period is MidPeriod.FIRST_DAY
        assert laid.book.parameters[RURAL].values == load_book().parameters[RURAL].values
        assert laid.files[RURAL] == PACKAGED
        assert laid.book.fingerprint != load_book().fingerprint
        assert parse_book(laid.book.text, "数据库") == laid.book

    def test_the_default_of_it_is_no_part_of_the_text_so_that_stored_books_keep_their_fingerprints(
        self, tmp_path: Path
    ) -> None:
        text = f'[{RURAL}]\nmid_period = "last_day"\n'
        assert load_book(own(tmp_path, text)).fingerprint == load_book().fingerprint
        assert "mid_period" not in load_book().text

    def test_the_file_that_gives_the_values_is_known(self, tmp_path: Path) -> None:
        text = f"[[{RURAL}.values]]{ORIGINAL}"
        files_of = load_laid_book(own(tmp_path, text)).files
        assert (files_of[RURAL], files_of["dibao.urban.standard"]) == ("本县.toml", PACKAGED)
        assert set(load_laid_book().files.values()) == {PACKAGED}

    def test_the_marks_of_windows_notepad_are_read_over(self, tmp_path: Path) -> None:
        path = tmp_path / "本县.toml"
        path.write_text("# 空\r\n", encoding="utf-8-sig")
        assert load_book(path) == load_book()

    def test_a_parameter_of_its_own_must_be_good_for_something(self, tmp_path: Path) -> None:
        line = '[province.standard]\ntitle = "省定标准"\nunit = "元/人/月"\n'
        province = f"{line}[[province.standard.values]]{ORIGINAL}"
        floored = VALUE + 'at_least = {percent = 110, of = "province.standard"}\n'
        rural = f"[[{RURAL}.values]]{ORIGINAL}[[{RURAL}.values]]{floored}"
        book = load_book(own(tmp_path, province + rural))
        assert shown(book, RURAL) == "每人每月440元"
        assert parse_book(book.text, "数据库") == book
        with pytest.raises(JieminError, match=r"本县.toml：province.standard：没有这个参数"):
            load_book(own(tmp_path, province))

    def test_a_slip_of_the_pen_is_told_with_the_name_that_was_meant(self, tmp_path: Path) -> None:
        text = f"[[dibao.rurl.standard.values]]{VALUE}"
        with pytest.raises(JieminError) as raised:
            load_book(own(tmp_path, text))
        assert (
            "本县.toml：dibao.rurl.standard：没有这个参数，是不是 dibao.rural.standard"
            in raised.value.message
        )
        with pytest.raises(JieminError, match=r"没有这个参数，有的是：dibao.urban.standard、"):
            load_book(own(tmp_path, f"[[x.values]]{VALUE}"))

    def test_unit_and_choices_belong_to_the_formulas(self, tmp_path: Path) -> None:
        text = f'[{RURAL}]\nunit = "元/人/年"\n[dibao.rounding]\nchoices = {{jiao = "到角"}}\n'
        with pytest.raises(JieminError) as raised:
            load_book(own(tmp_path, text))
        assert raised.value.message.split("\n")[1:] == [
            "  本县.toml：dibao.rural.standard：unit 不能改，程序按原来的计算；删去这一行即可",
            "  本县.toml：dibao.rounding：choices 不能改，程序按原来的计算；删去这一行即可",
        ]

    @pytest.mark.parametrize("key", ["dibao", "dibao.formula.extra"])
    def test_a_parameter_cannot_lie_inside_another(self, tmp_path: Path, key: str) -> None:
        text = f'[{key}]\ntitle = "里外"\nunit = "元/人/月"\n'
        with pytest.raises(JieminError, match=f"{key}：参数名与“dibao.formula”套在一起了"):
            load_book(own(tmp_path, text))

    def test_a_file_that_cannot_be_read_is_one_sentence(self, tmp_path: Path) -> None:
        with pytest.raises(JieminError, match="没有这个文件"):
            load_book(tmp_path / "没有.toml")
        with pytest.raises(JieminError, match="不能读取"):
            load_book(tmp_path)
        (tmp_path / "本县.toml").write_bytes('title = "农村"'.encode("gb18030"))
        with pytest.raises(JieminError, match="不是 UTF-8"):
            load_book(tmp_path / "本县.toml")


class TestFaults:
    @pytest.mark.parametrize(
        ("text", "where"),
        [("[a]\nvalue = \n", "本县.toml第2行"), ("[a", "本县.toml"), ("a = " + "9" * 5000, "本县.toml")],
    )
    def test_what_is_no_toml_is_told_with_its_line(self, text: str, where: str) -> None:
        with pytest.raises(JieminError) as raised:
            parse_book(text, "本县.toml")
        assert raised.value.message.startswith(f"政策文件{where}")
        assert "不合 TOML 的写法" in raised.value.message

    def test_what_is_nested_beyond_reading_is_no_crash(self) -> None:
        with pytest.raises(JieminError):
            parse_book("a = " + "[" * 20000, "本县.toml")

    def test_all_faults_are_told_at_once_with_file_and_key(self) -> None:
        names = "from、to、issued、value、at_least、document、clause、quote、basis、assumed、note"
        assert faults_of(FAULTY) == [
            "本县.toml：c.empty：是空的，没有写数值",
            "本县.toml：a：不认识的项“source”，可以写的有：title、unit、mid_period、checked、choices、values",
            "本县.toml：a：unit 只能是：元/人/月、元/人/年、元/户/月、元/户/年、元/户、%、岁、选项",
            "本县.toml：b：缺少 title",
            f"本县.toml：b 第1条：不认识的项“documents”，可以写的有：{names}",
            "本县.toml：b 第1条：from 应是日期，写成 2014-04-01，不加引号",
            "本县.toml：b 第1条：issued 应是日期，写成 2014-04-01，不加引号",
            "本县.toml：b 第1条：value 最多2位小数",
            "本县.toml：b 第1条：缺少 document",
            "本县.toml：b 第1条：clause 应是有内容的文字，要加引号",
            "本县.toml：b 第1条：basis 只能是：existing、raise",
            "本县.toml：b 第1条：assumed 只能是 true 或 false",
            "本县.toml：b 第2条：assumed = true 时要在 note 里写明推定了什么",
            "本县.toml：b 第2条：to 早于 from：2014-03-01 < 2014-04-01",
            "本县.toml：d 第1条 at_least：不认识的项“off”，可以写的有：percent、of",
            "本县.toml：d 第1条 at_least：percent 最多1位小数",
            "本县.toml：d 第1条 at_least：缺少 of",
        ]

    def test_a_gap_an_overlap_a_slip_a_wrong_unit_a_float_and_a_missing_document_are_told_together(
        self, tmp_path: Path
    ) -> None:
        ended = ORIGINAL + "to = 2014-02-28\n"
        later = VALUE.replace('"raise"', '"existing"')
        overlong = ORIGINAL + "to = 2014-06-30\n"
        text = (
            f"[[dibao.urban.standard.values]]{ended}[[dibao.urban.standard.values]]{later}"
            f"[[{RURAL}.values]]{overlong}[[{RURAL}.values]]{later}"
            f"[[low_incom.person.values]]{ORIGINAL}"
            f'[pension.contribution]\nunit = "元/人/月"\n'
            f"[[medical_aid.cap.values]]{ORIGINAL.replace('400', '1e5')}"
            f"[[medical_aid.rate.values]]{ORIGINAL.replace('document', '# document').replace('400', '40')}"
        )
        with pytest.raises(PolicyFaultsError) as raised:
            load_book(own(tmp_path, text))
        assert {fault.file for fault in raised.value.faults} == {"本县.toml"}
        assert [(fault.place, fault.what) for fault in raised.value.faults] == [
            ("pension.contribution", "unit 不能改，程序按原来的计算；删去这一行即可"),
            ("low_incom.person", "没有这个参数，是不是 low_income.person"),
            ("medical_aid.rate 第1条", "缺少 document"),
            ("medical_aid.cap 第1条", "value 应写成普通的数字，如 416.50，不用 e"),
            ("dibao.urban.standard", "中间断了：2014-03-01到2014-04-30没有数值"),
            (RURAL, "两个数值重叠：从2014-01-01起的用到2014-06-30，可从2014-05-01起又有一个"),
        ]

    def test_a_value_without_its_number_is_a_fault(self) -> None:
        lines = ORIGINAL.replace("value = 400", "")
        text = f'[a]\ntitle = "甲"\nunit = "元/人/月"\n[[a.values]]{lines}'
        assert faults_of(text) == ["本县.toml：a 第1条：缺少 value"]

    def test_faults_between_values_come_with_the_others(self) -> None:
        line = '[a]\ntitle = "甲"\nunit = "元/人/月"\n'
        text = f"{line}[[a.values]]{ORIGINAL}[[a.values]]{ORIGINAL}[b]\ntitle = 3\n"
        assert faults_of(text) == [
            "本县.toml：b：title 应是有内容的文字，要加引号",
            "本县.toml：b：缺少 unit",
            "本县.toml：a：有两个数值都从2014-01-01起、都在2014-04-20发布，不知道用哪一个",
        ]

    @pytest.mark.parametrize(
        "written", ["-1", "nan", "inf", "100000000.01", "true", '"400"', "1e400", "4e2", "1E2", "2014-01-01"]
    )
    def test_what_is_no_amount_of_money_is_refused(self, written: str) -> None:
        (fault,) = faults_of(_money(written))
        assert fault.startswith("本县.toml：a 第1条：value 应")

    @pytest.mark.parametrize("written", ["400.001", "400." + "0" * 40 + "1", "1e-3"])
    def test_a_broken_fen_is_refused_not_rounded(self, written: str) -> None:
        assert faults_of(_money(written)) == ["本县.toml：a 第1条：value 最多2位小数"]

    @pytest.mark.parametrize(
        ("written", "fen"), [("400", 40000), ("400.5", 40050), ("400.50", 40050), ("0.1", 10)]
    )
    def test_amounts_are_read_to_the_fen(self, written: str, fen: int) -> None:
        assert parse_book(_money(written), "x").on(SPRING).value("a", "试算").value == fen

    @pytest.mark.parametrize(
        ("lines", "fault"),
        [
            ('unit = "选项"', "a：choices 在单位是“选项”时必须写，在别的单位不能写"),
            (
                'unit = "元/人/月"\nchoices = {x = "甲"}',
                "a：choices 在单位是“选项”时必须写，在别的单位不能写",
            ),
            ('unit = "选项"\nchoices = {x = 1}', 'a：choices 的每个选项要有说明，如 {fen = "四舍五入到分"}'),
            ('unit = "选项"\nchoices = "x"', "a：choices 应写成 {…}"),
            ('unit = "元/人/月"\nvalues = 3', "a：values 应写成若干段 [[…values]]"),
            ('unit = "元/人/月"\nvalues = [3]', "a：values 应写成若干段 [[…values]]"),
            ('unit = "元/人/月"\nchecked = 0001-01-01', "a：checked 应是日期，写成 2014-04-01，不加引号"),
        ],
    )
    def test_a_parameter_must_be_well_formed(self, lines: str, fault: str) -> None:
        assert f"本县.toml：{fault}" in faults_of(f'[a]\ntitle = "甲"\n{lines}\n')

    @pytest.mark.parametrize("unit", [each for each in Unit if not each.is_yearly_money and each != "选项"])
    def test_only_yearly_money_has_twelfths(self, unit: Unit) -> None:
        text = f'[a]\ntitle = "甲"\nunit = "{unit}"\nmid_period = "by_month"\n'
        assert faults_of(text) == ['本县.toml：a：mid_period = "by_month" 只能用于单位是元/人/年、元/户/年的']

    def test_which_value_counts_is_one_of_three_words(self) -> None:
        wrong = '[a]\ntitle = "甲"\nunit = "元/人/年"\nmid_period = "daily"\n'
        assert faults_of(wrong) == ["本县.toml：a：mid_period 只能是：last_day、first_day、by_month"]
        unknown = '[a]\ntitle = "甲"\nunit = "元/周"\nmid_period = "by_month"\n'
        assert len(faults_of(unknown)) == 1

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("x = 3", "x：不认识；参数里可以写的有：title、unit、mid_period、checked、choices、values"),
            (
                "[a.b]\nvaleus = 3",
                "a.b.valeus：不认识；参数里可以写的有：title、unit、mid_period、checked、choices、values",
            ),
            ('["甲"]\ntitle = "甲"', "甲：参数名只能用英文字母、数字、下划线和横线"),
        ],
    )
    def test_nothing_unknown_is_passed_over(self, text: str, fault: str) -> None:
        assert faults_of(text) == [f"本县.toml：{fault}"]

    def test_a_setting_has_no_floor_and_only_its_own_words(self) -> None:
        value = ORIGINAL.replace("400", '"z"') + 'at_least = {percent = 80, of = "a"}\n'
        text = f'[a]\ntitle = "甲"\nunit = "选项"\nchoices = {{x = "乙", y = "丙"}}\n[[a.values]]{value}'
        assert faults_of(text) == [
            "本县.toml：a 第1条：value 只能是：x、y",
            "本县.toml：a 第1条：选项不能写 at_least",
        ]
        wrong = _money("1", 'at_least = "80%"')
        assert faults_of(wrong) == ["本县.toml：a 第1条：at_least 应写成 {…}"]


def _money(written: str, more: str = "") -> str:
    return f'[a]\ntitle = "甲"\nunit = "元/人/月"\n[[a.values]]{ORIGINAL.replace("400", written)}{more}\n'

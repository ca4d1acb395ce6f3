"""Merged cells of an .ods speak of all rows they cover, as in any other workbook."""

from pathlib import Path

from support.files import archive, read, refusal, saved

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell {more} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods(*rows: str) -> bytes:
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0"?><office:document-content {NAMES}><office:body><office:spreadsheet>'
        f'<table:table table:name="干部">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": b"<manifest/>",
    }
    return archive(**parts)


HEADER = cell("姓名") + cell("职务") + cell("单位")
MERGED = cell("民政局", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
COVERED = "<table:covered-table-cell/>"


def test_a_cell_merged_down_counts_for_each_row(tmp_path: Path) -> None:
    blank = '<table:table-cell table:number-columns-repeated="3"/>'
    content = ods(
        blank,
        HEADER,
        cell("方卫东") + cell("局长") + MERGED,
        cell("顾小平") + cell("科员") + COVERED,
        cell("陈卫国") + cell("科员") + cell("教育局"),
    )
    rows = read(saved(tmp_path / "a.ods", content)).sheets[0].rows
    assert [row.values["unit"] for row in rows] == ["民政局", "民政局", "教育局"]


def test_repeated_cells_count_as_often_as_they_are(tmp_path: Path) -> None:
    content = ods(
        HEADER,
        cell("同名", 'table:number-columns-repeated="2"') + MERGED,
        cell("同二", 'table:number-columns-repeated="2"') + COVERED,
    )
    rows = read(saved(tmp_path / "a.ods", content)).sheets[0].rows
    assert [row.values["unit"] for row in rows] == ["民政局", "民政局"]


def test_a_span_that_is_no_number_is_refused(tmp_path: Path) -> None:
    content = ods(HEADER, cell("方卫东") + cell("局长") + MERGED.replace('"2"', '"x"'))
    assert "损坏" in refusal(saved(tmp_path / "a.ods", content)).message

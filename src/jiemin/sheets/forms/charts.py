"""Native charts, drawn from the figures of the statistics sheets."""

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.axis import ChartLines, Scaling
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.indicators import Table
from jiemin.sheets.forms.frame import TITLE_ROWS, Heading, write_title
from jiemin.sheets.forms.statistics import NAME_COLUMNS, column_of, first_data_row
from jiemin.sheets.style import LANDSCAPE_WIDTH, set_page, set_widths

SHEET_NAME = "图表"

_COLUMNS = 12
_ROWS_EACH = 13
_ROW_POINTS = 16.0
_COLOURS = ("1F5C99", "C55A11")


def add_charts(
    workbook: Workbook,
    heading: Heading,
    visits: tuple[Worksheet, Table],
    money: tuple[Worksheet, Table],
    uplifts: Sequence[tuple[str, str]],
) -> Worksheet:
    """Add a page with the visit rate and the uplift by town.

    `visits` and `money` are sheets of statistics with their tables; `uplifts` are the columns of
    `money` to draw, each with its name in the legend.
    """
    sheet: Worksheet = workbook.create_sheet(SHEET_NAME)
    widths = [LANDSCAPE_WIDTH / _COLUMNS] * _COLUMNS
    set_widths(sheet, widths)
    write_title(sheet, heading, widths)
    last = TITLE_ROWS + 2 * _ROWS_EACH
    for row in range(TITLE_ROWS + 1, last + 1):
        sheet.row_dimensions[row].height = _ROW_POINTS
    rate = _bars(*visits, "各镇（街道）走访率（%）", [("rate", "走访率")], "0.0")
    rate.y_axis.scaling = Scaling(min=0, max=100)
    rate.y_axis.number_format = "0"
    rate.series[0].dLbls.dLblPos = "inEnd"
    rate.series[0].dLbls.txPr = _letters(800, colour="FFFFFF")
    place_chart(sheet, rate, (TITLE_ROWS, _ROWS_EACH), _COLUMNS)
    uplift = _bars(*money, "各镇（街道）补助增加额（元）", uplifts, "#,##0")
    place_chart(sheet, uplift, (TITLE_ROWS + _ROWS_EACH, _ROWS_EACH), _COLUMNS)
    set_page(sheet, last_row=last, last_column=_COLUMNS, one_page=True)
    return sheet


def place_chart(sheet: Worksheet, chart: BarChart, rows: tuple[int, int], columns: int) -> None:
    """Span so many columns, below `rows[0]` rows and `rows[1]` high; bound to cells, it fills the page
    with any font."""
    above, height = rows
    start, end = AnchorMarker(row=above), AnchorMarker(col=columns, row=above + height - 1)
    chart.anchor = TwoCellAnchor(_from=start, to=end)  # type: ignore[assignment] # stubs know cell names only
    sheet.add_chart(chart)


def _bars(sheet: Worksheet, table: Table, title: str, keys: Sequence[tuple[str, str]], code: str) -> BarChart:
    rows = (first_data_row(table), first_data_row(table) + len(table.rows) - 1)
    columns = [(column_of(table, key), legend) for key, legend in keys]
    return bar_chart(sheet, title, NAME_COLUMNS, columns, rows, code)


def bar_chart(
    sheet: Worksheet,
    title: str,
    names: int,
    columns: Sequence[tuple[int, str]],
    rows: tuple[int, int],
    code: str,
) -> BarChart:
    """A chart of columns of the sheet, each with its name in the legend, from the first to the last row.

    `names` is the column of what stands below the bars, `code` the number format of what stands above.
    """
    chart = BarChart()
    chart.type, chart.gapWidth, chart.overlap = "col", 60, -10
    chart.title = _title(title)
    first, last = rows
    for (column, legend), colour in zip(columns, _COLOURS, strict=False):
        values = Reference(sheet, min_col=column, min_row=first, max_row=last)
        series = Series(values, title=legend)
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.dLbls = _labels(code)
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=names, min_row=first, max_row=last))
    _draw_axes(chart, code)
    if len(columns) == 1:
        chart.legend = None
    else:
        chart.legend.position, chart.legend.txPr = "t", _letters(900)
    chart.layout = Layout(manualLayout=ManualLayout(x=0.07, y=0.17, w=0.91, h=0.68))
    return chart


def _draw_axes(chart: BarChart, code: str) -> None:
    """Show both axes, which some readers hide unless told otherwise."""
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = _letters(900)
    chart.y_axis.number_format = code
    grey = LineProperties(solidFill="D9D9D9", w=6350)
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=grey))
    chart.x_axis.tickLblPos = "low"


def _labels(code: str) -> DataLabelList:
    labels = _Labels()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.numFmt = code
    labels.txPr = _letters(800)
    return labels


class _Labels(DataLabelList):
    """Labels with a number format of their own, which some readers else take from the cells."""

    __elements__ = DataLabelList.__elements__
    __nested__ = DataLabelList.__nested__

    def to_tree(self, tagname: str | None = None, idx: Any = None, namespace: str | None = None) -> Element:
        tree = super().to_tree(tagname, idx, namespace)
        for number_format in tree.iter("numFmt"):
            number_format.set("sourceLinked", "0")
        return tree


def _title(words: str) -> Title:
    letters = _characters(1300, bold=True)
    run = RegularTextRun(rPr=letters, t=words)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _letters(size: int, *, colour: str | None = None) -> RichText:
    """Chinese lettering of a size in hundredths of a point."""
    letters = _characters(size, colour=colour)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)])


def _characters(size: int, *, bold: bool = False, colour: str | None = None) -> CharacterProperties:
    face = Font(typeface="宋体")
    return CharacterProperties(sz=size, b=bold, solidFill=colour, latin=face, ea=face)

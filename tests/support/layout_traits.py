"""What rosters differ in, as towns really write them, and which of it cannot meet in one file."""

from collections.abc import Iterable

from support.all_pairs import Choice, Factors

LEVELS = {
    "family": (
        "one_row",
        "head_then_members",
        "merged_down",
        "members_sideways",
        "side_by_side",
        "a_workbook_each",
    ),
    "format": ("xlsx", "csv_gb18030", "csv_utf8_bom"),
    "title": ("none", "merged", "from_b1", "two_rows", "overwritten", "instructions"),
    "filled_by": ("none", "one_cell"),
    "header": ("one_row", "groups", "broken", "three_rows", "four_rows"),
    "labels": ("clean", "spaces", "newlines", "ideographic", "units"),
    "below": ("nothing", "units", "allowed_values", "numbers"),
    "place": ("columns", "sheet_names", "title", "town_option"),
    "sheets": ("one", "several", "one_hidden", "nine_templates"),
    "totals": ("none", "first", "last", "in_name_column", "subtotals"),
    "foot": ("none", "signatures", "notes", "receivers"),
    "phantom": ("none", "formatted_to_ba", "far_cell"),
    "dates": ("iso", "dotted", "digits", "excel", "chinese"),
    "amounts": ("numbers", "blank_after", "in_words", "thousands"),
    "ids": (
        "clean",
        "lower_x",
        "full_width",
        "inner_blank",
        "apostrophe",
        "as_number",
        "certificate",
        "wrong_check",
    ),
    "phones": ("one", "two", "landline", "none_at_all"),
    "rows": ("clean", "blank_between", "repeated_header", "spellings"),
}
"""Factor → levels, the plain one first."""


def _apart(factor: str, levels: str, other: str, others: str) -> Iterable[tuple[Choice, Choice]]:
    """Each of the levels excludes each of the others."""
    return [((factor, one), (other, two)) for one in levels.split() for two in others.split()]


_CSV = "csv_gb18030 csv_utf8_bom"
_TOTALS = "first last in_name_column subtotals"

EXCLUDED = (
    # A text file is one sheet, and merges nothing.
    *_apart("format", _CSV, "sheets", "several one_hidden nine_templates"),
    *_apart("format", _CSV, "family", "merged_down a_workbook_each"),
    # A village's own sheet needs others beside it, and has no subtotals by village.
    *_apart("place", "sheet_names", "sheets", "one nine_templates"),
    *_apart("place", "sheet_names", "totals", "subtotals"),
    *_apart("place", "title", "title", "none overwritten instructions"),
    # What is broken over rows already.
    *_apart("header", "broken", "labels", "newlines units"),
    *_apart("header", "broken three_rows four_rows", "family", "members_sideways side_by_side"),
    *_apart("totals", "in_name_column subtotals", "family", "side_by_side"),
    # A form for one household has no rows to head, to number, to sum up or to spread over sheets.
    *_apart("family", "a_workbook_each", "header", "groups broken three_rows four_rows"),
    *_apart("family", "a_workbook_each", "below", "units allowed_values numbers"),
    *_apart("family", "a_workbook_each", "place", "sheet_names title town_option"),
    *_apart("family", "a_workbook_each", "sheets", "several one_hidden nine_templates"),
    *_apart("family", "a_workbook_each", "totals", _TOTALS),
    *_apart("family", "a_workbook_each", "rows", "blank_between repeated_header"),
    *_apart("family", "a_workbook_each", "title", "overwritten"),
)

FACTORS = Factors(LEVELS, EXCLUDED)

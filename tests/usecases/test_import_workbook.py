"""What the import decides beside its rows."""

from pathlib import Path

import pytest

from jiemin.usecases.import_workbook import error_workbook_path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("名册.xlsx", "名册-问题.xlsx"),
        ("名册.csv", "名册-问题.xlsx"),
        ("名册-问题.xlsx", "名册-问题2.xlsx"),
        ("名册-问题2.xlsx", "名册-问题3.xlsx"),
        ("结对-问题户.xlsx", "结对-问题户-问题.xlsx"),
    ],
)
def test_an_error_workbook_never_takes_the_place_of_the_file_it_came_from(name: str, expected: str) -> None:
    assert error_workbook_path(Path("2014", name)) == Path("2014", expected)

"""典型事迹: the quarter's stories one after another, each whole, with of whom it tells."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.indicators import StoryLine
from jiemin.domain.people import mask_digits
from jiemin.sheets.forms.frame import TITLE_ROWS, Heading, bureau_of, write_title
from jiemin.sheets.forms.letter import COLUMN, GRID, Letter
from jiemin.sheets.style import new_workbook
from jiemin.sheets.writer import save_workbook

SHEET_NAME = "典型事迹"
TITLE = "“干部结民亲”活动典型事迹"


def write_stories(
    stories: Sequence[StoryLine], path: Path, *, county: str, subtitle: str, filled_on: date
) -> None:
    """Save stories alone; raises `SaveError` when they cannot be saved."""
    workbook = new_workbook()
    heading = Heading("", TITLE, subtitle, bureau_of(county), filled_on, "单位：篇")
    add_stories(workbook, stories, heading)
    save_workbook(workbook, path)


def add_stories(workbook: Workbook, stories: Sequence[StoryLine], heading: Heading) -> Worksheet:
    """Add the sheet of stories; long numbers in their words are masked, as on screens."""
    sheet: Worksheet = workbook.create_sheet(SHEET_NAME)
    write_title(sheet, heading, [COLUMN] * GRID)
    letter = Letter(sheet, TITLE_ROWS)
    letter.remark(f"共{len(stories)}篇。" if stories else "本季度没有登记典型事迹。")
    for number, story in enumerate(stories, start=1):
        letter.space()
        letter.section(f"{number}. {mask_digits(story.title)}")
        day = f"{story.day.year}年{story.day.month}月{story.day.day}日"
        letter.remark("　".join(part for part in (story.story_no, day, story.who) if part))
        for paragraph in story.body.split("\n"):
            if paragraph.strip():
                letter.paragraph(mask_digits(paragraph))
    letter.finish()
    return sheet

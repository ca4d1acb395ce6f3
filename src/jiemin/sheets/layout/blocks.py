"""Records side by side: the same header again to the right, each with its own rows below."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiemin.sheets.columns.recognise import recognise
from jiemin.sheets.grid import Grid, cut
from jiemin.sheets.layout.header import Header
from jiemin.sheets.layout.totals import is_total

_SHARED = frozenset(["town", "village", "as_of"])
"""What may stand once, before the first block, for all of them."""
_MOST_DIFFERENCES = 1
"""Of the labels of two blocks: one of them often lacks 备注 or 序号."""


@dataclass(frozen=True, slots=True)
class Block:
    """One of the blocks as a sheet of its own."""

    grid: Grid
    header: Header


def side_by_side(grid: Grid, header: Header) -> list[Block]:
    """The blocks, from left to right; empty when the sheet has one record in each row.

    A label or two that come up again make no block: it must repeat nearly all labels of the first,
    and be a whole header of the same kind, with the names of its own records.
    """
    starts = _starts([_word(header, place) for place in range(len(header.labels))])
    if len(starts) < 2:
        return []
    shared = [place for place in range(starts[0]) if header.labels[place]]
    ends = [*starts[1:], len(header.labels)]
    own = [range(start, end) for start, end in zip(starts, ends, strict=True)]
    headers = [_header_of(header, [*shared, *columns]) for columns in own]
    first = headers[0]
    for each, columns in zip(headers, own, strict=True):
        labels = {_word(header, place) for place in columns} - {""}
        differing = labels ^ ({_word(header, place) for place in own[0]} - {""})
        if len(differing) > _MOST_DIFFERENCES or not _whole(each, first, len(shared)):
            return []
    return [
        Block(_cut_out(grid, each, shared, columns), each) for each, columns in zip(headers, own, strict=True)
    ]


def _word(header: Header, place: int) -> str:
    return next(iter(header.spelled(place)), "")


def _starts(words: Sequence[str]) -> list[int]:
    """The columns with the first label that comes up more than once."""
    counts = Counter(words)
    again = next((word for word in words if word and counts[word] > 1), None)
    return [place for place, word in enumerate(words) if word == again]


def _header_of(header: Header, columns: Sequence[int]) -> Header:
    labels = [header.labels[place] for place in columns]
    return replace(header, labels=labels, recognition=recognise([header.spelled(each) for each in columns]))


def _whole(header: Header, first: Header, shared: int) -> bool:
    """Whether the block is a header of the same kind as the first, and tells its own subjects."""
    found = header.recognition
    if not found.complete or found.repeated or found.spec is not first.recognition.spec:
        return False
    before = {name for name, place in found.fields.items() if place < shared}
    own = found.fields.keys() - before
    return before <= _SHARED and len(own) > 1 and all(own & set(group) for group in found.spec.needs)


def _cut_out(grid: Grid, header: Header, shared: Sequence[int], own: Sequence[int]) -> Grid:
    """The block with the sheet's whole title, but without the rows that say nothing of its own.

    A total stands below one block and sums up all of them: it is none of the block's own.
    """
    block = cut(grid, [*shared, *own])
    width = len(block.rows[0])
    title = [cell for row in grid.rows[: header.top] for cell in row if cell != ""]
    for index in range(header.top):
        cells = title[index * width : (index + 1) * width]
        block.rows[index] = [*cells, *[""] * (width - len(cells))]
    telling = [place for place in header.fields.values() if place >= len(shared)]
    subject = [place for place in header.recognition.subject if place >= len(shared)]
    everywhere, all_over = range(width), range(len(grid.rows[0]))
    for index in range(header.bottom, len(block.rows)):
        row = block.rows[index]
        blank = all(row[place] == "" for place in telling)
        nobody = all(row[place] == "" for place in subject)
        if (
            blank
            or is_total(row, subject, everywhere)
            or (nobody and is_total(grid.rows[index], (), all_over))
        ):
            block.rows[index] = [""] * width
    return block

"""Who acts, when and by which command: what the journal records of an action.

Apart from the journal because it needs no database layer, which takes half a second to load.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acts, when and by which command; `arguments` hold no personal data."""

    at: str
    actor: str
    command: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

"""The few styles of an ODS workbook that change what a cell means or whether it is shown."""

from __future__ import annotations

from xianzhong.intake.read_xml import Attributes


class Styles:
    """Gathers styles, from ``styles.xml`` and from the head of ``content.xml``.

    Attributes:
        months: cell styles whose dates show year and month, and no day.
        hidden_tables: table styles that are not displayed.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.months: set[str] = set()
        self.hidden_tables: set[str] = set()
        self._with_year: set[str] = set()
        self._with_day: set[str] = set()
        self._format = ""
        self._style = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins. A format comes before the cell styles that use it."""
        self.parts.clear()
        if name == "number:date-style":
            self._format = attributes.get("style:name", "")
        elif name == "number:year":
            self._with_year.add(self._format)
        elif name in {"number:day", "number:day-of-week"}:
            self._with_day.add(self._format)
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
            form = attributes.get("style:data-style-name")
            parent = attributes.get("style:parent-style-name")
            month = form in self._with_year and form not in self._with_day
            if month or (form is None and parent in self.months):
                self.months.add(self._style)
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_tables.add(self._style)

    def end(self, name: str) -> None:
        """An element ends."""

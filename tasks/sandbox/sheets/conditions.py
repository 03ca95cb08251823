"""``BooleanCondition``: whether a cell meets it, as the sheet's own input rules and its filter ask."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.sandbox.failures import GoogleError, not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell, Value
from tasks.sandbox.sheets.shown import is_moment, shown
from tasks.sandbox.sheets.typed import day_serial, typed

EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\".]+(\.[^\s@<>,;\".]+)+")
URL = re.compile(r"(https?|ftp)://[^\s/]+\S*|mailto:\S+@\S+|(www\.)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?", re.IGNORECASE)
DAYS_BACK = {"TODAY": 0, "TOMORROW": -1, "YESTERDAY": 1, "PAST_WEEK": 7, "PAST_MONTH": 30, "PAST_YEAR": 365}
Compare = Callable[[float, float], bool]
NUMBERS: Mapping[str, Compare] = {
    "GREATER": operator.gt,
    "GREATER_THAN_EQ": operator.ge,
    "LESS": operator.lt,
    "LESS_THAN_EQ": operator.le,
    "EQ": operator.eq,
    "NOT_EQ": operator.ne,
    "AFTER": operator.gt,
    "ON_OR_AFTER": operator.ge,
    "BEFORE": operator.lt,
    "ON_OR_BEFORE": operator.le,
}
TEXTS: Mapping[str, Callable[[str, str], bool]] = {
    "CONTAINS": lambda text, part: part in text,
    "NOT_CONTAINS": lambda text, part: part not in text,
    "STARTS_WITH": str.startswith,
    "ENDS_WITH": str.endswith,
    "EQ": operator.eq,
    "NOT_EQ": operator.ne,
}
NOT_COMPUTED = {"CUSTOM_FORMULA", "FILTER_EXPRESSION"}


@dataclass(frozen=True, slots=True)
class Judge:
    """Says whether cells of a spreadsheet meet a condition; ``today`` is the day in the spreadsheet's time zone."""

    book: Book
    today: date

    def meets(self, cell: Cell, condition: Json) -> bool:
        """Whether this cell meets it; 501 for a condition that is a formula."""
        kind = str(condition.get("type", ""))
        family, _, relation = kind.partition("_")
        if kind in {"BLANK", "NOT_BLANK"}:
            return cell.blank == (kind == "BLANK")
        if kind == "BOOLEAN":
            return any(type(cell.value) is type(one) and cell.value == one for one in self.ticks(condition))
        if kind.startswith("ONE_OF_"):
            return shown(cell, self.book.locale) in self.choices(condition)
        if kind in NOT_COMPUTED or family not in {"NUMBER", "DATE", "TEXT"}:
            raise not_modelled(f"the condition {kind}")
        if family == "TEXT":
            return self._text(shown(cell, self.book.locale), relation, condition)
        return self._number(cell, family, relation, condition)

    def ticks(self, condition: Json) -> tuple[Value, Value]:
        """What a ticked and an unticked box hold: TRUE and FALSE, or the rule's own values."""
        own = [self._entered(value).value for value in condition.get("values") or []]
        return (own[0] if own else True), (own[1] if own[1:] else False if not own else None)

    def choices(self, condition: Json) -> list[str]:
        """The words of a list, or what stands in its range, each once."""
        values = condition.get("values") or []
        if condition.get("type") == "ONE_OF_RANGE":
            return self._range(str(values[0].get("userEnteredValue", "")) if values else "")
        return [str(value.get("userEnteredValue", "")) for value in values]

    def bounds(self, condition: Json) -> list[str]:
        """The condition's values as a person of this spreadsheet reads them."""
        return [shown(self._bound(value), self.book.locale) for value in condition.get("values") or []]

    def _range(self, text: str) -> list[str]:
        try:
            tab, box = self.book.find(text.lstrip("=+").strip())
            cells = [cell for row in tab.block(tab.area(box)) for cell in row]
        except GoogleError:
            return []
        return list(dict.fromkeys(shown(cell, self.book.locale) for cell in cells if not cell.blank))

    def _text(self, text: str, relation: str, condition: Json) -> bool:
        if relation == "IS_EMAIL":
            return EMAIL.fullmatch(text) is not None
        if relation == "IS_URL":
            return URL.fullmatch(text) is not None
        if relation not in TEXTS:
            raise not_modelled(f"the condition TEXT_{relation}")
        wanted = self.bounds(condition)
        return TEXTS[relation](text.casefold(), (wanted[0] if wanted else "").casefold())

    def _number(self, cell: Cell, family: str, relation: str, condition: Json) -> bool:
        value = cell.value
        if isinstance(value, bool) or not isinstance(value, int | float) or is_moment(cell) != (family == "DATE"):
            return False
        if relation == "IS_VALID":
            return True
        number = float(int(value)) if family == "DATE" else float(value)
        bounds = [self._as_number(one) for one in condition.get("values") or []]
        if any(bound is None for bound in bounds) or len(bounds) != (2 if relation.endswith("BETWEEN") else 1):
            return False
        given = [bound for bound in bounds if bound is not None]
        if relation.endswith("BETWEEN"):
            return (min(given) <= number <= max(given)) == (relation == "BETWEEN")
        if relation not in NUMBERS:
            raise not_modelled(f"the condition {family}_{relation}")
        return NUMBERS[relation](number, given[0])

    def _as_number(self, value: Json) -> float | None:
        found = self._bound(value).value
        return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None

    def _bound(self, value: Json) -> Cell:
        relative = value.get("relativeDate")
        if relative in DAYS_BACK:
            return Cell(day_serial(self.today - timedelta(days=DAYS_BACK[relative])), kind="DATE")
        return self._entered(value)

    def _entered(self, value: Json) -> Cell:
        return typed(str(value.get("userEnteredValue", "")), EMPTY, self.book.locale, self.today)

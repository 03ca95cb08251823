"""What differs between Google's answer and ours once the ids and times that the server chooses are set aside."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

OLD_TIMES = {"createdDate", "modifiedDate", "modifiedByMeDate", "lastViewedByMeDate"}  # in Drive v2
TIMES = {"createdTime", "modifiedTime"} | OLD_TIMES
SERVER_CHOSEN = TIMES | {"etag", "version", "md5Checksum", "lastModifyingUser"}
FILE_IDS = {"id", "spreadsheetId"}
NUMBERED = {"sheetId", "namedRangeId", "protectedRangeId"}
ABSENT = "(absent)"
LIKE_AN_ID = re.compile(r"[A-Za-z0-9_-]{25,}")


@dataclass(frozen=True)
class Difference:
    """``path`` is ``status``, ``text`` or a JSON path; the values are JSON text or ``(absent)``."""

    path: str
    google: str
    ours: str

    @property
    def of_fields(self) -> bool:
        """One side has a field or an item that the other lacks."""
        return ABSENT in {self.google, self.ours}


@dataclass
class Ids:
    """Which of our ids stands for which of Google's: learnt from answers, applied to requests, and back to answers."""

    files: dict[str, str] = field(default_factory=dict)
    numbered: dict[tuple[str, Any], Any] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """A URI or text with our file ids in it."""
        for theirs in LIKE_AN_ID.findall(text):
            if theirs in self.files:
                text = text.replace(theirs, self.files[theirs])
        return text

    def json(self, value: Any) -> Any:
        """A body with our ids in it."""
        if isinstance(value, list):
            return [self.json(item) for item in value]
        if isinstance(value, dict):
            return {name: self._part(name, part) for name, part in value.items()}
        return self.text(value) if isinstance(value, str) else value

    def back(self, value: Any) -> Any:
        """Our answer with Google's ids in it."""
        files = {ours: theirs for theirs, ours in self.files.items()}
        numbered = {(name, ours): theirs for (name, theirs), ours in self.numbered.items()}
        text = json.dumps(value)
        for ours, theirs in files.items():
            text = text.replace(ours, theirs)
        return Ids({}, numbered).json(json.loads(text))

    def learn(self, theirs: Any, ours: Any) -> None:
        """Ids that stand at the same place of two answers belong together."""
        if isinstance(theirs, list) and isinstance(ours, list):
            for one, other in zip(theirs, ours, strict=False):
                self.learn(one, other)
        if isinstance(theirs, dict) and isinstance(ours, dict):
            for name in theirs.keys() & ours.keys():
                if name in FILE_IDS and LIKE_AN_ID.fullmatch(str(theirs[name])):
                    self.files.setdefault(theirs[name], ours[name])
                elif name in NUMBERED:
                    self.numbered.setdefault((name, theirs[name]), ours[name])
                else:
                    self.learn(theirs[name], ours[name])

    def _part(self, name: str, part: Any) -> Any:
        return self.numbered.get((name, part), part) if name in NUMBERED else self.json(part)


def differences(theirs: Any, ours: Any, path: str = "$") -> Iterator[Difference]:
    """Google's answer against ours, which must have Google's ids in it."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name in [*theirs, *(name for name in ours if name not in theirs)]:
            here = f"{path}.{name}"
            if name not in theirs or name not in ours:
                yield Difference(here, _text(theirs, name), _text(ours, name))
            elif name not in SERVER_CHOSEN:
                yield from differences(theirs[name], ours[name], here)
    elif isinstance(theirs, list) and isinstance(ours, list):
        for at in range(max(len(theirs), len(ours))):
            here = f"{path}[{at}]"
            if at >= len(theirs) or at >= len(ours):
                yield Difference(here, _item(theirs, at), _item(ours, at))
            else:
                yield from differences(theirs[at], ours[at], here)
    elif theirs != ours or isinstance(theirs, bool) != isinstance(ours, bool):
        yield Difference(path, json.dumps(theirs, ensure_ascii=False), json.dumps(ours, ensure_ascii=False))


def _text(holder: dict, name: str) -> str:
    return json.dumps(holder[name], ensure_ascii=False) if name in holder else ABSENT


def _item(holder: list, at: int) -> str:
    return json.dumps(holder[at], ensure_ascii=False) if at < len(holder) else ABSENT

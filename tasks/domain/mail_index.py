"""Mails found again by what is printed in them: their Message-ID, or the word in their last line."""

import re
from collections.abc import Iterable

from tasks.domain.mail_identity import digest_words

OUR_ID = re.compile(r"<[a-z]{3}\.([0-9a-f]{32})\.\d+@[^<>\s]+>")


class MailIndex:
    """The keys of mails by both of their words; made when the first one is looked for."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_hex: dict[str, str] = {}
        self._by_token: dict[str, str] = {}
        for key in keys:
            in_id, token = digest_words(key)
            self._by_hex[in_id] = self._by_token[token] = key

    def with_id(self, message_id: str) -> str:
        """The key of the mail with this Message-ID; ``""`` for another one's."""
        found = OUR_ID.fullmatch(message_id)
        return self._by_hex.get(found[1], "") if found else ""

    def with_token(self, token: str) -> str:
        """The key of the mail with this word; ``""`` where there is none."""
        return self._by_token.get(token, "")

"""A sample of all that can happen once in the story with mail over SMTP, where no Sent folder can be looked into.

What nobody can know then is answered by people who look into what arrived; `make torture` tries everything.
"""

import pytest

from flows.torture.campaign import enumerate_harms
from flows.torture.harm import LostMailReply, try_out

EVERY = 73


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_whatever_happens_to_the_story_nothing_is_lost_repeated_or_stuck(request, database):
    stage = request.getfixturevalue(f"smtp_on_{database}")

    wrong = {what: found for what, found in enumerate_harms(stage, stage.scenes, EVERY) if found}

    assert wrong == {}


END_OF_DATA = {"a mail that the server took": True, "a mail that it did not take": False}


@pytest.mark.parametrize("kills", [True, False])
@pytest.mark.parametrize("keeps", END_OF_DATA.values(), ids=END_OF_DATA)
def test_the_last_answer_to_a_mail_may_be_lost(smtp_on_sqlite, keeps, kills):
    intake = smtp_on_sqlite.scenes[0]

    assert try_out(smtp_on_sqlite, intake, LostMailReply(6, "250 mail kept", keeps=keeps, kills=kills)) == []

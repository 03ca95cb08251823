"""Any sequence of acts, where Google Forms itself is asked for the answers."""

import pytest

from tests.acceptance.any_sequence import nothing_is_lost_doubled_or_mixed_up, seeds


@pytest.mark.parametrize("number", seeds(1 / 3))
def test_nothing_is_lost_doubled_or_mixed_up(tmp_path, number):
    nothing_is_lost_doubled_or_mixed_up(tmp_path, number, forms_api=True)

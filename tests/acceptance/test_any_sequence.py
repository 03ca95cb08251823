"""Any sequence of acts, where the answers are read from the response sheets."""

import pytest

from tests.acceptance.any_sequence import nothing_is_lost_doubled_or_mixed_up, seeds


@pytest.mark.parametrize("number", seeds(2 / 3))
def test_nothing_is_lost_doubled_or_mixed_up(tmp_path, number):
    nothing_is_lost_doubled_or_mixed_up(tmp_path, number, forms_api=False)

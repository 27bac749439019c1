"""The workshop that the tests of the commands share."""

from __future__ import annotations

import pytest

from tests.cli.workshop import Workshop, make


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return make(tmp_path_factory.mktemp("workshop"))

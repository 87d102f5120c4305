"""A letter whose time is over while nobody knows whether it has arrived."""

from datetime import timedelta

import pytest

from tests.scheduler.conftest import PostOffice


@pytest.mark.parametrize(("looks", "state"), [(True, "delivered"), (False, "unknown")])
async def test_what_may_have_arrived_in_time_is_not_said_to_have_come_too_late(
    office: PostOffice, looks: bool, state: str
) -> None:
    office.platform.can_look = looks
    office.platform.losing["reminder"] = [TimeoutError()]
    await office.put("reminder", expires=office.clock() + timedelta(seconds=60), again=False)
    await office.after(0)
    office.clock.advance(timedelta(days=1))
    assert await office.after(600) == ["reminder"]
    assert await office.states() == {state: 1}

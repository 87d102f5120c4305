"""The fake held against the stock libraries: an app written for Slack cannot tell the difference."""

from collections.abc import AsyncIterator

import pytest

from tests.slack.bolt_bot import connected, listening
from tests.slack.server import FakeSlack, Mode, open_slack


@pytest.fixture(params=["socket", "http"])
async def slack(request: pytest.FixtureRequest) -> AsyncIterator[FakeSlack]:
    """A Slack with the stock bot in it, once for each way of bringing events."""
    mode: Mode = request.param
    async with open_slack(mode) as opened, connected(opened) if mode == "socket" else listening(opened):
        yield opened


async def test_a_person_talks_to_the_bot(slack: FakeSlack) -> None:
    hana = slack.person("hana")
    await hana.says("1 < 2 & so on")
    await hana.sees_soon("You said: 1 < 2 & so on")
    assert hana.letters[0].text == "You said: 1 &lt; 2 &amp; so on"


async def test_a_form_from_a_command(slack: FakeSlack) -> None:
    hana = slack.person("hana")
    await hana.slash("<b>")
    await hana.sees_soon("Why?")
    assert hana.sees("<b>")
    await hana.fills("no")
    assert hana.view_errors == {"q": "Not so short"}
    await hana.fills("It rains")
    await hana.sees_soon("Because: It rains")
    assert hana.view is None
    assert hana.errors == []


async def test_a_mention_and_a_button(slack: FakeSlack) -> None:
    square = slack.channel("square")
    hana = slack.person("hana", member_of=[square])
    await hana.mentions(square, "hello")
    await slack.workspace.until(lambda: slack.workspace.by_bot(square))
    assert hana.buttons == []
    hana.look(square)
    await hana.presses("Open")
    await hana.sees_soon("Why?")
    await hana.fills("much longer than twenty letters")
    assert hana.view_errors == {"q": "Please use no more than 20 characters."}
    await hana.closes()
    assert hana.view is None


async def test_forms_upon_forms(slack: FakeSlack) -> None:
    hana = slack.person("hana")
    await hana.slash()
    await hana.sees_soon("Why?")
    await hana.fills("more")
    assert hana.sees("And then?")
    await hana.closes()
    assert not hana.sees("And then?")
    await hana.fills("other")
    assert hana.sees("Why again?")
    assert hana.sees("other"), "what was filled in stays where the field stays"
    await hana.fills("more")
    await hana.fills("enough")
    assert hana.modal is None


async def test_acks_that_ask_for_the_impossible(slack: FakeSlack) -> None:
    hana = slack.person("hana")
    await hana.slash()
    await hana.sees_soon("Why?")
    await hana.fills("wrong field")
    await hana.fills("too long")
    assert [error.split()[0] for error in hana.errors] == ["invalid_errors", "invalid_arguments"]
    assert hana.sees("Why?")


async def test_the_home_tab(slack: FakeSlack) -> None:
    hana = slack.person("hana")
    await hana.opens_home()
    await hana.sees_soon("At home")
    await hana.presses("In")
    await hana.sees_soon("Why?")

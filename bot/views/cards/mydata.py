"""What the bot keeps of a member, said to that member alone."""

from bot.chat.messages import Button, Message
from bot.views.text import Text


def kept(text: Text, *, role: str, since: str, drafts: int, coordinator: bool = False) -> Message:
    work = (Button(text("coordinating.open"), "coordinating.show"),) if coordinator else ()
    return Message(
        title=text("mydata.title"),
        body=text("mydata.body", role=text(f"mydata.role.{role}"), since=since, drafts=drafts),
        note=text("mydata.note"),
        buttons=(
            Button(text("mydata.worries"), "worry.mine"),
            Button(text("mydata.language"), "language.show"),
            *work,
            Button(text("mydata.erase"), "mydata.erase"),
        ),
    )


def confirm_erasing(text: Text) -> Message:
    return Message(
        title=text("mydata.erase"),
        body=text("mydata.erasing"),
        buttons=(Button(text("mydata.erase_yes"), "mydata.erased"), Button(text("mydata.erase_no"), "menu.show")),
    )

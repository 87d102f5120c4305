"""A group as its people run it: who is in it, what the bot may do there, its topics, and its growth."""

from tests.telegram.chats import Chats
from tests.telegram.messages import as_user
from tests.telegram.shapes import ADMIN_RIGHTS, Chat, Status, Topic, User
from tests.telegram.updates import Updates, member


class TelegramGroup:
    """keeper: who made the group and acts in it here. chat: another one after it was upgraded."""

    def __init__(self, chats: Chats, updates: Updates, chat: Chat, keeper: User) -> None:
        self.chats, self.chat, self.keeper = chats, chat, keeper
        self._updates = updates

    @property
    def id(self) -> int:
        return self.chat.id

    def admits(self, user: User) -> None:
        """Adds a person, with the note everybody sees."""
        if user.id not in self.chat.members:
            self.chat.members.add(user.id)
            self._note(user, new_chat_members=[as_user(user)])

    def add_bot(self) -> None:
        self._let_bot_be("member", set())
        self._note(self.keeper, new_chat_members=[as_user(self.chats.bot)])

    def remove_bot(self) -> None:
        """Thrown out; it cannot come back by itself."""
        self._let_bot_be("kicked", set())

    def promote_bot(self, *rights: str) -> None:
        """The rights named, or all."""
        self._let_bot_be("administrator", set(rights or ADMIN_RIGHTS))

    def demote_bot(self) -> None:
        self._let_bot_be("member", set())

    def mute_bot(self, muted: bool = True) -> None:
        """Only administrators may write now."""
        self.chat.writes = not muted

    def _let_bot_be(self, status: Status, rights: set[str]) -> None:
        bot, chat = self.chats.bot, self.chat
        old = member(bot, chat.status, chat.rights)
        chat.status, chat.rights = status, rights
        self._updates.my_chat_member(chat, self.keeper, old, member(bot, status, rights))
        self.chats.tell()

    def topic(self, name: str) -> Topic:
        """Opens a topic by hand."""
        topic = self.chats.add_topic(self.chat, name, self.keeper)
        self._updates.message(self.chat.messages[topic.id])
        return topic

    def close_topic(self, topic: Topic, closed: bool = True) -> None:
        topic.closed = closed
        note = "forum_topic_closed" if closed else "forum_topic_reopened"
        self._note(self.keeper, topic.id, **{note: {}})

    def delete_topic(self, topic: Topic) -> None:
        """Telegram tells nobody."""
        topic.deleted = True
        for message in self.chat.messages.values():
            message.deleted = message.deleted or message.thread == topic.id
        self.chats.tell()

    def upgrade(self, forum: bool = False) -> Chat:
        """The group becomes a supergroup with a new id; the old one keeps its messages and takes no more."""
        assert self.chat.kind == "group", "only a basic group grows"
        old, self.chat = (
            self.chat,
            self.chats.add_chat(
                self.chat.title,
                "supergroup",
                forum=forum,
                members=set(self.chat.members),
                status=self.chat.status,
                rights=set(self.chat.rights),
            ),
        )
        old.migrated_to = self.chat.id
        gone = self.chats.post(old, self.keeper, content={"migrate_to_chat_id": self.chat.id})
        self._updates.message(gone)
        self._note(self.keeper, migrate_from_chat_id=old.id)
        return self.chat

    def _note(self, user: User, thread: int = 0, **content: object) -> None:
        self._updates.message(self.chats.post(self.chat, user, content=dict(content), thread=thread))

"""Everything the bot says: public shapes in, messages out; who wrote them never comes in here."""

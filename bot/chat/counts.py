"""What is counted while the house works; every room adds to it, and the operators' page shows it."""

from bot.chat.figures import Counter, Figure, Histogram

EVENTS_RECEIVED = Counter("yorisoi_events_received_total", "Events that were stored.", "platform", "kind")
EVENTS_HANDLED = Counter("yorisoi_events_handled_total", "Events that were handled.", "platform", "kind")
EVENTS_FAILED = Counter("yorisoi_events_failed_total", "Tries of an event that failed.", "platform", "kind", "error")
EVENTS_PARKED = Counter("yorisoi_events_parked_total", "Events given up after five tries.", "platform", "kind")

SENDS = Histogram("yorisoi_send_seconds", "How long a send to a platform took.", "platform")
SENDS_DOUBTFUL = Counter(
    "yorisoi_sends_doubtful_total", "Sends of which nobody knows whether they arrived.", "platform", "error"
)
SENDS_PUT_OFF = Counter("yorisoi_sends_put_off_total", "Sends that are tried again later.", "platform", "error")
LETTERS_GIVEN_UP = Counter("yorisoi_letters_given_up_total", "Letters that ended undelivered.", "platform", "state")

TICKS = Counter("yorisoi_ticks_total", "Times the clock has woken us.")
JOBS_FAILED = Counter(
    "yorisoi_jobs_failed_total", "Jobs of a tick, and tasks of the house, that failed.", "kind", "error"
)
WRITES = Histogram("yorisoi_database_write_seconds", "How long somebody waited until a write was on the disk.")

COUNTED: tuple[Figure, ...] = (
    EVENTS_RECEIVED,
    EVENTS_HANDLED,
    EVENTS_FAILED,
    EVENTS_PARKED,
    SENDS,
    SENDS_DOUBTFUL,
    SENDS_PUT_OFF,
    LETTERS_GIVEN_UP,
    TICKS,
    JOBS_FAILED,
    WRITES,
)

"""Requests that Slack did not send, or sent for nothing, each as a burglar or a broken proxy would make it."""

import gzip
import hashlib
import hmac
import json
import zlib
from urllib.parse import urlencode

from tests.adapters.slack.knocking import Headers, head
from tests.slack.http_events import HttpEvents

PATH = "/slack/events"
JSON = ("Content-Type", "application/json")
FORM = ("Content-Type", "application/x-www-form-urlencoded")
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
MEGABYTE = 1 << 20


def signed(http: HttpEvents, body: bytes, *, stamp: str = "", secret: str | None = None) -> list[tuple[str, str]]:
    """Right in every point but the one that is given here."""
    stamp = stamp or str(int(http.clock()))
    key = http.signing_secret if secret is None else secret
    digest = hmac.new(key.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return [(STAMP, stamp), (SIGNATURE, f"v0={digest}")]


def forgeries(http: HttpEvents, body: bytes, canary: str) -> dict[str, Headers]:
    """Headers that do not prove that Slack sent this body."""
    now = int(http.clock())
    (_, stamp), (_, signature) = signed(http, body)
    again = json.dumps(json.loads(body), separators=(",", ":")).encode()
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in stamp)
    assert again != body
    return {
        "nothing": [],
        "no signature": [(STAMP, stamp)],
        "no timestamp": [(SIGNATURE, signature)],
        "empty signature": [(STAMP, stamp), (SIGNATURE, "")],
        "wrong signature": [(STAMP, stamp), (SIGNATURE, f"v0={'0' * 64}")],
        "signature of words": [(STAMP, stamp), (SIGNATURE, f"v0={canary}")],
        "non-ASCII signature": [(STAMP, stamp), (SIGNATURE, "v0=" + "ひ" * 64)],
        "signature of raw bytes": [(STAMP, stamp), (SIGNATURE, b"v0=\xff\xfe" + canary.encode())],
        "signature of another version": [(STAMP, stamp), (SIGNATURE, signature.replace("v0", "v1"))],
        "signature cut short": [(STAMP, stamp), (SIGNATURE, signature[:-1])],
        "letters for a timestamp": signed(http, body, stamp=canary),
        "full-width digits": signed(http, body, stamp=wide),
        "a minus": signed(http, body, stamp=f"-{stamp}"),
        "a fraction": signed(http, body, stamp=f"{stamp}.0"),
        "a number without end": signed(http, body, stamp="9" * 4000),
        "six minutes ahead": signed(http, body, stamp=str(now + 360)),
        "six minutes ago": signed(http, body, stamp=str(now - 360)),
        "the body written anew": signed(http, again),
        "one byte more": signed(http, body + b" "),
        "an old secret": signed(http, body, secret="the secret before the rotation"),
        "no secret": signed(http, body, secret=""),
        "signature twice": [(STAMP, stamp), (SIGNATURE, signature), (SIGNATURE, signature)],
        "timestamp twice": [(STAMP, stamp), (STAMP, stamp), (SIGNATURE, signature)],
    }


def packed(http: HttpEvents, event: bytes) -> dict[str, bytes]:
    """Whole requests, every one rightly signed where it can be, that must not even be read."""
    word = b"a" * 65_536
    chunks = b"%x\r\n%b\r\n" % (len(word), word) * (2 * MEGABYTE // len(word)) + b"0\r\n\r\n"
    challenge = json.dumps({"type": "url_verification", "challenge": "x" * MEGABYTE}).encode()
    bombs = {
        "gzip": gzip.compress(bytes(200 * MEGABYTE), 1),
        "deflate": zlib.compress(bytes(200 * MEGABYTE), 1),
        "br": event,
        "zstd": event,
        "identity, gzip": gzip.compress(event),
    }
    whole = {f"packed with {kind}": _post(http, body, ("Content-Encoding", kind)) for kind, body in bombs.items()}
    return whole | {
        "5 GB announced": _unread(http, event, ("Content-Length", str(5 * 10**9))),
        "chunks over the cap": _unread(http, event, ("Transfer-Encoding", "chunked")) + chunks,
        "one byte, then silence": _unread(http, event, ("Content-Length", "100")) + b"{",
        "a challenge of 1 MB": _post(http, challenge),
        "an expectation": _post(http, event, ("Expect", "kanaria")),
    }


def misdirected(http: HttpEvents, event: bytes, canary: str) -> dict[str, bytes]:
    """Rightly signed, at doors that are none; and unsigned questions that Slack only asks signed."""
    posted = [(*JSON,), ("Content-Length", str(len(event))), *signed(http, event)]
    challenge = json.dumps({"type": "url_verification", "challenge": canary}).encode()
    check = urlencode({"ssl_check": "1", "token": canary}).encode()
    doors = {f"{method} {path}": head(method, path, posted) + event for method, path in _DOORS}
    return doors | {
        f"POST /{canary}": head("POST", f"/{canary}", posted) + event,
        "unsigned challenge": head("POST", PATH, [JSON, ("Content-Length", str(len(challenge)))]) + challenge,
        "unsigned ssl_check": head("POST", PATH, [FORM, ("Content-Length", str(len(check)))]) + check,
    }


_DOORS = (
    ("GET", PATH),
    ("PUT", PATH),
    ("DELETE", PATH),
    ("OPTIONS", PATH),
    ("POST", "/"),
    ("POST", f"{PATH}/"),
    ("POST", "/slack"),
    ("POST", "/%ff%fe"),
)


def broken_http(canary: str) -> dict[str, bytes]:
    """No HTTP at all, or none that anybody may speak."""
    word = canary.encode()
    return {
        "no request line": word + b"\r\n\r\n",
        "a method of one's own": b"KANARIA7F3A /slack/events HTTP/1.1\r\nHost: x\r\n\r\n",
        "a header without a colon": b"POST /slack/events HTTP/1.1\r\nHost: x\r\n" + word + b"\r\n\r\n",
        "a NUL in a header": head("POST", PATH, [(SIGNATURE, b"v0=\x00" + word)]),
        "an endless header": head("POST", PATH, [("X-Canary", canary * 2000)]),
        "two lengths": head("POST", PATH, [("Content-Length", "1"), ("Content-Length", "2")]) + word,
        "a length below nothing": head("POST", PATH, [("Content-Length", "-1"), ("X-Canary", canary)]),
        "a length beyond everything": head("POST", PATH, [("Content-Length", "9" * 4000)]),
        "chunks without a size": head("POST", PATH, [("Transfer-Encoding", "chunked")]) + b"zz\r\n" + word,
    }


def _post(http: HttpEvents, body: bytes, *headers: tuple[str, str]) -> bytes:
    return head("POST", PATH, [JSON, ("Content-Length", str(len(body))), *headers, *signed(http, body)]) + body


def _unread(http: HttpEvents, body: bytes, *headers: tuple[str, str]) -> bytes:
    return head("POST", PATH, [JSON, *headers, *signed(http, body)])

"""The environment, read once into a frozen object; every name is documented in deploy/env.example."""

from datetime import datetime, time
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.chat.errors import Misconfigured

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="YORISOI_", env_ignore_empty=True, frozen=True, extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = ""
    key_file: Path | None = None
    embedding_model: str = ""
    timezone: str = "Asia/Tokyo"
    language: Literal["ja", "en"] = "ja"
    keep_worries_days: int = Field(default=365, ge=30, le=3650)
    keep_conferences_days: int = Field(default=180, ge=30, le=3650)
    keep_sheets_days: int = Field(default=30, ge=1, le=365)
    keep_tombstones_days: int = Field(default=400, ge=30, le=3650)
    publish_times: str = "09:00,12:30,16:00,19:30"
    batch_authors: int = Field(default=3, ge=2, le=50)
    label_members: int = Field(default=10, ge=5, le=1000)
    duty_hours: str = "08:30-18:00"
    handbook_feedback: Literal["on", "off"] = "on"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=1, le=65535)
    public_url: str = ""
    ops_host: str = "127.0.0.1"
    ops_port: int = Field(default=8081, ge=0, le=65535)
    mode: Literal["production", "development"] = "production"
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str = ""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("not a time zone; for example Asia/Tokyo") from None
        return value

    @field_validator("slack_bot_token", "slack_app_token", "slack_signing_secret", "telegram_token")
    @classmethod
    def _one_word(cls, value: SecretStr) -> SecretStr:
        secret = value.get_secret_value().strip()
        if not (secret.isascii() and secret.isprintable() and " " not in secret):
            raise ValueError("it holds a space, a line break or an odd character; copy it again")
        return SecretStr(secret)

    @field_validator("slack_api_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("not a web address; for example https://slack.com/api/")
        return f"{value.rstrip('/')}/"

    @field_validator("telegram_api_url", "telegram_webhook_url")
    @classmethod
    def _root(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://")):
            raise ValueError("not a web address; for example https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("public_url")
    @classmethod
    def _outside(cls, value: str) -> str:
        if value and not is_public(value):
            raise ValueError("not an https address (http only for localhost); for example https://yorisoi.example.jp")
        return value.rstrip("/")

    @field_validator("publish_times")
    @classmethod
    def _times(cls, value: str) -> str:
        if value.strip() != "now" and not _clock_times(value, ","):
            raise ValueError("not times of day; for example 09:00,12:30,16:00,19:30, or now")
        return value.strip()

    @field_validator("duty_hours")
    @classmethod
    def _hours(cls, value: str) -> str:
        times = _clock_times(value, "-")
        if len(times) != 2 or times[0] >= times[1]:
            raise ValueError("not hours of a day; for example 08:30-18:00")
        return value.strip()

    @property
    def published_at(self) -> tuple[time, ...]:
        """In the order of the day; none where each worry is published at once."""
        return () if self.publish_times == "now" else tuple(sorted(set(_clock_times(self.publish_times, ","))))

    @property
    def duty(self) -> tuple[time, time]:
        opens, closes = _clock_times(self.duty_hours, "-")
        return opens, closes

    @property
    def ops_port_is_chosen(self) -> bool:
        return "ops_port" in self.model_fields_set

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'yorisoi.db'}"

    @property
    def key(self) -> Path:
        return self.key_file or self.data_dir / "yorisoi.key"

    @property
    def encoder_dir(self) -> Path:
        return self.data_dir / "encoder"


def is_public(value: str) -> bool:
    """Whether a secret may be sent there: https, or this machine; nothing behind the path, and nobody's password."""
    try:
        found = urlsplit(value)
        host, _ = found.hostname, found.port
    except ValueError:
        return False
    plain = value.isascii() and value.isprintable() and not set(value) & set(' "<>?#@\\`')
    return plain and bool(host) and (found.scheme == "https" or (found.scheme == "http" and host in _THIS_MACHINE))


def _clock_times(value: str, between: str) -> list[time]:
    """None where one of them cannot be read."""
    try:
        return [datetime.strptime(each.strip(), "%H:%M").time() for each in value.split(between)]
    except ValueError:
        return []


def read_settings() -> Settings:
    """Raises Misconfigured, naming the variable and never its value: it may be a secret."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = f"YORISOI_{'_'.join(str(part) for part in first['loc']).upper()}"
        problem = first["msg"].removeprefix("Value error, ")
        raise Misconfigured(name, f"{problem}.", "correct it, or leave it out; see deploy/env.example.") from None

"""The environment, read once into a frozen object; every name is documented in deploy/env.example."""

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.chat.errors import Misconfigured


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
    keep_tombstones_days: int = Field(default=400, ge=30, le=3650)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=1, le=65535)
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


def read_settings() -> Settings:
    """Raises Misconfigured, naming the variable and never its value: it may be a secret."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = f"YORISOI_{'_'.join(str(part) for part in first['loc']).upper()}"
        problem = first["msg"].removeprefix("Value error, ")
        raise Misconfigured(name, f"{problem}.", "correct it, or leave it out; see deploy/env.example.") from None

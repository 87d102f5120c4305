"""The environment, read once into a frozen object; every name is documented in deploy/env.example."""

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator
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
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"
    http_port: int = Field(default=8080, ge=1, le=65535)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("not a time zone; for example Asia/Tokyo") from None
        return value

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

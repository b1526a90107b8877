"""Environment -> settings. The only code that reads the environment."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BeforeValidator, Field, PositiveInt, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)

DOT_ENV, ENCODING = ".env", "utf-8"
NAME = re.compile("[A-Z_]+")


class WrongSettingError(Exception):
    """A setting that cannot be used. The message, one line a setting, names it and says what is expected."""


def _split(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part for part in value.replace("，", ",").split(",") if part.strip()]


UserIds = Annotated[
    frozenset[PositiveInt],
    NoDecode,
    BeforeValidator(_split),
    Field(
        title="用逗号隔开的 Telegram 用户 id，如 12345,67890",
        description="Telegram user ids separated by commas, such as 12345,67890",
    ),
]
ChatIds = Annotated[
    frozenset[int],
    NoDecode,
    BeforeValidator(_split),
    Field(
        title="用逗号隔开的 Telegram 群 id，如 -1001234567890",
        description="ids of Telegram groups separated by commas, such as -1001234567890",
    ),
]


class Settings(BaseSettings):
    """Everything that can be set, from the environment or `.env`. Empty means unset.

    A field's description says in English what is expected, its title in Chinese.
    """

    model_config = SettingsConfigDict(
        env_file=DOT_ENV,
        env_file_encoding=ENCODING,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,  # one of them is secret
        str_strip_whitespace=True,
    )

    bot_token: SecretStr | None = Field(
        default=None,
        title="@BotFather 给的 token，形如 123456789:AAExampleExampleExample",
        description="the token that @BotFather gave, such as 123456789:AAExampleExampleExample",
    )
    bot_api_url: str = Field(
        default="https://api.telegram.org",
        pattern=r"^https?://[^\s/]+(/\S*)?$",
        title="Bot API 服务器的地址，如 https://api.telegram.org",
        description="the address of a Bot API server, such as https://api.telegram.org",
    )
    documents_dir: Path = Field(
        default=Path("documents"), title="文件夹的路径", description="the path of a folder"
    )
    index_dir: Path = Field(
        default=Path(".index"),
        title="存放生成文件的文件夹路径",
        description="the path of a folder to keep derived files in",
    )
    read_seconds: float = Field(
        default=30,
        ge=1,
        le=3600,
        title="1 到 3600 的秒数：读一个文件最多用多久",
        description="a number from 1 to 3600: seconds that reading one file may take",
    )
    read_memory: int = Field(
        default=512,
        ge=256,
        le=65536,
        title="256 到 65536 的整数：读一个文件最多占用的内存，单位 MB",
        description="a whole number from 256 to 65536: megabytes of memory that reading one file may take",
    )
    admins: UserIds = frozenset()
    allowed_users: UserIds = frozenset()
    allowed_chats: ChatIds = frozenset()
    questions_a_minute: int = Field(
        default=20, ge=1, le=1000, title="1 到 1000 的整数", description="a whole number from 1 to 1000"
    )
    keep_missed: bool = Field(default=True, title="yes 或 no", description="yes or no")
    persistent: bool = Field(default=True, title="yes 或 no", description="yes or no")
    answer_within: int = Field(
        default=10,
        ge=1,
        le=1440,
        title="1 到 1440 的整数：多少分钟内的问题，机器人离开过也会补答",
        description=(
            "a whole number from 1 to 1440: minutes for which a question is answered though the bot was away"
        ),
    )
    passages: int = Field(
        default=3, ge=1, le=10, title="1 到 10 的整数", description="a whole number from 1 to 10"
    )
    health_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        title="1 到 65535 的端口号，留空就不开",
        description="the number of a port, 1 to 65535, or nothing",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", title="DEBUG、INFO、WARNING 或 ERROR", description="DEBUG, INFO, WARNING or ERROR"
    )

    @field_validator("bot_token")
    @classmethod
    def _whole(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("not a token")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("bot_api_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        parts = urlsplit(value)
        if not parts.hostname or parts.port == 0 or parts.query or parts.fragment:
            raise ValueError("not the address of a server")
        return value.rstrip("/")

    @field_validator("documents_dir", "index_dir")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        try:
            return value.expanduser()
        except RuntimeError:  # ~name, where nobody has that name
            raise ValueError("no such home") from None


def load_settings() -> Settings:
    """The settings as they stand now. Raises WrongSettingError."""
    try:
        return Settings()
    except ValidationError as error:
        names = dict.fromkeys(str(part["loc"][0]) for part in error.errors())
        raise WrongSettingError(_expectations(names)) from None
    except UnicodeDecodeError:
        raise WrongSettingError(
            f"The file {DOT_ENV} is wrong: expected text in UTF-8. "
            f"文件 {DOT_ENV} 的编码不对，应为 UTF-8：在记事本里“另存为”，编码选 UTF-8。"
        ) from None
    except (SettingsError, OSError) as error:
        raise WrongSettingError(f"The settings cannot be read: {error}. 读不了设置。") from None


class Unknown(NamedTuple):
    """A name that `.env` sets and that is no setting, and the one that may be meant."""

    name: str
    meant: str | None


def unknown_names() -> tuple[Unknown, ...]:
    """What `.env` sets that is no setting; the environment has other programs' names too.

    What has no value, or looks like no setting, is passed over: it may be no name but a secret, pasted by
    itself, which in Base64 ends in an equals sign.
    """
    known = [name.upper() for name in Settings.model_fields]
    written = dotenv_values(DOT_ENV, encoding=ENCODING)
    names = [name for name, value in written.items() if value is not None and name.upper() not in known]
    unknown = (Unknown(name, next(iter(get_close_matches(name.upper(), known, n=1)), None)) for name in names)
    return tuple(each for each in unknown if each.meant or NAME.fullmatch(each.name))


def _expectations(names: Iterable[str]) -> str:
    fields = Settings.model_fields
    return "\n".join(
        f"{name.upper()} is wrong: expected {fields[name].description}. 写错了，应为 {fields[name].title}。"
        for name in names
    )

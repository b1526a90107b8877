"""The settings, read from an environment and an `.env` of the test's own."""

import os
import traceback
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from config.settings import Settings, Unknown, WrongSettingError, load_settings, unknown_names

EXAMPLE = Path(__file__).parent.parent / ".env.example"
NAMES = [name.upper() for name in Settings.model_fields]
TOKEN = "123456789:AAExample-Of_a_Token"  # noqa: S105 - it opens nothing

pytestmark = pytest.mark.usefixtures("no_settings")


def dot_env(text: str) -> None:
    Path(".env").write_text(text, encoding="utf-8")


def refusal(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    """Return what is said of an environment that cannot be used."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettingError) as error:
        load_settings()
    return str(error.value)


def test_nothing_needs_to_be_set() -> None:
    found = load_settings()
    assert found.bot_token is None
    assert found.bot_api_url == "https://api.telegram.org"
    assert found.documents_dir == Path("documents")
    assert found.admins == frozenset()
    assert (found.answer_within, found.passages) == (10, 3)
    assert found.health_port is None
    assert found.log_level == "INFO"


def test_every_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": "http://localhost:8081",
        "DOCUMENTS_DIR": "文件",
        "INDEX_DIR": "derived",
        "READ_SECONDS": "10",
        "READ_MEMORY": "1024",
        "ADMINS": "12345,67890",
        "ALLOWED_USERS": "7,8",
        "ALLOWED_CHATS": "-1001234567890,-7",
        "QUESTIONS_A_MINUTE": "3",
        "KEEP_MISSED": "no",
        "PERSISTENT": "no",
        "ANSWER_WITHIN": "60",
        "PASSAGES": "5",
        "HEALTH_PORT": "8080",
        "LOG_LEVEL": "DEBUG",
    }
    assert sorted(environment) == sorted(NAMES)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = load_settings()
    assert found.bot_token is not None
    assert found.bot_token.get_secret_value() == TOKEN
    assert found.bot_api_url == "http://localhost:8081"
    assert (found.documents_dir, found.index_dir) == (Path("文件"), Path("derived"))
    assert (found.read_seconds, found.read_memory) == (10, 1024)
    assert found.admins == {12345, 67890}
    assert (found.allowed_users, found.allowed_chats) == ({7, 8}, {-1001234567890, -7})
    assert (found.questions_a_minute, found.keep_missed, found.persistent) == (3, False, False)
    assert (found.answer_within, found.passages) == (60, 5)
    assert (found.health_port, found.log_level) == (8080, "DEBUG")


def test_dot_env_of_the_working_folder_is_read() -> None:
    dot_env("DOCUMENTS_DIR=文件\nPASSAGES=5\n")
    assert (load_settings().documents_dir, load_settings().passages) == (Path("文件"), 5)


def test_dot_env_as_windows_saves_it_is_read() -> None:
    Path(".env").write_bytes(b"\xef\xbb\xbfPASSAGES=5\r\nLOG_LEVEL=DEBUG\r\n")
    assert (load_settings().passages, load_settings().log_level) == (5, "DEBUG")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_dot_env_in_another_encoding_is_said_in_both_languages(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".env").write_text("DOCUMENTS_DIR=文件\n", encoding=encoding)
    said = refusal(monkeypatch)
    assert "The file .env is wrong: expected text in UTF-8" in said
    assert "记事本" in said
    assert said.endswith("。")


def test_dot_env_that_cannot_be_read_is_said_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("config.settings.Settings.__init__", refuse)
    said = refusal(monkeypatch)
    assert "Permission denied" in said
    assert said.endswith("。")


def test_the_environment_goes_before_dot_env(monkeypatch: pytest.MonkeyPatch) -> None:
    dot_env("PASSAGES=5\nLOG_LEVEL=DEBUG\n")
    monkeypatch.setenv("PASSAGES", "7")
    assert (load_settings().passages, load_settings().log_level) == (7, "DEBUG")


def test_unknown_names_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    dot_env("DATABASE_URL=postgres://\nBOT_TOKENS=1\n")
    monkeypatch.setenv("CHUCHU_UNKNOWN", "1")
    assert load_settings() == Settings()
    assert not hasattr(load_settings(), "database_url")


def test_what_dot_env_sets_that_is_no_setting_is_told_with_the_name_that_may_be_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert unknown_names() == ()
    dot_env("passages=5\nADMIN=1\nexport allowed_user=2\nDATABASE_URL=postgres://\n")
    monkeypatch.setenv("LOG_LEVELS", "DEBUG")
    assert unknown_names() == (
        Unknown("ADMIN", "ADMINS"),
        Unknown("allowed_user", "ALLOWED_USERS"),
        Unknown("DATABASE_URL", None),
    )


def test_a_token_that_stands_in_dot_env_without_a_name_is_not_told() -> None:
    dot_env(f"{TOKEN}\n{TOKEN}=\nghp-secret\n{TOKEN.partition(':')[2]}\n")
    assert unknown_names() == ()


@pytest.mark.parametrize("count", range(1, 30))
def test_a_secret_that_ends_in_an_equals_sign_is_not_told(count: int) -> None:
    secret = b64encode(sha256(bytes([count])).digest()[:count]).decode()
    dot_env(f"{secret}\n{secret.rstrip('=')}=\n")
    assert unknown_names() == ()


@pytest.mark.parametrize("name", NAMES)
def test_empty_means_unset(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    default = Settings()
    monkeypatch.setenv(name, "")
    assert load_settings() == default
    assert name.lower() not in load_settings().model_fields_set
    monkeypatch.delenv(name)
    dot_env(f"{name}=\n")
    assert load_settings() == default


def test_an_empty_variable_leaves_dot_env_its_say(monkeypatch: pytest.MonkeyPatch) -> None:
    dot_env("PASSAGES=5\n")
    monkeypatch.setenv("PASSAGES", "")
    assert load_settings().passages == 5


@pytest.mark.parametrize(
    ("written", "admins"),
    [
        ("12345", {12345}),
        ("12345,67890", {12345, 67890}),
        (" 12345 , 67890 ", {12345, 67890}),
        ("12345，67890", {12345, 67890}),
        ("12345,,12345,", {12345}),
        (" , ", set()),
    ],
)
def test_admins_are_a_list_however_it_is_separated(
    written: str, admins: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMINS", written)
    assert load_settings().admins == admins
    monkeypatch.delenv("ADMINS")
    dot_env(f"ADMINS={written}\n")
    assert load_settings().admins == admins


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.frozensets(st.integers(1, 2**52)), st.sampled_from([",", ", ", "，", " ,  "]))
def test_every_admin_is_kept(monkeypatch: pytest.MonkeyPatch, admins: frozenset[int], comma: str) -> None:
    monkeypatch.setenv("ADMINS", comma.join(map(str, admins)))
    assert load_settings().admins == admins


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("BOT_TOKEN", "abc", "@BotFather"),
        ("BOT_TOKEN", "123456789:", "@BotFather"),
        ("BOT_TOKEN", f"{TOKEN} {TOKEN}", "@BotFather"),
        ("BOT_TOKEN", f"bot{TOKEN}", "@BotFather"),
        ("BOT_API_URL", "api.telegram.org", "https://api.telegram.org"),
        ("BOT_API_URL", "ftp://api.telegram.org", "https://api.telegram.org"),
        ("BOT_API_URL", "http://[", "https://api.telegram.org"),
        ("BOT_API_URL", "http://localhost:port", "https://api.telegram.org"),
        ("BOT_API_URL", "http://localhost?a=1", "https://api.telegram.org"),
        ("DOCUMENTS_DIR", "~nobody-of-that-name/documents", "path of a folder"),
        ("INDEX_DIR", "~nobody-of-that-name/index", "path of a folder"),
        ("READ_SECONDS", "0", "from 1 to 3600"),
        ("READ_SECONDS", "nan", "from 1 to 3600"),
        ("READ_MEMORY", "255", "from 256 to 65536"),
        ("READ_MEMORY", "512 MB", "from 256 to 65536"),
        ("ADMINS", "ann", "user ids separated by commas"),
        ("ADMINS", "[12345]", "user ids separated by commas"),
        ("ADMINS", "12345 67890", "user ids separated by commas"),
        ("ADMINS", "-1001234567890", "user ids separated by commas"),  # a group's
        ("PASSAGES", "0", "from 1 to 10"),
        ("PASSAGES", "11", "from 1 to 10"),
        ("PASSAGES", "three", "from 1 to 10"),
        ("PASSAGES", "2.5", "from 1 to 10"),
        ("ANSWER_WITHIN", "0", "minutes"),
        ("ANSWER_WITHIN", "1441", "from 1 to 1440"),
        ("HEALTH_PORT", "0", "number of a port"),
        ("HEALTH_PORT", "65536", "1 to 65535"),
        ("HEALTH_PORT", "no", "number of a port"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING or ERROR"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it_and_says_what_is_expected(
    name: str, value: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = refusal(monkeypatch, **{name: value})
    assert said.startswith(f"{name} is wrong: expected ")
    assert expected in said
    english, chinese = said.split(" 写错了，应为 ")
    assert english.endswith(".")
    assert chinese.endswith("。")
    assert len(said.splitlines()) == 1


def test_a_wrong_setting_in_dot_env_is_named_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    dot_env("PASSAGES=many\n")
    assert refusal(monkeypatch).startswith("PASSAGES is wrong:")


def test_every_wrong_setting_is_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, ADMINS="ann,bob", PASSAGES="0", LOG_LEVEL="LOUD")
    assert [line.split(" ", 1)[0] for line in said.splitlines()] == ["ADMINS", "PASSAGES", "LOG_LEVEL"]


def test_a_dot_env_that_is_no_utf8_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_bytes("DOCUMENTS_DIR=文件\n".encode("gb18030"))
    said = refusal(monkeypatch)
    assert ".env" in said
    assert "UTF-8" in said
    assert len(said.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_dot_env_that_may_not_be_read_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    dot_env("PASSAGES=5\n")
    Path(".env").chmod(0)
    assert ".env" in refusal(monkeypatch)


@pytest.mark.parametrize("wrong", ["not-a-token-but-secret", f"{TOKEN}:secret"])
def test_the_value_of_a_wrong_token_is_shown_nowhere(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", wrong)
    with pytest.raises(WrongSettingError) as error:
        load_settings()
    printed = "".join(traceback.format_exception(error.value))
    for shown in (str(error.value), repr(error.value), printed, repr(error.value.__context__)):
        assert wrong not in shown


def test_the_token_is_in_no_representation_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    found = load_settings()
    assert found.bot_token is not None
    for shown in (
        repr(found),
        str(found),
        f"{found.bot_token}",
        repr(found.bot_token),
        found.model_dump_json(),
    ):
        assert TOKEN.partition(":")[2] not in shown


@pytest.mark.parametrize("written", [f" {TOKEN}", f"{TOKEN}\n", f"{TOKEN}\t "])
def test_blanks_round_a_pasted_token_do_no_harm(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", written)
    token = load_settings().bot_token
    assert token is not None
    assert token.get_secret_value() == TOKEN


@pytest.mark.parametrize("written", ["debug", "Debug", " DEBUG "])
def test_the_log_level_is_read_in_any_case(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", written)
    assert load_settings().log_level == "DEBUG"


@pytest.mark.parametrize("written", ["http://localhost:8081/", "http://localhost:8081//"])
def test_the_address_of_a_server_loses_its_slash(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_API_URL", written)
    assert load_settings().bot_api_url == "http://localhost:8081"


@pytest.mark.parametrize("name", ["DOCUMENTS_DIR", "INDEX_DIR"])
def test_a_tilde_is_the_home_folder(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    dot_env(f"{name}=~/kept\n")
    assert getattr(load_settings(), name.lower()) == tmp_path / "kept"


def test_settings_do_not_change() -> None:
    found = load_settings()
    with pytest.raises(ValidationError, match="frozen"):
        found.passages = 5


# The example to copy


def test_the_example_has_every_setting_with_its_default_and_one_comment() -> None:
    _, *blocks = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")
    names = []
    for block in blocks:
        comment, line = block.splitlines()
        assert comment.startswith("# ")
        name, value = line.split("=", 1)
        default = Settings.model_fields[name.lower()].default
        written = {True: "yes", False: "no"}[default] if isinstance(default, bool) else str(default or "")
        assert value == (written if default != frozenset() else "")
        names.append(name)
    assert names == NAMES


def test_the_example_works_copied_unchanged() -> None:
    default = load_settings()
    Path(".env").write_bytes(EXAMPLE.read_bytes())
    assert dotenv_values(".env").keys() == {*NAMES}
    assert load_settings() == default


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_can_say_what_is_expected(name: str) -> None:
    assert Settings.model_fields[name.lower()].description

"""`python -m bot --check`: what is wrong, before anybody is served."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conversation import library_of
from process import TIMEOUT, Environment, running
from standin import StandIn, StandInRequest

from bot.checking import Setup, check
from bot.connection import StrangerError
from retrieval.library import Shelf

PROJECT = Path(__file__).parent.parent
FERRY = "渡口的规矩\n\n渡船每天早上六点开，晚上八点停。"
ADMINS = frozenset({5001})

Checked = tuple[int, list[str]]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return library_of(tmp_path / "documents", {"渡口.txt": FERRY})


@pytest.fixture
def setup(standin: StandIn, documents: Path, tmp_path: Path) -> Callable[..., Setup]:
    """Make what a bot is started with, of which some is otherwise than it ought to be."""

    def made(**otherwise: object) -> Setup:
        usual = {
            "token": standin.token,
            "api": "https://user:password@example.org",
            "documents": documents,
            "index": tmp_path / "index",
            "admins": ADMINS,
            "is_persistent": False,
        }
        return Setup(**usual | otherwise)  # type: ignore[arg-type]

    return made


def checked(standin: StandIn, setup: Setup) -> Checked:
    lines: list[str] = []
    return check(setup, lambda: StandInRequest(standin), lines.append), lines


def wrong(found: Checked) -> str:
    """The only thing that keeps the bot from serving."""
    status, lines = found
    assert status == 2
    [line] = [line for line in lines if line.startswith("✗ ")]
    return line


def hints(found: Checked) -> list[str]:
    """What is to be known, where nothing is wrong."""
    status, lines = found
    assert status == 0
    assert not [line for line in lines if line[:2] not in ("✓ ", "! ")]
    return [line.removeprefix("! ") for line in lines if line.startswith("! ")]


@pytest.mark.usefixtures("jieba_loaded")
def test_where_all_is_well_every_line_says_so(setup: Callable[..., Setup]) -> None:
    standin, well = StandIn(privacy=False, inline=True), setup()
    Shelf(well.documents, well.index).open()
    status, lines = checked(standin, well)
    assert status == 0
    assert [line[0] for line in lines] == ["✓"] * 5
    assert "1 file in " in lines[1]
    assert "has 1 document in 1 passage." in lines[2]
    assert "@chuchu_bot" in lines[-1]


def test_every_line_says_it_in_english_and_in_chinese(standin: StandIn, setup: Callable[..., Setup]) -> None:
    _, lines = checked(standin, setup(admins=frozenset()))
    for line in lines:
        assert line.isprintable()
        english, _, chinese = line[2:].partition(" ") if line[2] > "~" else (line, "", line)
        assert any("a" <= character <= "z" for character in english)
        assert chinese.endswith("。")


def test_no_update_is_taken_from_a_bot_that_runs(standin: StandIn, setup: Callable[..., Setup]) -> None:
    alice = standin.person("Alice")
    standin.say(standin.private(alice), alice, "渡船几点开")
    checked(standin, setup())
    assert [call.method for call in standin.calls] == ["getMe"]
    assert len(standin.unconfirmed) == 1


def test_the_switches_that_features_lack_are_named(standin: StandIn, setup: Callable[..., Setup]) -> None:
    said = "\n".join(hints(checked(standin, setup())))
    assert "/setprivacy at @BotFather" in said
    assert "找 @BotFather 发 /setprivacy" in said
    assert "/setinline at @BotFather" in said
    assert "找 @BotFather 发 /setinline" in said


def test_documents_that_are_not_there_are_wrong(
    standin: StandIn, setup: Callable[..., Setup], tmp_path: Path
) -> None:
    said = wrong(checked(standin, setup(documents=tmp_path / "nowhere")))
    assert said.startswith("✗ DOCUMENTS_DIR is wrong: The folder ")
    assert "is not there: create it" in said


def test_an_empty_folder_and_what_cannot_be_read_are_hints(
    standin: StandIn, setup: Callable[..., Setup], documents: Path
) -> None:
    (documents / "渡口.txt").rename(documents / "_term.txt")
    said = hints(checked(standin, setup()))
    assert any("is empty: put documents into it" in line for line in said)
    assert any(line.startswith("1 problem; `python -m retrieval check`") for line in said)


@pytest.mark.usefixtures("jieba_loaded")
def test_there_are_as_many_problems_as_the_list_of_documents_says(
    standin: StandIn, setup: Callable[..., Setup], documents: Path
) -> None:
    (documents / "坏.pdf").write_bytes(b"%PDF-1.7 nothing")
    (documents / "空.txt").touch()
    (documents / "旧.doc").write_bytes(b"old")
    (documents / "外").symlink_to("/")
    (documents / "_terms.txt").write_text("茶\n", encoding="utf-8")
    usual = setup()
    library = Shelf(usual.documents, usual.index).open()
    assert len(library.problems) == 5
    assert any(line.startswith("5 problems; ") for line in hints(checked(standin, usual)))


@pytest.mark.usefixtures("jieba_loaded")
def test_an_index_that_is_older_than_the_documents_is_a_hint(
    standin: StandIn, setup: Callable[..., Setup], documents: Path
) -> None:
    usual = setup()
    Shelf(usual.documents, usual.index).open()
    (documents / "集市.txt").write_text("集市五点半开市。", encoding="utf-8")
    assert any("have changed since" in line for line in hints(checked(standin, usual)))


def test_without_an_index_the_next_start_makes_it_and_the_check_does_not(
    standin: StandIn, setup: Callable[..., Setup], tmp_path: Path
) -> None:
    said = hints(checked(standin, setup()))
    assert any("the next start makes it" in line for line in said)
    assert not (tmp_path / "index").exists()


def test_an_index_folder_that_cannot_be_written_is_wrong_and_it_is_said_what_to_do(
    standin: StandIn, setup: Callable[..., Setup], tmp_path: Path
) -> None:
    (tmp_path / "index").touch()
    said = wrong(checked(standin, setup()))
    assert said.startswith(f"✗ INDEX_DIR cannot be written: {tmp_path / 'index'}")
    assert "or set INDEX_DIR to another folder" in said
    assert "或者把 INDEX_DIR 设成别的文件夹" in said


def test_a_disk_that_is_nearly_full_is_a_hint(
    standin: StandIn, setup: Callable[..., Setup], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.disks.free", lambda _: 5 << 20)
    assert any(line.startswith("5 MB are free") for line in hints(checked(standin, setup())))


def test_a_disk_that_forgets_is_a_hint_unless_that_is_set(
    standin: StandIn, setup: Callable[..., Setup], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.disks.is_fleeting", lambda _: True)
    for is_persistent in (True, False):
        said = hints(checked(standin, setup(is_persistent=is_persistent)))
        assert any("set PERSISTENT=no" in line for line in said) is is_persistent


def test_without_admins_that_is_a_hint(standin: StandIn, setup: Callable[..., Setup]) -> None:
    assert any(
        line.startswith("ADMINS is not set") for line in hints(checked(standin, setup(admins=frozenset())))
    )


def test_a_health_port_that_is_taken_is_a_hint(standin: StandIn, setup: Callable[..., Setup]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert any(
            line.startswith(f"HEALTH_PORT {port}")
            for line in hints(checked(standin, setup(health_port=port)))
        )
    _, lines = checked(standin, setup(health_port=port))
    assert any(line.startswith(f"✓ Port {port} is free") for line in lines)


def test_a_token_that_is_refused_is_wrong(standin: StandIn, setup: Callable[..., Setup]) -> None:
    said = wrong(checked(standin, setup(token="123456:another")))  # noqa: S106 - nobody's token
    assert said.startswith("✗ BOT_TOKEN is refused by Telegram")


def test_no_token_is_wrong(standin: StandIn, setup: Callable[..., Setup]) -> None:
    assert wrong(checked(standin, setup(token=None))).startswith("✗ BOT_TOKEN is not set")


def test_an_error_of_telegram_s_is_said_as_such(standin: StandIn, setup: Callable[..., Setup]) -> None:
    standin.fail_next("getMe", 502, "Bad Gateway")
    said = wrong(checked(standin, setup()))
    assert said.startswith("✗ Telegram is out of reach at example.org (Bad Gateway)")
    assert "password" not in said


def test_what_answers_and_is_not_telegram_is_said_as_such(setup: Callable[..., Setup]) -> None:
    class Portal(StandInRequest):
        """A network where one has to log in."""

        async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
            raise StrangerError

    lines: list[str] = []
    assert check(setup(), lambda: Portal(StandIn()), lines.append) == 2
    assert lines[-1].startswith("✗ What answers at example.org is not Telegram: a gateway, a login page, or")


# As a process.


def ended(tmp_path: Path, documents: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """What `python -m bot --check` said, in an empty folder, so that no `.env` is read."""
    passed = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    places = {"DOCUMENTS_DIR": str(documents), "INDEX_DIR": str(tmp_path / "index")}
    return subprocess.run(
        [sys.executable, "-m", "bot", "--check"],
        cwd=tmp_path,
        env={**passed, "PYTHONPATH": str(PROJECT), **places, **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_over_http_a_bot_that_can_serve_ends_with_0(
    standin: StandIn, tmp_path: Path, documents: Path
) -> None:
    with standin.serve() as api:
        done = ended(tmp_path, documents, BOT_TOKEN=standin.token, BOT_API_URL=api)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "✓ The settings can be used. 设置都能用。"
    assert "it is @chuchu_bot." in done.stdout
    assert {call.method for call in standin.calls} == {"getMe"}


def test_over_http_telegram_out_of_reach_ends_with_2_and_the_token_is_nowhere(
    standin: StandIn, tmp_path: Path, documents: Path
) -> None:
    with standin.serve() as api:
        address = api
    done = ended(tmp_path, documents, BOT_TOKEN=standin.token, BOT_API_URL=address, LOG_LEVEL="DEBUG")
    assert (done.returncode, done.stderr) == (2, "")
    assert "✗ Telegram is out of reach at 127.0.0.1" in done.stdout
    assert standin.token.partition(":")[2] not in done.stdout


def test_whoever_reads_only_the_first_line_sees_no_traceback(
    environment: Environment, tmp_path: Path
) -> None:
    with running(environment | {"PYTHONUNBUFFERED": "1"}, tmp_path, "--check") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
        assert process.wait(TIMEOUT) == 2  # there is no token


def test_what_dot_env_sets_that_is_no_setting_is_a_hint(tmp_path: Path, documents: Path) -> None:
    (tmp_path / ".env").write_text("ADMIN=1\nSOMETHING_ELSE=2\n", encoding="utf-8")
    lines = ended(tmp_path, documents).stdout.splitlines()
    assert lines[1].startswith("! ADMIN in .env is no setting: did you mean ADMINS? ")
    assert lines[2].startswith("! SOMETHING_ELSE in .env is no setting")


def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, documents: Path) -> None:
    done = ended(tmp_path, documents, PASSAGES="many")
    assert done.returncode == 2
    assert done.stderr.startswith("PASSAGES is wrong: ")

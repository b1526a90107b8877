"""The systemd unit keeps what the bot relies on."""

import shutil
import subprocess
from configparser import RawConfigParser, SectionProxy
from pathlib import Path, PurePosixPath

import pytest

from config.settings import Settings

UNIT = Path(__file__).parent.parent / "deploy" / "chuchu.service"


@pytest.fixture
def service() -> SectionProxy:
    unit = RawConfigParser(delimiters="=", comment_prefixes="#")
    unit.optionxform = str  # type: ignore[assignment,method-assign] - systemd's names have capitals
    unit.read(UNIT, encoding="utf-8")
    return unit["Service"]


def test_it_starts_again_but_for_what_has_to_be_mended_first(service: SectionProxy) -> None:
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"] == "2"


def test_it_has_longer_to_stop_than_it_needs(service: SectionProxy) -> None:
    assert int(service["TimeoutStopSec"]) > 10
    assert service["KillMode"] == "mixed"  # its children are not told, or a file would seem unreadable


def test_the_folders_of_the_example_can_be_written_and_nothing_else(service: SectionProxy) -> None:
    assert service["ProtectSystem"] == "strict"
    home = PurePosixPath(service["WorkingDirectory"])
    made = {PurePosixPath("/var/lib") / name for name in service["StateDirectory"].split()}
    for name in ("documents_dir", "index_dir"):
        assert home / Settings.model_fields[name].default in made
    assert {PurePosixPath(path) for path in service["ReadWritePaths"].split()} == {home}


def test_the_processes_that_read_documents_can_be_started(service: SectionProxy) -> None:
    assert "MemoryDenyWriteExecute" not in service
    assert service["SystemCallFilter"] == "@system-service"  # has limits of processes, and inotify
    assert service["OOMPolicy"] == "continue"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8")
    start = next(line for line in text.splitlines() if line.startswith("ExecStart="))
    unit.write_text(text.replace(start, "ExecStart=/bin/true"), encoding="utf-8")  # ours is not installed
    verify = ["systemd-analyze", "verify", str(unit)]
    done = subprocess.run(verify, capture_output=True, text=True, check=False, timeout=60)
    assert [line for line in done.stderr.splitlines() if UNIT.name in line] == []  # others are not ours

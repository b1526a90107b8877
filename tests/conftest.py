"""What several tests share: the sample documents, opened once, and an environment without settings."""

import gc
import os
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from conversation import Open, library_of
from hypothesis import settings
from process import Environment, environment_in
from standin import Chat, Person, StandIn

from config.settings import Settings
from retrieval.dictionary import place
from retrieval.documents import Document
from retrieval.library import Library, open_library
from retrieval.reading import read_folder
from retrieval.tokens import Tokenizer

TESTS = Path(__file__).parent
SAMPLE = TESTS.parent / "documents"

# What is compiled is kept even where Python is told not to: each process would compile all of it again, and
# pytest rewrites each assertion before, which takes longer than most of the tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# How long an example takes is the machine's affair; the whole suite is to take minutes.
settings.register_profile("promises", deadline=None, max_examples=20)
settings.load_profile("promises")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Let each of several processes load its share of the tests first, so that none compiles all of them."""
    told = getattr(session.config, "workerinput", None)
    if told:
        number = int(told["workerid"].removeprefix("gw"))
        for path in sorted(TESTS.glob("test_*.py"))[number :: told["workercount"]]:
            with suppress(Exception):  # what is wrong with it is said when it is collected
                import_module(path.stem)


def pytest_collection_finish() -> None:
    """Let Python look no more for what is garbage among the tests themselves."""
    gc.freeze()


@pytest.fixture(scope="session")
def derived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where jieba keeps its dictionary, so that it is read once for all tests."""
    return tmp_path_factory.mktemp("derived")


@pytest.fixture(scope="session")
def sample_library(derived: Path) -> Library:
    return open_library(SAMPLE, derived)


@pytest.fixture(scope="session")
def dictionary(derived: Path, sample_library: Library) -> Path:  # noqa: ARG001 - which makes it
    """Return the file of the dictionary; a start without one takes a second for it."""
    return place(derived)


@pytest.fixture(scope="session")
def sample_documents() -> tuple[Document, ...]:
    return read_folder(SAMPLE).documents


@pytest.fixture(scope="session")
def tokenizer(sample_library: Library) -> Tokenizer:
    return sample_library.index.tokenizer


@pytest.fixture
def jieba_loaded(tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let libraries without terms of their own be opened with the one tokenizer that is loaded already."""

    def loaded(derived: Path, terms: Sequence[str] = ()) -> Tokenizer:
        return Tokenizer(derived, terms) if terms else tokenizer

    monkeypatch.setattr("retrieval.library.Tokenizer", loaded)


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Unset every setting and go to an empty folder, where no `.env` is; return it."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def standin() -> StandIn:
    """A Bot API server for one test."""
    return StandIn()


@pytest.fixture
def alice(standin: StandIn) -> Person:
    """Somebody who uses Telegram."""
    return standin.person("Alice")


@pytest.fixture
def chat(standin: StandIn, alice: Person) -> Chat:
    """Her private chat with the bot."""
    return standin.private(alice)


@pytest.fixture
def group(standin: StandIn) -> Chat:
    """A group that the bot is in."""
    return standin.group("读书会")


@pytest.fixture
def opened(tmp_path: Path, jieba_loaded: None) -> Open:  # noqa: ARG001 - for what it does
    """Opens a folder that holds some files."""
    return lambda files: open_library(library_of(tmp_path / "documents", files), tmp_path / "derived")


@pytest.fixture
def unused_port() -> int:
    """A port of this machine that nobody listens on, for the moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture
def environment(tmp_path: Path, dictionary: Path) -> Environment:
    """The environment of a worker with one document and nothing else set."""
    return environment_in(tmp_path, dictionary)

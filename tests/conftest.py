"""What several tests share: the sample documents, opened once, and an environment without settings."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from config.settings import Settings
from retrieval.documents import Document
from retrieval.library import Library, open_library
from retrieval.reading import read_folder
from retrieval.tokens import Tokenizer

SAMPLE = Path(__file__).parent.parent / "documents"

# How long an example takes is the machine's affair; the whole suite takes two minutes.
settings.register_profile("promises", deadline=None, max_examples=30)
settings.load_profile("promises")


@pytest.fixture(scope="session")
def derived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where jieba keeps its dictionary, so that it is read once for all tests."""
    return tmp_path_factory.mktemp("derived")


@pytest.fixture(scope="session")
def sample_library(derived: Path) -> Library:
    return open_library(SAMPLE, derived)


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

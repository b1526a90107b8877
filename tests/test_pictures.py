"""The pictures of replies: what is photographed, without the browser."""

import re
from pathlib import Path

from bot.wording import LANGUAGES
from pictures.__main__ import HERE, page, scenes
from retrieval.library import Library

README = Path(__file__).parent.parent / "README.md"


def test_every_scene_shows_its_reply_with_its_buttons(sample_library: Library) -> None:
    for _, messages in scenes(sample_library):
        html = page(messages)
        for said in messages:
            assert all(f"<div>{button.label}</div>" in html for button in said.reply.buttons)


def test_every_kind_of_answer_is_shown_in_every_language(sample_library: Library) -> None:
    names = [name for name, _ in scenes(sample_library)]
    for wording in LANGUAGES:
        kinds = ("perhaps", "none", "changed", "passage")
        assert {f"{kind}-{wording.language}" for kind in kinds} <= {*names}


def test_the_readme_shows_pictures_of_scenes_that_there_are(sample_library: Library) -> None:
    shown = re.findall(r"pictures/(\w+)\.png", README.read_text(encoding="utf-8"))
    assert {*shown} == {"answer", "document", "group"} <= {name for name, _ in scenes(sample_library)}
    assert all((HERE / f"{name}.png").is_file() for name in shown)

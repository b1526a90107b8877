"""Replies -> pictures of them, as Telegram shows them in a chat, about: python -m pictures.

They are made of the sample documents by the code that answers, and photographed by Chromium without a window
(`apt install chromium fonts-noto-cjk fonts-noto-color-emoji` on Debian).
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageChops

from bot.answering import Inquiry, answered, viewed
from bot.callbacks import Action, Ask
from bot.documents import document_card
from bot.reply import Reply
from bot.wording import CHINESE, LANGUAGES, Wording
from retrieval.addresses import Address
from retrieval.library import Library, open_library
from retrieval.search import search

HERE = Path(__file__).parent
DOCUMENTS = HERE.parent / "documents"

WIDTH, TALLEST, SCALE = 460, 2400, 2
"""Pixels of a page as a browser counts them, and how many of a picture each is."""

PASSAGES = 3
BOT = "chuchu_bot"

STYLE = """
* { margin: 0; box-sizing: border-box }
body { background: #c7d9b7; font: 15px/1.45 "Noto Sans CJK SC", "Noto Color Emoji", sans-serif; padding: 14px;
  width: 460px }
.message { max-width: 400px; margin-bottom: 10px; width: fit-content }
.bubble { background: #fff; border-radius: 14px; padding: 7px 12px 8px; white-space: pre-wrap;
  overflow-wrap: anywhere; box-shadow: 0 1px 1px #0002 }
.mine { margin-left: auto } .mine .bubble { background: #e3fdc9 }
.name { font-weight: 600; color: #c0532b; font-size: 14px; white-space: normal }
.answers { border-left: 3px solid #3b8fd6; background: #3b8fd61a; border-radius: 4px; padding: 1px 8px;
  margin: 2px 0 5px; font-size: 13.5px; white-space: normal; color: #444 }
blockquote { border-left: 3px solid #3b8fd6; background: #3b8fd61a; border-radius: 4px; padding: 2px 8px;
  margin: 3px 0 }
blockquote[expandable] { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical;
  overflow: hidden }
code { font: 13.5px "Noto Sans Mono CJK SC", monospace; color: #b0413e }
a { color: #2678b6; text-decoration: none }
.row { display: flex; gap: 4px; margin-top: 4px }
.row div { flex: 1; background: #6b8a5acc; color: #fff; text-align: center; border-radius: 8px;
  padding: 6px 4px; font-size: 14px }
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A message in a picture: who wrote it (nobody: whose telephone it is), and what it answers."""

    reply: Reply
    by: str = ""
    answers: str = ""


def main() -> None:
    """Make the pictures of each scene, or of some, in a folder."""
    parser = argparse.ArgumentParser(prog="python -m pictures", description=__doc__)
    parser.add_argument("scenes", nargs="*", help="the names of some, else all")
    parser.add_argument("--folder", type=Path, default=HERE, help="where to put them")
    parser.add_argument("--chromium", default=shutil.which("chromium"), help="the browser")
    options = parser.parse_args()
    if options.chromium is None:
        sys.exit("There is no chromium: apt install chromium fonts-noto-cjk fonts-noto-color-emoji")
    options.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as derived:
        library = open_library(DOCUMENTS, Path(derived))
        for name, scene in scenes(library):
            if not options.scenes or name in options.scenes:
                photograph(page(scene), options.folder / f"{name}.png", options.chromium)
                print(options.folder / f"{name}.png")


def scenes(library: Library) -> Iterator[tuple[str, list[Said]]]:
    """The scenes, with their names: three for the README, and each reply in each language."""
    question = "集市几点收市？"
    yield "answer", [Said(Reply(question)), Said(_answer(CHINESE, library, question), "出处", question)]
    yield (
        "document",
        [Said(Reply("/list")), Said(_card(CHINESE, library, "青石镇集市管理办法.txt"), "出处", "/list")],
    )
    asked = "/ask@chuchu_bot 春季研学哪天出发"
    yield (
        "group",
        [
            Said(Reply("研学是哪天来着？我记得是四月"), "苏婷"),
            Said(Reply(escape(asked, quote=False)), "田婶"),
            Said(_answer(CHINESE, library, asked.partition(" ")[2], in_group=True), "出处", asked),
        ],
    )
    for wording in LANGUAGES:
        here = wording.language
        for name, text in (("perhaps", "集市的停车费"), ("none", "渡囗几点开"), ("changed", "渡囗几点开")):
            reply = _answer(wording, library, text, change=name == "changed")
            yield f"{name}-{here}", [Said(Reply(text)), Said(reply, "出处", text)]
        yield (
            f"passage-{here}",
            [Said(Reply(question)), Said(_view(wording, library, question), "出处", question)],
        )


def _answer(
    wording: Wording, library: Library, question: str, *, in_group: bool = False, change: bool = False
) -> Reply:
    ask = Ask(Action.ANSWER)
    done = answered(wording, library, Inquiry(question, ask, BOT, in_group), PASSAGES)
    if change:
        ask = Ask.read(done.reply.buttons[0].data) or ask
        done = answered(wording, library, Inquiry(question, ask, BOT, in_group), PASSAGES)
    return done.reply


def _view(wording: Wording, library: Library, question: str) -> Reply:
    best = search(library.index, question, 1).hits[0].passage
    return viewed(wording, library, Inquiry(question, Ask(Action.PASSAGE, passage=Address.of(best)), BOT))


def _card(wording: Wording, library: Library, source: str) -> Reply:
    number = [document.source for document in library.index.documents].index(source)
    return document_card(wording, library, number, Ask(Action.DOCUMENT), BOT)


def page(messages: list[Said]) -> str:
    """A page of HTML with the messages of a chat."""
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{"".join(map(_message, messages))}'


def _message(said: Said) -> str:
    name = f'<div class="name">{escape(said.by)}</div>' if said.by else ""
    answers = f'<div class="answers">{escape(said.answers)}</div>' if said.answers else ""
    # A line break beside a quotation is the quotation's own.
    html = said.reply.html.replace("\n<blockquote", "<blockquote").replace("</blockquote>\n", "</blockquote>")
    rows = "".join(
        f'<div class="row">{"".join(f"<div>{escape(button.label)}</div>" for button in row)}</div>'
        for row in said.reply.rows
        if row
    )
    kind = "message" if said.by else "message mine"
    return f'<div class="{kind}"><div class="bubble">{name}{answers}{html}</div>{rows}</div>'


def photograph(html: str, target: Path, chromium: str) -> None:
    """Write a picture of a page, as tall as what is on it. Raises CalledProcessError."""
    with TemporaryDirectory() as folder:
        source, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        source.write_text(html, encoding="utf-8")
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [f"--force-device-scale-factor={SCALE}", f"--window-size={WIDTH},{TALLEST}"]
        command += [f"--user-data-dir={folder}/profile", f"--screenshot={shot}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
        with Image.open(shot) as picture:
            whole = picture.convert("RGB")
    ground = Image.new("RGB", whole.size, whole.getpixel((0, 0)))
    box = ImageChops.difference(whole, ground).getbbox() or (0, 0, *whole.size)
    whole.crop((0, 0, whole.width, min(whole.height, box[3] + 14 * SCALE))).quantize(128).save(
        target, optimize=True
    )


if __name__ == "__main__":
    main()

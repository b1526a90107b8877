"""Replies are Telegram's HTML, within its limits, in the documents' own words."""

import re
from dataclasses import replace
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standin_entities import Entity, utf16_length, utf16_slice
from standin_html import parse_html

from bot import replies
from bot.callbacks import Action, Ask
from bot.cards import place_of
from bot.documents import asking_in, document_card, listing
from bot.limits import LONGEST_TEXT, MOST_ENTITIES, fitting, sendable, shorten, shorten_middle, units
from bot.replies import Asked
from bot.reply import Reply
from bot.views import LONGEST_COPY, copied, view
from bot.wording import CHINESE, ENGLISH, LANGUAGES, Wording, wording_for
from retrieval.addresses import hash_of
from retrieval.documents import Document, SheetRow, Span
from retrieval.explaining import explain
from retrieval.indexing.memory import indexed
from retrieval.library import Library
from retrieval.near import near
from retrieval.problems import Problem, Reason
from retrieval.readers.plain import read_plain
from retrieval.search import search
from retrieval.tokens import Tokenizer
from retrieval.verdicts import Verdict

SENTENCES = (
    "渡船每天早上六点开，晚上八点停。",
    "按下 <确定> & 保存；",
    "𠮷野家😀的第3条规定！",
    "Terms & conditions apply.",
    "\n\n",
    "\n第二章 罚则\n",
    "“好的，”她说，“我们走吧。”",
    "\u202e\u0000\ud800",
)
texts = st.lists(st.sampled_from(SENTENCES) | st.text(max_size=40), min_size=1, max_size=60).map("".join)
names = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=120)
wordings = st.sampled_from(LANGUAGES)
hashes = st.text().map(hash_of)
ASKS = st.builds(
    Ask,
    st.just(Action.ANSWER),
    st.integers(0, 2),
    st.integers(0, 2**52),
    st.none() | hashes,
    st.integers(0, 9),
)
ASKED = Asked(Ask(Action.ANSWER), "chuchu_bot")


def library_of(tokenizer: Tokenizer, texts: dict[str, str]) -> Library:
    contents = {source: read_plain(text) for source, text in texts.items()}
    documents = [Document(s, c.title or s, c.text, c.paragraphs) for s, c in contents.items()]
    problems = tuple(Problem(source, reason) for source in texts for reason in Reason)
    return Library(indexed(documents, tokenizer), problems, None)


def accepted(reply: Reply) -> tuple[str, list[Entity]]:
    """The text and entities of a reply that Telegram would take."""
    text, entities = parse_html(reply.html.encode("utf-8", "replace").decode())
    assert utf16_length(text) <= LONGEST_TEXT
    assert len(entities) <= MOST_ENTITIES
    assert len(reply.rows) == len([row for row in reply.rows if len(row) <= 8])
    for button in reply.buttons:
        assert button.label
        assert bool(button.data) != bool(button.copied)
        assert len(button.data.encode()) <= 64
        assert utf16_length(button.copied) <= LONGEST_COPY
    assert utf16_length(reply.prompt) <= 64
    return text, entities


@given(st.dictionaries(names, texts, min_size=1, max_size=4), wordings, st.integers(1, 10), st.data())
def test_any_answer_is_taken_by_telegram_and_quotes_the_document(
    tokenizer: Tokenizer, files: dict[str, str], wording: Wording, passages: int, data: st.DataObject
) -> None:
    library = library_of(tokenizer, files)
    text = data.draw(st.sampled_from(sorted(files.values())))
    start = data.draw(st.integers(0, len(text)))
    ask = data.draw(ASKS)
    skip = ask.page * passages
    answer = search(library.index, text[start : start + 30], passages, distinct=True, skip=skip)
    offers = near(library.index, answer.question, 4)
    changed = data.draw(st.none() | st.tuples(texts, texts))
    how = Asked(ask, "chuchu_bot", data.draw(st.booleans()), changed, data.draw(st.none() | texts))
    shown, entities = accepted(replies.answered(wording, library, answer, how, offers))
    quotes = [utf16_slice(shown, e.offset, e.length) for e in entities if "blockquote" in e.type]
    assert len(quotes) <= (0 if answer.verdict is Verdict.NONE else len(answer.distinct))
    said = "\0".join(hit.passage.text for hit, _ in answer.distinct)
    said = sendable(said)
    for quote in quotes:
        words = quote.removeprefix("…").removesuffix("…")
        assert "".join(words.split()) in "".join(said.split())


@given(st.dictionaries(names, texts, min_size=1, max_size=3), wordings, st.data())
def test_any_passage_and_any_document_can_be_shown_by_itself(
    tokenizer: Tokenizer, files: dict[str, str], wording: Wording, data: st.DataObject
) -> None:
    library = library_of(tokenizer, files)
    ask = data.draw(ASKS)
    for number in range(len(library.index.passages)):
        for action in (Action.PASSAGE, Action.READ):
            here = replace(ask, action=action)
            spans = [Span(n, n + 1) for n in range(0, len(library.index.passages[number].text), 2)]
            accepted(view(wording, library.index, number, here, "chuchu_bot", matches=spans))
            accepted(view(wording, library.index, number, here, "chuchu_bot", is_same=False))
    for number in range(len(library.index.documents)):
        accepted(document_card(wording, library, number, ask, "chuchu_bot"))
        accepted(asking_in(wording, library, number, "chuchu_bot"))


def test_what_is_copied_is_the_passage_with_its_source_or_its_sentence(sample_library: Library) -> None:
    for passage in sample_library.index.passages:
        text = copied(passage, "第 1 段", Span(0, 10))
        said, _, source = text.rpartition("\n—— ")
        assert source.endswith(f"{passage.origin.source} · 第 1 段")
        assert said in {passage.text.strip(), passage.text[:10].strip()}
        assert len(text) <= LONGEST_COPY


@given(st.dictionaries(names, texts, min_size=1, max_size=4), wordings, st.text(max_size=60) | texts)
def test_any_reasons_are_taken_by_telegram(
    tokenizer: Tokenizer, files: dict[str, str], wording: Wording, question: str
) -> None:
    accepted(replies.reasons(wording, explain(library_of(tokenizer, files).index, question, 10)))


FEE = "摆摊的每天交五元，早市减半，收市以后自己打扫干净。"


def test_a_passage_of_several_files_is_shown_once_with_the_places_where_it_stands(
    tokenizer: Tokenizer,
) -> None:
    library = library_of(
        tokenizer, {f"{name}.txt": FEE for name in "甲乙丙丁戊己"} | {"庚.txt": "渡船停航。"}
    )
    reply = replies.answered(
        CHINESE, library, search(library.index, "摆摊每天交多少", 3, distinct=True), ASKED
    )
    text, _ = accepted(reply)
    assert text.count(FEE) == 1
    assert text.endswith(
        "📄 甲.txt · 第 1 段\n另见：乙.txt · 第 1 段；丙.txt · 第 1 段；丁.txt · 第 1 段；还有 2 处"
    )


def test_a_row_of_a_spreadsheet_is_placed_as_its_program_counts_it(sample_library: Library) -> None:
    passage = replace(sample_library.index.passages[0], row=SheetRow(7))
    assert [place_of(wording, passage) for wording in (CHINESE, ENGLISH)] == ["第 7 行", "row 7"]
    assert place_of(CHINESE, replace(passage, row=SheetRow(7, "Sheet2"))) == "Sheet2 第 7 行"
    assert len(place_of(CHINESE, replace(passage, row=SheetRow(7, "S" * 999)))) < 50


def test_a_weak_answer_says_which_words_stand_there(sample_library: Library) -> None:
    answer = search(sample_library.index, "火星上报销差旅", 3, distinct=True)
    text, _ = accepted(replies.answered(CHINESE, sample_library, answer, ASKED))
    assert "火星 ✗  报销 ✓  差旅 ✗" in text.splitlines()
    answer = search(sample_library.index, "集市几点收市", 3, distinct=True)
    assert "✓" not in replies.answered(CHINESE, sample_library, answer, ASKED).html


def test_a_sure_answer_says_which_words_stand_nowhere(tokenizer: Tokenizer) -> None:
    library = library_of(
        tokenizer, {"须知.txt": "阅览室里的电脑可以上网，密码问服务台。", "集市.txt": "集市五点开。"}
    )
    answer = search(library.index, "阅览室电脑上网的密码是多少，有wifi吗", 3, distinct=True)
    text, _ = accepted(replies.answered(CHINESE, library, answer, ASKED))
    assert answer.verdict is Verdict.FOUND
    assert text.startswith("文档里没有提到：wifi\n")


def test_words_that_nobody_knows_are_not_found(sample_library: Library) -> None:
    for asked in ("哪吒是谁", "妲己是谁"):
        answer = search(sample_library.index, asked, 3, distinct=True)
        text, _ = accepted(replies.answered(CHINESE, sample_library, answer, ASKED))
        assert text.startswith(CHINESE.none)


def test_what_is_quoted_in_vain_is_said(sample_library: Library) -> None:
    answer = search(sample_library.index, "“摆摊费”多少钱", 3, distinct=True)
    text, _ = accepted(replies.answered(CHINESE, sample_library, answer, ASKED))
    assert CHINESE.perhaps in text
    assert "没有哪一段原样写着“摆摊费”" in text
    answer = search(sample_library.index, "“罚款”“编织车间”", 3, distinct=True)
    assert (
        "没有哪一段同时原样写着“罚款”“编织车间”"
        in replies.answered(CHINESE, sample_library, answer, ASKED).html
    )
    text, _ = accepted(replies.reasons(CHINESE, explain(sample_library.index, "“罚款”“编织车间”", 3)))
    assert "引号里的要原样出现：“罚款”“编织车间”\n没有一段符合" in text


def test_what_is_quoted_in_vain_is_said_also_where_nothing_answers(sample_library: Library) -> None:
    answer = search(sample_library.index, "“超导量子”计算机芯片怎样设计", 3, distinct=True)
    assert answer.verdict is Verdict.NONE
    text, _ = accepted(replies.answered(CHINESE, sample_library, answer, ASKED))
    assert text.splitlines()[-1] == "没有哪一段原样写着“超导量子”。"
    text, _ = accepted(replies.answered(ENGLISH, sample_library, answer, ASKED))
    assert text.splitlines()[-1] == "No passage says “超导量子” word for word."


@pytest.mark.parametrize("wording", LANGUAGES)
def test_the_reasons_of_an_empty_folder_are_that_it_is_empty(tokenizer: Tokenizer, wording: Wording) -> None:
    assert replies.reasons(wording, explain(indexed((), tokenizer), "集市几点", 3)) == Reply(wording.empty)


@pytest.mark.parametrize("wording", LANGUAGES)
def test_the_reasons_say_how_the_relevance_adds_up(sample_library: Library, wording: Wording) -> None:
    text, _ = accepted(replies.reasons(wording, explain(sample_library.index, "集市几点收摊", 3)))
    heading, parts = text.splitlines()[:2]
    total = float(re.search(r"\d\.\d+", heading)[0])  # type: ignore[index]
    of_sentence, sentence, of_document, document, length = map(float, re.findall(r"\d\.\d+", parts))
    assert total == pytest.approx(of_sentence * sentence + of_document * document + length, abs=0.02)


def test_the_reasons_say_that_one_character_is_judged_otherwise(sample_library: Library) -> None:
    text, _ = accepted(replies.reasons(CHINESE, explain(sample_library.index, "茶", 3)))
    assert text.splitlines()[1] == "只问一个字时，看有多少段含有它。"


def test_the_reasons_say_what_the_kind_of_answer_counts(sample_library: Library) -> None:
    explanation = explain(sample_library.index, "集市几点收摊", 3)
    assert "有的多算 10%" in replies.reasons(CHINESE, explanation).html
    assert "counts 10% more" in replies.reasons(ENGLISH, explanation).html


@pytest.mark.parametrize(("question", "bonus"), [("集市几点收市", 1.1), ("集市的摊位费", 1)])
def test_the_reasons_add_up_to_the_score(sample_library: Library, question: str, bonus: float) -> None:
    text, _ = accepted(replies.reasons(CHINESE, explain(sample_library.index, question, 3)))
    first = text.partition("\n1. ")[2].splitlines()[1]
    total = re.fullmatch(r"得分 ([0-9.]+) = \(?段落 ([0-9.]+) \+ 全文 ([0-9.]+)(.*)", first)
    assert total is not None
    score, passage, document = map(float, total.groups()[:3])
    assert score == pytest.approx((passage + document) * bonus, abs=0.02)
    assert total[4] == (") × 1.1（有所问的那类内容）" if bonus > 1 else "")


def test_the_reasons_say_which_part_of_a_token_is_which(sample_library: Library) -> None:
    text, _ = accepted(replies.reasons(CHINESE, explain(sample_library.index, "集市几点收摊", 3)))
    assert "集市 · 收摊" in text
    assert re.search(r"得分 .*\n其中（段落 \+ 全文）：\n集市 [0-9.]+ \+ [0-9.]+$", text, re.MULTILINE)


@given(
    files=st.dictionaries(names, texts, max_size=25),
    wording=wordings,
    page=st.integers(0, 9),
    admin=st.booleans(),
)
def test_any_page_of_the_list_is_taken_by_telegram(
    tokenizer: Tokenizer, files: dict[str, str], wording: Wording, page: int, *, admin: bool
) -> None:
    ask = Ask(Action.DOCUMENTS, page)
    accepted(listing(wording, library_of(tokenizer, files), ask, for_admin=admin))


def listed(tokenizer: Tokenizer, problems: list[Problem], wording: Wording = CHINESE) -> list[str]:
    """The lines on problems of the list of one document."""
    library = replace(library_of(tokenizer, {"渡口.txt": "渡船八点开。"}), problems=tuple(problems))
    text, _ = accepted(listing(wording, library, Ask(Action.DOCUMENTS), for_admin=True))
    return text.split("⚠️ ")[1].splitlines()


def test_of_many_problems_the_list_names_the_first_counts_the_others_and_says_where_they_are(
    tokenizer: Tokenizer,
) -> None:
    problems = [Problem(f"{'很长的文件夹名/' * 20}旧文件{n}.doc", Reason.DOCUMENT) for n in range(200)]
    heading, *named, last = listed(tokenizer, problems)
    assert heading == "有 200 处问题："
    assert len(named) == 5
    assert all("旧文件" in line and line.endswith("另存为 .docx") for line in named)
    assert "还有 195 处" in last
    assert "python -m retrieval check" in last
    assert "195 more" in listed(tokenizer, problems, ENGLISH)[-1]


def test_what_is_not_served_is_named_before_what_is(tokenizer: Tokenizer) -> None:
    damaged = [Problem(f"{n}.txt", Reason.REPLACED, "3") for n in range(9)]
    lines = listed(tokenizer, [*damaged, Problem("外.txt", Reason.OUTSIDE), Problem("断", Reason.NOWHERE)])
    assert lines[1].endswith(CHINESE.reasons[Reason.OUTSIDE])
    assert lines[2].endswith(CHINESE.reasons[Reason.NOWHERE])
    assert lines[3].endswith("有 3 个字符已损坏")


@given(st.text() | texts, st.integers(4, 200))
def test_what_is_shortened_fits_and_keeps_its_beginning(text: str, room: int) -> None:
    for short in (shorten(text, room), shorten_middle(text, room)):
        assert units(short) <= room
        assert short == text or (units(text) > room and text.startswith(short.split("…")[0][:1]))
    assert units(text[: fitting(text, room)]) <= room
    assert fitting(text, units(text)) == len(text)


def test_a_file_name_that_is_too_long_keeps_its_ending() -> None:
    assert shorten_middle("很长的名字" * 40 + "甲.txt", 40).endswith("甲.txt")


# Wording.


@pytest.mark.parametrize(
    "field",
    [
        f
        for f in Wording.__dataclass_fields__
        if f not in ("commands", "admin_commands", "reasons", "verdicts")
    ],
)
def test_both_languages_fill_in_the_same_places(field: str) -> None:
    def places(wording: Wording) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(getattr(wording, field)) if name}

    assert places(CHINESE) == places(ENGLISH)


def test_both_languages_have_the_same_commands_and_reasons() -> None:
    assert list(CHINESE.commands) == list(ENGLISH.commands)
    assert list(CHINESE.admin_commands) == list(ENGLISH.admin_commands)
    assert set(CHINESE.reasons) == set(ENGLISH.reasons) == set(Reason)
    assert set(CHINESE.verdicts) == set(ENGLISH.verdicts) == set(Verdict)


@pytest.mark.parametrize(
    ("code", "wording"),
    [
        ("zh-hans", CHINESE),
        ("zh-hant", CHINESE),
        ("en", ENGLISH),
        ("en-US", ENGLISH),
        ("EN", ENGLISH),
        ("de", CHINESE),
        (None, CHINESE),
        ("", CHINESE),
    ],
)
def test_english_is_for_those_whose_telegram_speaks_it(code: str | None, wording: Wording) -> None:
    assert wording_for(code) is wording


@pytest.mark.parametrize("wording", LANGUAGES)
def test_what_is_said_inline_where_nothing_is_offered_fits_on_a_button(wording: Wording) -> None:
    said = wording.indexing_inline.format(share=1), wording.no_documents, wording.none_in_group
    assert all(0 < units(each) <= 64 for each in said)

"""What is offered in any chat to whoever writes the bot's name and a question."""

from collections.abc import Iterator

import pytest
from conversation import Conversation, conversation, library_of
from hypothesis import given
from hypothesis import strategies as st
from standin_entities import utf16_length
from standin_html import parse_html

from bot.access import Access
from bot.inline import PAGE, documents, passages
from bot.limits import LONGEST_TEXT
from bot.wording import CHINESE, LANGUAGES
from retrieval.library import Library, open_library


@pytest.fixture
def talk(sample_library: Library) -> Iterator[Conversation]:
    with conversation(sample_library, inline=True) as talk:
        yield talk
        assert not talk.standin.unanswered_inline_queries


def asked(talk: Conversation, query: str, offset: str = "") -> dict[str, object]:
    """The bot's answer to an inline query of Alice's."""
    sent = talk.standin.inline(talk.alice, query, offset=offset)
    talk.settle()
    answer = talk.standin.inline_answer(sent)
    assert answer is not None
    return dict(talk.standin.requests("answerInlineQuery")[-1])


def results(answer: dict[str, object]) -> list[dict[str, object]]:
    found = answer["results"]
    assert isinstance(found, list)
    return found


def test_a_question_offers_passages_with_where_they_stand(talk: Conversation) -> None:
    first, *others = results(asked(talk, "集市几点收市"))
    assert first["title"] == "收市时间全年都是下午两点。"
    assert "第三章　开市与收市 › 第十条 · 第 17–18 段" in str(first["description"])
    assert 1 < 1 + len(others) <= PAGE


def test_what_is_inserted_is_the_quotation_with_its_source_and_only_links(talk: Conversation) -> None:
    query = talk.standin.inline(talk.alice, "集市几点收市")
    talk.settle()
    group = talk.standin.group("读书会")
    message = talk.standin.choose(query, 0, group)
    talk.settle()
    assert "收市时间全年都是下午两点。" in message.marked("expandable_blockquote")[0]
    assert "青石镇集市管理办法.txt" in message.text
    assert message.labels == []
    assert any("?start=p_" in link for link in message.links.values())
    assert talk.standin.replies(group) == []  # it is no question to us


def test_what_is_inserted_in_private_is_no_question(talk: Conversation) -> None:
    query = talk.standin.inline(talk.alice, "集市几点收市")
    talk.settle()
    talk.standin.choose(query, 0, talk.chat)
    talk.settle()
    assert talk.standin.replies(talk.chat) == []


def test_the_pages_have_every_passage_once(talk: Conversation) -> None:
    offset, ids = "", []
    while True:
        answer = asked(talk, "集市", offset)
        ids += [result["id"] for result in results(answer)]
        following = answer.get("next_offset")
        if not following:
            break
        assert int(str(following)) == len(ids)
        offset = str(following)
    assert len(ids) == len(set(ids)) > PAGE


def test_without_a_question_the_documents_are_offered(talk: Conversation, sample_library: Library) -> None:
    titles = [result["title"] for result in results(asked(talk, ""))]
    assert titles == [document.title for document in sample_library.index.documents]


def test_nothing_is_offered_where_nothing_answers_and_it_is_said(talk: Conversation) -> None:
    answer = asked(talk, "量子计算机的工作原理")
    assert results(answer) == []
    assert "没有找到答案" in str(answer["button"])


@pytest.mark.parametrize("offset", ["x", "-1", "９", "99999"])
def test_an_offset_that_is_none_of_ours_fails_nobody(talk: Conversation, offset: str) -> None:
    assert "results" in asked(talk, "集市", offset)


def test_everybody_may_be_given_the_same_answer_unless_the_bot_is_restricted(sample_library: Library) -> None:
    with conversation(sample_library, inline=True) as talk:
        answer = asked(talk, "集市")
        assert not answer.get("is_personal")
        assert int(str(answer["cache_time"])) > 0
    with conversation(sample_library, inline=True, access=Access(users=frozenset({5001}))) as talk:
        assert asked(talk, "集市")["is_personal"]
        mallory = talk.standin.person("Mallory")
        query = talk.standin.inline(mallory, "集市")
        talk.settle()
        refused = dict(talk.standin.requests("answerInlineQuery")[-1])
        assert (results(refused), refused["is_personal"]) == ([], True)
        assert talk.standin.inline_answer(query) is not None


def test_an_answer_that_comes_too_late_is_taken_quietly(talk: Conversation) -> None:
    talk.standin.expire(talk.standin.inline(talk.alice, "集市"))
    talk.settle()
    [refusal] = talk.standin.refusals
    assert "query is too old" in refusal.description
    talk.standin.refusals.clear()


def test_an_empty_folder_offers_nothing(tmp_path: pytest.TempPathFactory, derived: object) -> None:
    del derived
    folder = library_of(tmp_path / "documents", {})  # type: ignore[operator,arg-type]
    library = open_library(folder, tmp_path / "derived")  # type: ignore[operator]
    assert documents(CHINESE, library, 0, "chuchu_bot") == ([], None)
    assert passages(CHINESE, library, "集市", 0, "chuchu_bot") == ([], None)


@given(st.text(max_size=80), st.integers(0, 40), st.sampled_from(LANGUAGES))
def test_whatever_is_offered_telegram_takes(
    sample_library: Library, question: str, skip: int, wording: object
) -> None:
    for offers, ahead in (
        passages(wording, sample_library, question, skip, "chuchu_bot"),  # type: ignore[arg-type]
        documents(wording, sample_library, skip, "chuchu_bot"),  # type: ignore[arg-type]
    ):
        assert len(offers) <= PAGE
        assert ahead is None or ahead > skip
        for offer in offers:
            assert 1 <= len(offer.id.encode()) <= 64
            text, _ = parse_html(offer.html)
            assert 0 < utf16_length(text) <= LONGEST_TEXT
            assert offer.title

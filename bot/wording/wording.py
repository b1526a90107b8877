"""What there is to say, in any language."""

from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.problems import Reason
from retrieval.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language, in Telegram's HTML, with {places} to fill in.

    `commands` describes the commands for their menu, in its order, `admin_commands` those that only admins
    have.
    """

    language: str
    commands: Mapping[str, str]
    admin_commands: Mapping[str, str]
    welcome: str
    how_to_ask: str
    how_to_ask_in_group: str
    help: str
    example: str
    usage: str
    empty: str
    empty_to_admin: str
    no_documents: str
    indexing: str
    indexing_inline: str
    perhaps: str
    none: str
    none_in_group: str
    none_in_document: str
    none_in_document_in_group: str
    near: str
    changed: str
    within: str
    before: str
    more: str
    elsewhere: str
    not_mentioned: str
    between_words: str
    unmet: str
    unmet_together: str
    unmet_nearest: str
    unmet_end: str
    quoted: str
    place: str
    places: str
    page: str
    row: str
    up: str
    down: str
    file: str
    copy: str
    back: str
    boilerplate: str
    moved: str
    passage_gone: str
    document_gone: str
    question_gone: str
    change_gone: str
    not_yours: str
    file_gone: str
    file_large: str
    files_forbidden: str
    also: str
    between_places: str
    more_places: str
    reasons_heading: str
    reasons_parts: str
    reasons_one_character: str
    reasons_cut: str
    reasons_quoted: str
    reasons_unmet: str
    reasons_kind: str
    reasons_instead: str
    reasons_hit: str
    reasons_sum: str
    reasons_bonus: str
    reasons_parts_of_tokens: str
    reasons_part: str
    reasons_more: str
    looking: str
    why_usage: str
    listing: str
    listed: str
    reply_to_ask: str
    outline: str
    outline_page: str
    ask_in: str
    ask_here: str
    to_list: str
    in_usage: str
    in_none: str
    in_many: str
    in_many_more: str
    previous_page: str
    next_page: str
    problems: str
    problem: str
    problem_line: str
    more_problems: str
    reasons: Mapping[Reason, str]
    verdicts: Mapping[Verdict, str]
    unknown_command: str
    only_text: str
    only_admins_add: str
    not_allowed: str
    too_fast: str
    admin_only: str
    reading: str
    added: str
    added_list: str
    unusable_line: str
    more_unusable_lines: str
    damaged: str
    not_added: str
    exists: str
    sent_gone: str
    replace: str
    keep_both: str
    cancel: str
    cancelled: str
    file_over_20: str
    file_over_most: str
    forgets: str
    not_saved: str
    disk_full: str
    read_only: str
    no_permission: str
    name_too_long: str
    folder_away: str
    stopping: str
    remove_usage: str
    remove_sure: str
    remove_file_sure: str
    remove_none: str
    remove: str
    removed: str
    not_removed: str
    reloading: str
    reloaded: str
    reload_failed: str
    stats: str
    minutes: str
    hours: str
    days: str
    missed: str
    missed_none: str
    missed_off: str
    privacy: str
    privacy_off: str
    lacks: str
    lacks_groups: str
    lacks_inline: str
    send_files: str
    button_expired: str
    was_away: str
    trouble: str
    apology: str
    failed: str
    may_not_write: str
    no_topic: str
    group_moved: str
    left_out: str

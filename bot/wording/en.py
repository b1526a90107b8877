"""English."""

from types import MappingProxyType

from bot.wording.wording import Wording
from retrieval.problems import Reason
from retrieval.verdicts import Verdict

ENGLISH = Wording(
    language="en",
    commands=MappingProxyType(
        {
            "ask": "Ask, for example /ask opening hours",
            "why": "Why these passages, for example /why opening hours",
            "in": "Ask one document, for example /in handbook annual leave",
            "list": "The documents there are",
            "help": "How to ask",
            "privacy": "What is kept",
            "start": "What this is",
        }
    ),
    admin_commands=MappingProxyType(
        {
            "missed": "Questions that nothing answered",
            "stats": "Documents, questions, versions",
            "remove": "Remove a document, for example /remove old rules",
            "reload": "Read the documents again",
        }
    ),
    welcome=(
        "Hello, this is <b>chuchu</b> (出处, “where it stands”).\n"
        "Ask in your own words. From the documents here ({documents}) I find the passages that answer, word "
        "for word, and say in which file and section they stand. When the documents do not answer, I say so."
    ),
    how_to_ask="Just send me a question; /list shows the documents, /help more ways to ask.",
    how_to_ask_in_group=(
        "In a group, write the question behind /ask, or reply to a message of mine; /list shows the "
        "documents, /help more ways to ask."
    ),
    help=(
        "<b>Asking</b>\n"
        "· In private: send the question, one thing at a time; a few keywords will do.\n"
        "· In a group: <code>/ask question</code>, or reply to a message of mine; where I may read "
        "the group's messages, mention me.\n"
        '· Words in quotation marks are looked for as they are: <code>"travel costs" paid when</code>.\n'
        "· Traditional or Simplified, full or half width: all the same.\n\n"
        "<b>Reading the answer</b>\n"
        "First comes the sentence that answers, the words that match in bold; the quotation is the whole "
        "passage as it stands, tap to unfold it; below stand title, file and place.\n"
        "A number opens a passage by itself: read on before and behind it, get the file, or copy the text "
        "with its source.\n\n"
        "<b>Commands</b>\n"
        "/ask a question\n/in one document\n/why these passages were found\n/list the documents\n"
        "/privacy: what is kept\n/help this page"
    ),
    example="For example: <code>{question}</code>",
    usage="Please ask something; with the command, write the question after /ask.",
    empty=(
        "The documents folder is still empty, so there is nothing to answer from. Whoever runs me puts "
        "files into it, such as .docx, .pdf or .txt."
    ),
    empty_to_admin=(
        "The documents folder is still empty, so there is nothing to answer from. Send me a file, or put one "
        "into the documents folder."
    ),
    no_documents="There are no documents yet",
    indexing="I am reading the documents, {share:.0%} done. What is asked now is answered after that.",
    indexing_inline="Reading the documents ({share:.0%} done), try again soon.",
    perhaps="I am not sure that this answers it; these passages may be related:",
    none=(
        "Nothing in the documents answers this. Try other words, such as the documents would use; "
        "/list shows which documents there are."
    ),
    none_in_group="The documents do not answer this.",
    none_in_document=(
        "Nothing in this document answers that. Try other words, or ask without naming a document."
    ),
    none_in_document_in_group="This document does not answer that.",
    near="Did you mean:",
    changed="Looked for <b>{instead}</b> instead of <b>{word}</b>:",
    within="Only in <b>{title}</b>:",
    before="‹ {numbers}",
    more="More {numbers} of {count} ›",
    elsewhere="elsewhere",
    not_mentioned="The documents do not mention: {words}",
    between_words=", ",
    unmet_together="No passage says all of “{texts}” word for word{end}",
    unmet="No passage says “{texts}” word for word{end}",
    unmet_nearest="; these come nearest:",
    unmet_end=".",
    quoted="”, “",
    place="paragraph {first}",
    places="paragraphs {first}–{last}",
    page="p. {page}",
    row="row {row}",
    up="⬆ Before",
    down="⬇ After",
    file="📄 File",
    copy="📋 Copy",
    back="← Back",
    boilerplate="(Put there by a web page or a program; it answers nothing.)",
    moved="The text itself is gone. This stands in its place now:",
    passage_gone="This text is gone, and so is its file.",
    document_gone="This document is gone.",
    question_gone="The question was deleted. Please ask again.",
    change_gone="The documents have changed. Please ask again.",
    not_yours="Somebody else asked this. Ask yourself to look around.",
    file_gone="This file is gone.",
    file_large="This file is over {most} MB, more than I can send. Ask whoever runs me.",
    files_forbidden="This group does not let me send files. Its admins can give me the permission.",
    also="Also in: ",
    between_places="; ",
    more_places="{count} more",
    reasons_heading=(
        "<b>{verdict}</b>: relevance {relevance:.2f} (found from {found:.2f}, unsure from {perhaps:.2f})"
    ),
    reasons_parts=(
        "= {of_sentence} × {sentence:.2f} (most of the question in one sentence) "
        "+ {of_document} × {document:.2f} (most in one document) + {length:.2f} (its length)"
    ),
    reasons_one_character="A single character is judged by how many passages hold it.",
    reasons_cut="Looked for: {tokens}",
    reasons_quoted="Quoted, so it must stand there as it is: “{texts}”",
    reasons_unmet="No passage does, so that the answer is not sure at best.",
    reasons_kind=(
        "A passage that holds the kind of thing asked for (a time, a number) counts {share:.0%} more."
    ),
    reasons_instead="Also as: {others}",
    reasons_hit="<b>{number}. {title}</b>\nscore {score:.2f} = {sum}",
    reasons_sum="passage {passage:.2f} + document {document:.2f}",
    reasons_bonus="({sum}) × {bonus:.1f} (of the kind asked for)",
    reasons_parts_of_tokens="of this (passage + document):",
    reasons_part="{token} {passage:.2f} + {document:.2f}",
    reasons_more="… and {count} more",
    looking="Looking …",
    why_usage="Please write the question after /why, and I say why I find those passages.",
    listing="Documents: {documents}, passages: {passages} (page {page} of {pages})",
    listed="passages: {passages}",
    reply_to_ask="\nReply to this message with a question to ask this document only.",
    outline="Contents",
    outline_page="Contents ({page}/{pages})",
    ask_in="🔍 Ask this one",
    ask_here="Ask this document …",
    to_list="☰ Documents",
    in_usage="Like this: <code>/in name question</code>, to ask one document only.",
    in_none=(
        "No document has “{name}” in its name; /list shows what there is. A blank stands between name and "
        "question, as in <code>/in handbook annual leave</code>."
    ),
    in_many="{count} documents have “{name}” in their names. Which one?",
    in_many_more="\nThese are the first {shown}; for another, write more of its name.",
    previous_page="‹ Back",
    next_page="Next ›",
    problems="⚠️ Problems: {count}",
    problem="{source}: {reason}",
    problem_line=", line {line} ({text})",
    more_problems=(
        "… and {count} more: <code>python -m retrieval check</code> on the server shows them all."
    ),
    reasons=MappingProxyType(
        {
            Reason.FORMAT: "this format is not read, save it as .docx, .pdf or .txt",
            Reason.DOCUMENT: "this format is not read, open it and save it as .docx",
            Reason.SHEET: "this format is not read, open it and save it as .xlsx, or as .docx",
            Reason.SLIDES: "this format is not read, open it and save it as .pptx, or as .docx",
            Reason.BINARY: "it is no text, open it with its program and save it as plain text",
            Reason.DAMAGED: "it is damaged, or not what its name says, open it and save it anew",
            Reason.LOCKED: "it needs a password, save it without",
            Reason.SCAN: "its pages are pictures without text, have the text recognized (OCR) and save that",
            Reason.SIZE: "it is too large, split it",
            Reason.TIME: "to read it took too long, split it or save it in another format",
            Reason.MEMORY: "to read it took too much memory, split it or save it in another format",
            Reason.CRASH: "what reads it broke down over it, open it with its program and save it anew",
            Reason.REPLACED: "it is read, but {detail} of its characters are damaged",
            Reason.PARTLY: "it is read, but a part of it is damaged ({detail}), open it and save it anew",
            Reason.FORMULAS: "it is read, but {detail} formulas hold no result, open it and save it anew",
            Reason.EMPTY: "it is empty",
            Reason.ACCESS: "it cannot be opened, check its permissions",
            Reason.OUTSIDE: "it is a link out of the folder and not followed, put the file itself there",
            Reason.NOWHERE: "it is a link that leads to nothing, remove it, or put the file itself there",
            Reason.MISPLACED: "it counts only at the top of the documents folder, move it there",
            Reason.MISNAMED: (
                "it is named almost as a list of words, rename it to _terms.txt, _stopwords.txt or "
                "_synonyms.txt, or, if it is a document, to something else"
            ),
            Reason.TERM: "one term is expected, of 2 to 40 characters",
            Reason.WORD: "one word is expected, of at most 40 characters",
            Reason.GROUP: ("two different words or more are expected, with commas or blanks between them"),
        }
    ),
    verdicts=MappingProxyType(
        {Verdict.FOUND: "Found", Verdict.PERHAPS: "Not sure", Verdict.NONE: "Not found"}
    ),
    unknown_command="There is no such command. Just send a question, or /help.",
    only_text="I can read text only. Please write your question down.",
    only_admins_add="Only files from admins are added. If you have a question, please write it down.",
    not_allowed=(
        "This bot serves certain people and groups only. If you came here from a group, please ask there."
    ),
    too_fast="That was fast! Take a breath and ask again (at most {most} times a minute).",
    admin_only="Only admins can do that.",
    reading="Got it, reading {name} …",
    added="✅ Added “{title}”: {name} (passages: {passages}). Ask away.",
    added_list="✅ Saved {name}.",
    unusable_line="⚠️ Line {line} ({text}) is of no use: {reason}",
    more_unusable_lines="… and {count} more lines are of no use.",
    damaged="⚠️ {reason}",
    not_added="❌ {name} was not added: {reason}.",
    exists="There is a {name} already. What now?",
    sent_gone="The file you sent was deleted. Please send it again.",
    replace="Replace",
    keep_both="Keep both",
    cancel="Cancel",
    cancelled="All right, nothing was changed.",
    file_over_most="{name} is over {most} MB. Put it into the documents folder.",
    file_over_20=(
        "{name} is over 20 MB, more than Telegram lets a bot fetch. Put it into the documents folder, or "
        "run a Bot API server of your own (BOT_API_URL)."
    ),
    forgets="Note: this machine forgets files at a restart. Keep a copy.",
    not_saved="It could not be saved: {reason}.",
    disk_full="the disk is full, make room and try again",
    read_only="the disk is read-only",
    no_permission="permission was denied, check the permissions of the documents folder",
    name_too_long="its name is too long, shorten it and try again",
    folder_away="the documents folder is gone, put it back",
    stopping="I am about to stop, try again when I am back",
    remove_usage="Like this: <code>/remove name</code>",
    remove_sure="Move “{title}” ({name}) to the trash folder? It will not answer any more.",
    remove_file_sure="Move {name} to the trash folder?",
    remove_none="No document and no file has “{name}” in its name. /list shows what there is.",
    remove="Remove",
    removed="🗑 {name} was moved to {trash} in the documents folder.",
    not_removed="It was not removed: {reason}.",
    reloading="Reading the documents …",
    reloaded="Done. Documents: {documents}, passages: {passages}, problems: {problems}.",
    reload_failed="The documents could not be read, so I go on as before: {reason}.",
    stats=(
        "<b>Documents</b> {documents} (passages: {passages}, problems: {problems})\n"
        "<b>Questions today</b> {asked} (not answered: {unanswered})\n"
        "<b>Index</b> made {age} ago\n"
        "<b>Versions</b> {versions}"
    ),
    minutes="{count} min",
    hours="{count} h",
    days="{count} d",
    missed="Questions that nothing answered ({page}/{pages}, newest first, without who asked):",
    missed_none="No question has gone unanswered yet.",
    missed_off="They are not kept: KEEP_MISSED is off.",
    privacy=(
        "🔒 <b>What is kept</b>\n"
        "· Apart from the next line, no questions and no answers, not in the log either: a question is kept "
        "until it is answered, the ids of messages for 30 days, so that edits and /why work.\n"
        "· Of questions that nothing answered the text, without who asked, at most 500, for 90 "
        "days{missed}.\n"
        "· The documents are searched on this machine and given to no service but Telegram."
    ),
    privacy_off=" (switched off here)",
    lacks="⚙️ For admins:\n{features}",
    lacks_groups=(
        "· In groups I do not hear mentions: /setprivacy at @BotFather, Disable, then remove me from the "
        "group and add me again."
    ),
    lacks_inline="· I cannot be used in other chats: /setinline at @BotFather.",
    send_files="· Send me a file to add it to the documents.",
    button_expired="This button does not work any more: please ask, or send the command, again.",
    trouble="⚠️ There is trouble with the disk; answering goes on: {trouble}",
    was_away=(
        "I was away for a while, and what was asked more than {minutes} minutes ago has no answer. "
        "Please ask again."
    ),
    apology=(
        "Sorry, something went wrong and this was not answered. Please try again; if it fails again, "
        "tell whoever runs me the code <code>{code}</code>."
    ),
    failed=(
        "⚠️ For admins: something failed, code <code>{code}</code>.\n"
        "<code>{name}</code> at <code>{place}</code>; the log says more where that code stands."
    ),
    may_not_write=(
        "⚠️ For admins: I may not write in the group “{title}”, so questions there are not answered. Let me "
        "send messages there, or remove me from it. Of this group I say so once a day."
    ),
    no_topic=(
        "⚠️ For admins: a topic of the group “{title}” was closed or deleted, so I may not write there, and "
        "questions there are not answered. Open it again, or let me manage topics. Of this topic I say so "
        "once a day."
    ),
    group_moved=(
        "⚠️ For admins: the group “{title}” has become a supergroup, with the id <code>{new}</code> in place "
        "of <code>{old}</code>, and questions there are not answered any more. Change the id in "
        "ALLOWED_CHATS, and start me again."
    ),
    left_out="({count} more were not reported before this; they are in the log.)",
)

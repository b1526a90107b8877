"""中文。"""

from types import MappingProxyType

from bot.wording.wording import Wording
from retrieval.problems import Reason
from retrieval.verdicts import Verdict

CHINESE = Wording(
    language="zh",
    commands=MappingProxyType(
        {
            "ask": "提问，例如 /ask 几点开门",
            "why": "为什么是这几段，例如 /why 几点开门",
            "in": "只问一份文档，例如 /in 员工手册 年假几天",
            "list": "看有哪些文档",
            "help": "怎么问、怎么用",
            "privacy": "会记录什么",
            "start": "这是什么",
        }
    ),
    admin_commands=MappingProxyType(
        {
            "missed": "没有答案的问题",
            "stats": "文档、提问和版本",
            "remove": "移走一份文档，例如 /remove 旧制度",
            "reload": "重新读文档",
        }
    ),
    welcome=(
        "你好，这里是<b>出处</b>。\n"
        "用自己的话提问，我从 {documents} 份文档里找出能回答的原文，一字不改，并写明它在哪个文件、哪一节。"
        "文档里没有的，我会直说没有。"
    ),
    how_to_ask="直接把问题发给我就行；/list 看有哪些文档，/help 看更多用法。",
    how_to_ask_in_group=(
        "在群里，把问题写在 /ask 后面，或者回复我的消息；/list 看有哪些文档，/help 看更多用法。"
    ),
    help=(
        "<b>怎么问</b>\n"
        "· 私聊：直接发问题，一次问一件事，也可以只写几个关键词。\n"
        "· 群里：<code>/ask 问题</code>，或者回复我的消息；群里允许我读消息时，也可以 @ 我。\n"
        "· 引号里的词会原样去找，例如 <code>“差旅费”怎么报</code>。\n"
        "· 繁体、简体、全角、半角都一样。\n\n"
        "<b>怎么看回答</b>\n"
        "先是回答的那句话，加粗的是和问题对上的词；引用里是它所在的整段原文，点一下展开；"
        "再下面是标题、文件和位置。\n"
        "按数字单独看一段：可以往前往后读，要原文件，或者复制带出处的原文。\n\n"
        "<b>命令</b>\n"
        "/ask 提问\n/in 只问一份文档\n/why 为什么找到的是这几段\n/list 看有哪些文档\n"
        "/privacy 会记录什么\n/help 这份说明"
    ),
    example="比如问：<code>{question}</code>",
    usage="请问一件具体的事；用命令时，把问题写在 /ask 后面。",
    empty=(
        "文档文件夹还是空的，所以现在什么也答不了。请管理我的人把 Word、PDF 或 .txt 等文件放进文档文件夹。"
    ),
    empty_to_admin="文档文件夹还是空的，所以现在什么也答不了。把文件发给我，或放进文档文件夹。",
    no_documents="还没有文档",
    indexing="正在读文档，完成了 {share:.0%}。现在提的问题，读完就回答。",
    indexing_inline="正在读文档（{share:.0%}），请稍后再试。",
    perhaps="不太确定有没有答案，下面这些段落也许有关：",
    none=(
        "文档里没有找到能回答这个问题的内容。可以换个说法，或者换成文档里会用的词再问一次；"
        "/list 看看有哪些文档。"
    ),
    none_in_group="文档里没有找到答案。",
    none_in_document=(
        "这份文档里没有找到能回答这个问题的内容。可以换个说法再问一次，或者不指定文档，直接提问。"
    ),
    none_in_document_in_group="这份文档里没有找到答案。",
    near="是不是想问：",
    changed="把“<b>{word}</b>”换成“<b>{instead}</b>”来找：",
    within="只在<b>《{title}》</b>里找：",
    before="‹ {numbers}",
    more="更多 {numbers} / {count} ›",
    elsewhere="在别处",
    not_mentioned="文档里没有提到：{words}",
    between_words="、",
    unmet_together="没有哪一段同时原样写着“{texts}”{end}",
    unmet="没有哪一段原样写着“{texts}”{end}",
    unmet_nearest="，下面是最接近的：",
    unmet_end="。",
    quoted="”“",
    place="第 {first} 段",
    places="第 {first}–{last} 段",
    page="第 {page} 页",
    row="第 {row} 行",
    up="⬆ 上一段",
    down="⬇ 下一段",
    file="📄 原文件",
    copy="📋 复制",
    back="← 返回",
    boilerplate="（网页或程序附带的文字，不参与回答）",
    moved="原来的那段文字已经不在了，这是现在那个位置的文字：",
    passage_gone="这段文字和它所在的文件都已经不在了。",
    document_gone="这份文档已经不在了。",
    question_gone="原来的问题已被删除，请重新提问。",
    change_gone="文档已经变了，请重新提问。",
    not_yours="这是别人问的。想翻看的话，自己问一次就行。",
    file_gone="这个文件已经不在了。",
    file_large="这个文件超过 {most} MB，我发不了，请向管理的人要。",
    files_forbidden="这个群不让我发文件。群的管理员可以给我这个权限。",
    also="另见：",
    between_places="；",
    more_places="还有 {count} 处",
    reasons_heading=(
        "<b>{verdict}</b>：相关度 {relevance:.2f}（{found:.2f} 起算找到，{perhaps:.2f} 起算不确定）"
    ),
    reasons_parts=(
        "= {of_sentence} × {sentence:.2f}（一句话里最多有问题的多少）"
        "+ {of_document} × {document:.2f}（一份文档里最多有多少）+ {length:.2f}（问题的长短）"
    ),
    reasons_one_character="只问一个字时，看有多少段含有它。",
    reasons_cut="问题拆成这些词和相邻的两个字来找：{tokens}",
    reasons_quoted="引号里的要原样出现：“{texts}”",
    reasons_unmet="没有一段符合，所以最多算不确定。",
    reasons_kind="还看有没有问的那类内容（时间、数目之类），有的多算 {share:.0%}。",
    reasons_instead="也当作：{others}",
    reasons_hit="<b>{number}. {title}</b>\n得分 {score:.2f} = {sum}",
    reasons_sum="段落 {passage:.2f} + 全文 {document:.2f}",
    reasons_bonus="({sum}) × {bonus:.1f}（有所问的那类内容）",
    reasons_parts_of_tokens="其中（段落 + 全文）：",
    reasons_part="{token} {passage:.2f} + {document:.2f}",
    reasons_more="……还有 {count} 个词",
    looking="正在看……",
    why_usage="请把问题写在 /why 后面，我就说明为什么找到的是这几段。",
    listing="共 {documents} 份文档，{passages} 个段落（第 {page}/{pages} 页）",
    listed="{passages} 段",
    reply_to_ask="\n回复这条消息提问，就只在这份文档里找。",
    outline="目录",
    outline_page="目录（{page}/{pages}）",
    ask_in="🔍 只问这份",
    ask_here="在这份文档里问……",
    to_list="☰ 文档列表",
    in_usage="写法：<code>/in 文档名 问题</code>，只在这份文档里找。",
    in_none=(
        "没有名字里有“{name}”的文档，/list 看看有哪些。名字和问题之间要空一格，"
        "例如 <code>/in 员工手册 年假几天</code>。"
    ),
    in_many="名字里有“{name}”的文档有 {count} 份，是哪一份？",
    in_many_more="\n这里只列出前 {shown} 份，没有要找的就把名字写长一些。",
    previous_page="‹ 上一页",
    next_page="下一页 ›",
    problems="⚠️ 有 {count} 处问题：",
    problem="{source}：{reason}",
    problem_line=" 第 {line} 行（{text}）",
    more_problems="……还有 {count} 处。在服务器上运行 <code>python -m retrieval check</code> 可以全部看到。",
    reasons=MappingProxyType(
        {
            Reason.FORMAT: "不支持这种格式，请另存为 .docx、.pdf 或 .txt",
            Reason.DOCUMENT: "不支持这种旧格式，请用原来的程序打开，另存为 .docx",
            Reason.SHEET: "不支持这种旧格式，请用原来的程序打开，另存为 .xlsx 或 .docx",
            Reason.SLIDES: "不支持这种旧格式，请用原来的程序打开，另存为 .pptx 或 .docx",
            Reason.BINARY: "里面不是文字，请用原来的程序打开，另存为纯文本",
            Reason.DAMAGED: "文件已损坏，或内容与文件名不符，请用原来的程序打开，重新保存",
            Reason.LOCKED: "文件有密码，请取消密码后再保存",
            Reason.SCAN: "每页都是图片，没有文字，像是扫描件，请先做文字识别（OCR）",
            Reason.SIZE: "文件太大，请拆成几个",
            Reason.TIME: "读了太久还没读完，请拆成几个，或另存为其他格式",
            Reason.MEMORY: "读它占用的内存太多，请拆成几个，或另存为其他格式",
            Reason.CRASH: "读它时程序出错，请用原来的程序打开，重新保存",
            Reason.REPLACED: "可以检索，但有 {detail} 个字符已损坏",
            Reason.PARTLY: "可以检索，但有一部分已损坏（{detail}），请用原来的程序打开，重新保存",
            Reason.FORMULAS: "可以检索，但有 {detail} 个公式没有保存结果，请用原来的程序打开，重新保存",
            Reason.EMPTY: "是空文件",
            Reason.ACCESS: "打不开，请检查文件的权限",
            Reason.OUTSIDE: "是指向文件夹之外的链接，不会读，请把文件本身放进来",
            Reason.NOWHERE: "是失效的链接，请删掉，或把文件本身放进来",
            Reason.MISPLACED: "只有直接放在文档文件夹里才起作用，请移到那里",
            Reason.MISNAMED: (
                "名字很像词表：是词表就改名为 _terms.txt、_stopwords.txt 或 _synonyms.txt，是文档就换个名字"
            ),
            Reason.TERM: "一行写一个词，2 到 40 个字",
            Reason.WORD: "一行写一个词，最长 40 个字",
            Reason.GROUP: "一行至少写两个不同的词，用逗号或空格隔开",
        }
    ),
    verdicts=MappingProxyType({Verdict.FOUND: "找到", Verdict.PERHAPS: "不确定", Verdict.NONE: "没有"}),
    unknown_command="没有这个命令（命令以半角的 / 开头）。直接发问题就行，/help 看用法。",
    only_text="我只读得懂文字。把问题写下来发给我吧。",
    only_admins_add="只有管理员发来的文件会加入文档；有问题请写成文字。",
    not_allowed="这个机器人只为指定的人和群服务。如果你是从群里来的，请在群里问。",
    too_fast="问得太快啦，喝口水再来吧（每分钟最多 {most} 次）。",
    admin_only="只有管理员能这样做。",
    reading="收到，正在读 {name}……",
    added="✅ 已加入《{title}》：{name}，{passages} 段。现在就可以提问。",
    added_list="✅ 已保存 {name}。",
    unusable_line="⚠️ 第 {line} 行（{text}）用不上：{reason}",
    more_unusable_lines="……还有 {count} 行用不上。",
    damaged="⚠️ {reason}",
    not_added="❌ 没有加入 {name}：{reason}。",
    exists="已经有 {name} 了，怎么办？",
    sent_gone="发来的那个文件已被删除，请重新发送。",
    replace="替换",
    keep_both="都保留",
    cancel="取消",
    cancelled="好的，什么也没有改。",
    file_over_most="{name} 超过 {most} MB，请直接放进文档文件夹。",
    file_over_20=(
        "{name} 超过 20 MB，Telegram 不让机器人下载。请直接放进文档文件夹，或者用自己的 Bot API 服务器（"
        "BOT_API_URL）。"
    ),
    forgets="注意：这台机器重启后会忘记收到的文件，请另存一份。",
    not_saved="没有存下来：{reason}。",
    disk_full="磁盘满了，请腾出空间后再试",
    read_only="磁盘是只读的，什么也写不进去",
    no_permission="没有权限，请检查文档文件夹的权限",
    name_too_long="文件名太长，请改短后再试",
    folder_away="文档文件夹不见了，请把它放回原处",
    stopping="我正要停下，请等我重新启动后再试",
    remove_usage="写法：<code>/remove 文档名</code>",
    remove_sure="要把《{title}》（{name}）移到回收文件夹吗？移走后就不再用它回答。",
    remove_file_sure="要把 {name} 移到回收文件夹吗？",
    remove_none="没有名字里有“{name}”的文档或文件。/list 看看有哪些。",
    remove="移走",
    removed="🗑 已移走 {name}，放在文档文件夹的 {trash} 里。",
    not_removed="没有移走：{reason}。",
    reloading="正在重新读文档……",
    reloaded="读完了：{documents} 份文档，{passages} 段，{problems} 处问题。",
    reload_failed="文档没有读成，继续用原来的：{reason}。",
    stats=(
        "<b>文档</b> {documents} 份，{passages} 段，{problems} 处问题\n"
        "<b>今天</b> {asked} 个问题，{unanswered} 个没有答案\n"
        "<b>索引</b> {age}前更新\n"
        "<b>版本</b> {versions}"
    ),
    minutes="{count} 分钟",
    hours="{count} 小时",
    days="{count} 天",
    missed="没有答案的问题（{page}/{pages} 页，新的在前，不记是谁问的）：",
    missed_none="目前没有答不上来的问题。",
    missed_off="没有记录：设置里关掉了（KEEP_MISSED）。",
    privacy=(
        "🔒 <b>会记录什么</b>\n"
        "· 除下面一条外，问题和回答都不存，日志里也没有：问题只留到答完为止，消息的编号留 30 天，"
        "好让编辑和 /why 有用。\n"
        "· 没有答案的问题只记文字，不记是谁问的，最多 500 条，90 天后删除{missed}。\n"
        "· 文档只在这台机器上检索，不交给 Telegram 以外的服务。"
    ),
    privacy_off="（这里关掉了）",
    lacks="⚙️ 给管理员：\n{features}",
    lacks_groups="· 群里 @ 我问不到：找 @BotFather 发 /setprivacy，选 Disable，再把我移出群、加回来。",
    lacks_inline="· 在别的聊天里用不了我：找 @BotFather 发 /setinline。",
    send_files="· 把文件直接发给我，就会加入文档。",
    button_expired="这个按钮已经失效了，请重新提问或重新发送命令。",
    trouble="⚠️ 磁盘出了问题，回答照常：{trouble}",
    was_away="我离开了一阵，{minutes} 分钟以前的提问没有回答，请再问一次。",
    apology=(
        "抱歉，出了点问题，这条没能回答。请再试一次；如果还不行，把编号 <code>{code}</code> 告诉管理我的人。"
    ),
    failed=(
        "⚠️ 给管理员：出错了，编号 <code>{code}</code>。\n"
        "<code>{name}</code>，在 <code>{place}</code>；在日志里找这个编号，可以看到详情。"
    ),
    may_not_write=(
        "⚠️ 给管理员：群“{title}”里不让我发消息，那里的提问没能回答。请在那个群里给我发消息的权限，"
        "或者把我移出群。这个群一天只提醒一次。"
    ),
    no_topic=(
        "⚠️ 给管理员：群“{title}”里有个话题关闭了，或者被删掉了，我在那里发不了消息，那里的提问没能回答。"
        "请重新打开它，或者给我管理话题的权限。这个话题一天只提醒一次。"
    ),
    group_moved=(
        "⚠️ 给管理员：群“{title}”升级成了超级群，id 从 <code>{old}</code> 变成了 <code>{new}</code>，"
        "那里的提问不再回答。请在 ALLOWED_CHATS 里把旧的换成新的，再重新启动我。"
    ),
    left_out="（这之前另有 {count} 次没有报告，都在日志里。）",
)

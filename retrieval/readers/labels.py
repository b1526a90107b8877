"""What a table's cell is by its words alone: a figure, a period or a label."""

import re

_FIGURE = re.compile(r"[+\-−–(（<>≤≥≈约約]?\s*[¥￥$€£]?\s*[.]?[0-9０-９]")
_PERIOD = re.compile(
    r"(?:19|20)[0-9]{2}\s*(?:年度?|[-./年][0-9]{1,2}月?份?)?|[0-9]{1,2}\s*(?:月份?|[日号號]|季度)|[0-9]{1,2}[:：][0-9]{2}.*"
)
_LABEL = re.compile(
    r"[^\d。，；,;]{0,6}(?:姓\s*名|名\s*[称稱]|[标標][题題]|主\s*[题題]|[议議][题題]|性\s*[别別]|年\s*[龄齡]|民\s*族|籍\s*[贯貫]"
    r"|[学學]\s*[历歷]|[专專][业業]|[职職]\s*[务務称稱位]|部\s*[门門]|[单單]\s*位|日\s*期|[时時]\s*[间間]|地\s*[点點址]"
    r"|[电電]\s*[话話]|手\s*[机機]|[邮郵]\s*[箱编編]|[传傳]真|网址|網址|[编編]\s*[号號]|[号號]\s*[码碼]|身份[证證](?:号码?|號碼?)?"
    r"|[联聯][系繫絡络](?:人|方式)|[负負][责責]人|主持人?|[记記][录錄]人?|出席(?:人[员員])?|缺席(?:人[员員])?|[参參]加人[员員]|[参參][会會]人[员員]"
    r"|金\s*[额額]|[内內]\s*容|[备備]\s*[注註]|[类類]\s*[型别別]|方\s*式|依\s*[据據]|[条條]件|材料|期限|[时時]限|[对對]象|[范範][围圍]|版本|作者|密[级級])"
    r"(?:[（(][^（）()]{1,10}[）)])?\s*[:：]?|[^\d。，；,;:：]{1,12}[:：]"
)


def is_figure(cell: str) -> bool:
    """Whether a cell holds a number, an amount or a date."""
    return _FIGURE.match(cell) is not None


def is_period(cell: str) -> bool:
    """Whether a figure may name a column, as a year or a month does."""
    return _PERIOD.fullmatch(cell) is not None


def is_label(cell: str) -> bool:
    """Whether a cell names what stands beside it in a form."""
    return _LABEL.fullmatch(cell) is not None

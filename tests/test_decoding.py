import io
import struct
import zipfile
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from random import Random
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.decoding import Decoded, NotTextError, decode
from retrieval.mending import mended

SIMPLIFIED = """\
潮位站建在防波堤的尽头，是一间刷成白色的小屋。每天早上六点，值班员先看水尺，再看记录仪，把两个数字抄进本子\
里。如果相差超过三厘米，就要到井口去检查浮子是不是被海草缠住了。老陈在这里干了二十七年，他说机器会坏，眼睛\
也会花，所以两样都要用。

一、自本办法施行之日起，凡在本镇范围内设置户外广告的单位和个人，应当向镇综合服务中心提出申请，并提交下列材\
料：（一）申请表；（二）营业执照复印件；（三）设置位置的照片及效果图。符合条件的，应当在五个工作日内予以批\
准；不符合条件的，书面说明理由。

“你带伞了吗？”她站在门口问。
“没有。”他笑了笑，“天气预报说今天不会下雨。”
“预报说的是城里。”她把自己那把蓝色的伞递过去，“山上的云，从来不听预报的话。”

红烧茄子要好吃，关键在两步：第一步，茄子切成滚刀块，撒半勺盐腌十五分钟，挤掉水分，这样炸的时候就不会吸太多\
油；第二步，料汁要提前调好，生抽两勺、老抽半勺、糖一勺、醋半勺、淀粉一勺，加小半碗清水。蒜末下锅炒香以后倒\
进料汁，烧到起泡，再放茄子，翻匀出锅。

本季度共完成订单4,812件，比上一季度增长12.6%，其中线上订单占73%。退货率由3.1%下降到2.4%，主要原因是更换了包\
装材料。仓库面积仍然紧张，预计明年三月租用第二仓库，月租金约为每平方米28元。技术部建议把库存系统升级到新版\
本，估计需要两个月，费用不超过十五万元。

冬天的河面结了厚厚的冰，孩子们放学以后都往河边跑。有人抽冰嘎，有人拉爬犁，胆子大的站在木板上，从坡顶一路滑\
到对岸。爷爷在冰上凿开一个窟窿，放下钓线，然后点着烟袋，一坐就是一个下午。傍晚炊烟升起来，各家的母亲站在院\
子里喊自己孩子的名字，声音在雪地上传得很远。

比赛进行到第八十三分钟，客队获得角球。七号球员把球开到后点，高大的中卫抢在所有人前面头球攻门，皮球打在横梁\
上弹了回来，守门员扑了个空。混乱之中，替补上场的年轻前锋用左脚把球捅进了网窝。全场一下子安静下来，随后看台\
的一角爆发出欢呼。

怎样给阳台上的花浇水？先用手指插进土里，两个指节深的地方还湿着，就不要浇；干了，再一次浇透，直到盆底的孔里\
流出水来。夏天在清晨或者傍晚浇，中午浇水容易伤根。出门旅行超过一个星期，可以把花盆放在浅水盆里，或者请邻居\
帮忙。叶子发黄多半是水太多，叶尖干枯才是水太少。
会议决定：（1）自下月起，各部门的周报改为每两周一次，由办公室统一汇总；（2）新员工的培训时间延长到三天，内\
容增加消防演练；（3）食堂的意见箱移到一楼大厅。请各位负责人于本周五以前把修改意见发到邮箱，逾期视为同意。
"""
TRADITIONAL = """\
巷子口的豆漿店清晨四點就亮了燈。老闆娘把泡了一夜的黃豆倒進磨盤，白色的漿汁順著木槽流下來，熱氣從大鍋裡冒出\
來，整條街都聞得到香味。第一批客人多半是剛下班的計程車司機，他們總是點鹹豆漿加油條，一邊吃一邊談論昨天晚上\
的新聞。

第三條　本會設理事會，由會員大會選舉理事九人、監事三人組織之。理事任期兩年，連選得連任。理事會每三個月召開\
一次，必要時得由理事長召集臨時會議；決議以出席理事過半數之同意行之，正反意見同數時，由主席裁決。

「這座橋是哪一年蓋的？」學生問。
「日治時期。」老師指著橋頭的石碑說，「你們看，這裡原來刻著年號，後來被磨掉了，只剩下一個『昭』字的右半邊。\
」
「那為什麼不把它補回去呢？」
「留著缺口，才會有人問。」

颱風登陸以後，中南部山區的累積雨量超過八百毫米，部分路段因為土石流而中斷。縣政府已經開設十二處避難收容所，\
安置了將近兩千位居民。電力公司表示，目前還有三萬四千戶停電，預計明天中午以前可以全部恢復供電；自來水的濁度\
仍然偏高，請民眾儲水備用。

這款相機最大的改變是對焦系統。新的感測器一共有六百九十三個對焦點，幾乎涵蓋整個畫面，拍攝奔跑的小孩或飛行的\
鳥類時，追蹤的成功率明顯提高。電池續航力則從三百八十張增加到五百二十張。缺點是機身變重了，而且選單還是一樣\
複雜，新手需要花時間慢慢摸索。

外婆的衣櫃裡有一件藏青色的旗袍，領口繡著兩朵小小的茉莉。她說那是結婚前一年，在碼頭邊的布莊剪的料子，師傅量\
了三次身，改了兩回才滿意。後來搬過許多次家，丟掉了許多東西，只有這件衣服一直用舊床單包著，放在最下面的抽屜\
。我結婚的時候，她把它送給了我。

觀測站位於海拔二千八百公尺的山脊，冬季氣溫經常降到零下十度。研究人員每隔六小時施放一次探空氣球，記錄溫度、\
溼度、氣壓與風速，資料即時傳回中央氣象單位，作為數值預報的依據。

圖書館從下個月起調整借閱規則：一般讀者每次可以借十本書，期限三十天；若沒有其他讀者預約，可以續借兩次。逾期\
歸還者，每冊每日停借一天。兒童閱覽室的繪本不受冊數限制，但是必須由家長陪同辦理。影音資料只限館內使用，請向\
櫃臺借用耳機。
她把信讀了三遍，才慢慢摺起來放回信封。信裡沒有責備，也沒有解釋，只說港口的霧散了，船明天就開，問她願不願意\
到碼頭來。窗外的雨還在下，鐘敲了七下。她忽然想起父親說過的話：等得到的東西不必追，追得到的東西不必等。
"""
ENGLISH = (
    "The reading room opens at nine. Bring your card, leave your bag at the desk, and ask before you take "
    "photographs; flash is not allowed. Maps are kept in the basement and must be ordered a day ahead. "
)
CODE = """\
def total(rows: list[dict[str, float]]) -> float:
    # Rows without a price count as nothing.
    return sum(row.get("price", 0.0) * row["count"] for row in rows)

if __name__ == "__main__":
    print(f"{total([{'price': 2.5, 'count': 4}]):>10.2f}")
"""
JAPANESE = "ありがとうございます。これはカタカナとひらがなのれいぶんです。きのうともだちとえきであいました。"
TEXTS = {"simplified": SIMPLIFIED, "traditional": TRADITIONAL}

UNICODE = (("utf-8", "utf-8"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"))
CHINA = (("gb18030", "gb18030"), ("gbk", "gb18030"), ("gb2312", "gb18030"))
TAIWAN = (
    ("gb18030", "gb18030"),
    ("gbk", "gb18030"),
    ("big5", "big5"),
    ("cp950", "big5"),
    ("big5hkscs", "big5"),
)
in_every_encoding = pytest.mark.parametrize(
    ("script", "codec", "encoding"),
    [
        *(("simplified", *names) for names in UNICODE + CHINA),
        *(("traditional", *names) for names in UNICODE + TAIWAN),
    ],
)
in_old_encodings = pytest.mark.parametrize(
    ("script", "codec", "encoding"),
    [
        ("simplified", "gb18030", "gb18030"),
        ("traditional", "gbk", "gb18030"),
        ("traditional", "big5hkscs", "big5"),
    ],
)


def lost(text: str, decoded: Decoded) -> int:
    """Count the characters of the text that are not in what was decoded."""
    return (Counter(text) - Counter(decoded.text)).total()


def test_empty_bytes_are_the_empty_text() -> None:
    assert decode(b"") == Decoded("", "utf-8", 0, 1.0)


@in_every_encoding
@given(start=st.integers(0, 900), length=st.integers(20, 600))
@settings(max_examples=25, deadline=None)
def test_a_file_is_read_in_its_own_encoding(
    script: str, codec: str, encoding: str, start: int, length: int
) -> None:
    text = TEXTS[script][start:][:length]
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, encoding, 0)
    assert decoded.confidence > 0.9


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (BOM_UTF8, "utf-8"),
        (BOM_UTF16_LE, "utf-16-le"),
        (BOM_UTF16_BE, "utf-16-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
@pytest.mark.parametrize("text", ["", "好", "No Chinese at all", SIMPLIFIED, TRADITIONAL])
def test_a_mark_tells_the_encoding_and_does_not_show(mark: bytes, codec: str, text: str) -> None:
    decoded = decode(mark + text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, codec, 0)


@pytest.mark.parametrize("text", ["a", "12,5\t40\r\n", ENGLISH, CODE, ENGLISH * 1000])
def test_ascii_is_utf8_without_doubt(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8", 0, 1.0)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH, CODE, ENGLISH * 1000])
def test_english_in_utf16_needs_no_mark(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, codec)


@in_every_encoding
@pytest.mark.parametrize(
    "frame", ["{}" + ENGLISH, ENGLISH + "({})", CODE + "# {}\n", "{}\r\n3,12.5\r\n4,7.25\r\n"]
)
def test_a_few_chinese_words_are_enough(script: str, codec: str, encoding: str, frame: str) -> None:
    text = frame.replace("{}", TEXTS[script][3:11])
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, encoding)


@in_every_encoding
@pytest.mark.parametrize("place", [0, 1, 2])
def test_chinese_words_far_inside_a_long_english_file_are_found(
    script: str, codec: str, encoding: str, place: int
) -> None:
    parts = [ENGLISH * 300, CODE * 300]
    parts.insert(place, TEXTS[script][3:11])
    decoded = decode("".join(parts).encode(codec))
    assert (decoded.text, decoded.encoding) == ("".join(parts), encoding)


def test_big5_is_not_taken_for_the_nonsense_that_it_is_in_gb18030() -> None:
    data = "民國的歷史".encode("big5")
    assert len(data.decode("gb18030")) == 5
    assert decode(data).text == "民國的歷史"


@in_old_encodings
def test_kana_do_not_confuse(script: str, codec: str, encoding: str) -> None:
    text = TEXTS[script][:200] + JAPANESE
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_characters_of_four_bytes_are_read_in_gb18030() -> None:
    text = SIMPLIFIED[:60] + "𠮷野家的𤭢字和㐂字，ᠮᠣᠩᠭᠣᠯ"
    decoded = decode(text.encode("gb18030"))
    assert (decoded.text, decoded.encoding) == (text, "gb18030")


@pytest.mark.parametrize(
    ("codec", "words"),
    [
        ("cp950", "碁會所牆上的銹，€20～€30，約翰‧史密斯"),
        ("big5hkscs", "佢哋喺邊度嘅啲嘢，深水埗"),
    ],
)
def test_the_characters_that_vendors_added_to_big5_are_read(codec: str, words: str) -> None:
    text = TRADITIONAL * 20 + words
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, "big5", 0)


@pytest.mark.parametrize(
    "text", ["Ça a été un très bel été à Nîmes.", "naïve café", "Ёлка и снег", "価格は¥500です"]
)
def test_other_languages_in_utf8_are_read(text: str) -> None:
    assert decode(text.encode()).text == text


@given(
    st.lists(st.characters(min_codepoint=0xA0, exclude_categories=["Cs"]), min_size=9, unique=True),
    st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"])),
)
@settings(deadline=None)
def test_many_different_characters_in_utf8_are_no_coincidence(characters: list[str], tail: str) -> None:
    text = "#" + "".join(characters) + tail
    assert decode(text.encode()) == Decoded(text, "utf-8", 0, 1.0)


@in_every_encoding
@given(random=st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None, derandomize=True)
def test_a_few_broken_bytes_cost_a_few_characters(
    script: str, codec: str, encoding: str, random: Random
) -> None:
    text = TEXTS[script]
    data = bytearray(text.encode(codec))
    for _ in range(3):
        data[random.randrange(4, len(data))] = random.randrange(0x80, 0x100)
    decoded = decode(bytes(data))
    assert decoded.encoding == encoding
    assert lost(text, decoded) <= 20


@in_old_encodings
@pytest.mark.parametrize("stray", [b"", b"\xff"], ids=["lost", "stray"])
def test_a_lost_or_stray_byte_does_not_shift_the_rest_of_its_line(
    script: str, codec: str, encoding: str, stray: bytes
) -> None:
    line = TEXTS[script].replace("\n", "")[:400]
    data = line.encode(codec)
    places = range(0, 700, 101)
    rest = 0 if stray else 1
    damaged = [decode(data[:place] + stray + data[place + rest :]) for place in places]
    assert {decoded.encoding for decoded in damaged} == {encoding}
    assert fmean(lost(line, decoded) for decoded in damaged) <= 8


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, "短文"])
def test_each_broken_byte_in_utf8_is_one_replaced_character(text: str) -> None:
    decoded = decode(b"\xff" + text.encode() + b"\xfe" + ENGLISH.encode())
    assert decoded.text == f"\ufffd{text}\ufffd{ENGLISH}"
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 2)


@in_every_encoding
def test_a_cut_off_last_character_is_one_replaced_character(script: str, codec: str, encoding: str) -> None:
    text = TEXTS[script][:300]
    decoded = decode(text.encode(codec) + "完".encode(codec)[:-1])
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text + "\ufffd", encoding, 1)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "gb18030"])
def test_a_replacement_character_that_the_author_wrote_is_not_counted(codec: str) -> None:
    text = SIMPLIFIED[:100] + "\ufffd"
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.replaced) == (text, 0)


def test_a_file_with_a_broken_byte_in_every_line_is_still_read() -> None:
    data = "\n".join([SIMPLIFIED[:300].replace("\n", "")] * 200).encode("gb18030").replace(b"\n", b"\xff\n")
    decoded = decode(data)
    assert decoded.encoding == "gb18030"
    assert decoded.text.count("潮位站") == 200


RARE_NAMES = st.lists(
    st.text(
        "亓阚仝芈覃逯蔺麴邬宓蒯隗晁訾佘淼玥翊煜烨霖嫣婕祎赟昱晗骁珂琰懿钰彧垚犇猇張麗珺湙",
        min_size=2,
        max_size=3,
    ),
    min_size=8,
    max_size=120,
)


def rosters(between: str) -> st.SearchStrategy[str]:
    return RARE_NAMES.map(lambda names: SIMPLIFIED[:120] + "\n" + between.join(names))


@pytest.mark.parametrize("between", ["、", "\n", ",", ""])
@given(data=st.data())
@settings(max_examples=10, deadline=None, derandomize=True)
def test_names_of_rare_characters_lose_nothing(between: str, data: st.DataObject) -> None:
    text = data.draw(rosters(between))
    decoded = decode(text.encode("gb18030"))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, "gb18030", 0)


@given(st.lists(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1), max_size=20))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_a_line_that_is_valid_loses_nothing_whatever_it_says(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert mended(text.encode("gb18030"), "gb18030") == (text, 0)
    assert mended(text.encode("gb18030"), "gb18030", ["utf-8", "cp950"])[1] == 0


@pytest.mark.parametrize("between", ["、", "\n", ","])
@given(data=st.data())
@settings(max_examples=4, deadline=None, derandomize=True)
def test_names_that_end_within_a_character_lose_only_that(between: str, data: st.DataObject) -> None:
    text = data.draw(rosters(between))
    decoded = decode(text.encode("gb18030")[:-1])
    assert (decoded.text, decoded.replaced) == (text[:-1] + "\ufffd", 1)


@pytest.mark.parametrize("codecs", [("gb18030", "utf-8"), ("utf-8", "gb18030")])
@given(data=st.data())
@settings(max_examples=4, deadline=None, derandomize=True)
def test_names_above_or_below_another_encoding_lose_nothing(
    codecs: tuple[str, str], data: st.DataObject
) -> None:
    texts = data.draw(rosters("、")) + "\n", data.draw(rosters("、"))
    decoded = decode(texts[0].encode(codecs[0]) + texts[1].encode(codecs[1]))
    assert (decoded.text, decoded.replaced) == ("".join(texts), 0)


def test_a_broken_line_costs_the_valid_ones_around_it_nothing() -> None:
    names = "缪昊、亓官淼、阚泽、芈婕、逯赟、蔺昱、麴琰\n" * 9
    data = names.encode("gb18030")
    decoded = decode(data + "防波堤".encode("gb18030")[:-1] + b"\xff\n" + data)
    assert decoded.text.startswith(names)
    assert decoded.text.endswith(names)


def test_a_lost_byte_costs_little_in_a_line_that_is_in_step_again_by_chance() -> None:
    line = (
        SIMPLIFIED[:300].replace("\n", "")
        + "孔涵、乔颖、黄晗娟、乔明芳、钟恭、雷宸宸、丁睿丽、陈婧、郭萱、" * 3
    )
    data = line.encode("gb18030")
    lossy = [decode(data[:place] + data[place + 1 :]) for place in range(20, len(data), 31)]
    assert fmean(lost(line, decoded) for decoded in lossy) <= 5


in_two_encodings = pytest.mark.parametrize(
    ("script", "first", "second"),
    [
        ("simplified", "utf-8", "gb18030"),
        ("simplified", "gb18030", "utf-8"),
        ("simplified", "utf-8-sig", "gbk"),
        ("traditional", "utf-8", "big5"),
        ("traditional", "big5", "utf-8"),
        ("traditional", "gbk", "big5"),
        ("traditional", "big5", "gbk"),
    ],
)


@in_two_encodings
def test_files_of_two_encodings_that_were_joined_are_each_read_in_their_own(
    script: str, first: str, second: str
) -> None:
    text = TEXTS[script]
    decoded = decode(text.encode(first) + text.encode(second))
    assert lost(text * 2, decoded) <= 4
    assert decoded.text.startswith(text[:-4])
    assert decoded.text.endswith(text[4:])


@in_two_encodings
def test_a_paragraph_in_another_encoding_is_read_in_it(script: str, first: str, second: str) -> None:
    before, after = TEXTS[script] * 5, TEXTS[script] * 3
    paragraph = TEXTS[script][:200].replace("\n", "")
    data = [before.encode(first), paragraph.encode(second), b"\n", after.encode(first)]
    decoded = decode(b"".join(data))
    assert lost(before + paragraph + after, decoded) <= 8
    assert paragraph[10:-10] in decoded.text


@pytest.mark.parametrize("gap", ["\n", "\r\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "gb18030"])
def test_marks_of_files_that_were_joined_do_not_show(codec: str, gap: str) -> None:
    text = gap.join(["\ufeff" + SIMPLIFIED[:200], "\ufeff第二篇"])
    assert decode(text.encode(codec)).text == text.replace("\ufeff", "")


def test_a_mark_before_another_encoding_than_its_own_loses_nothing() -> None:
    decoded = decode(BOM_UTF8 + SIMPLIFIED.encode("gb18030"))
    assert lost(SIMPLIFIED, decoded) <= 1


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_a_byte_lost_in_marked_utf16_costs_a_few_characters(codec: str) -> None:
    text = SIMPLIFIED * 3
    data = f"\ufeff{text}".encode(codec)
    decoded = decode(data[:1001] + data[1002:])
    assert decoded.encoding == codec
    assert lost(text, decoded) <= 4


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_damage_in_one_endless_line_costs_a_few_characters(codec: str) -> None:
    text = "".join(character for character in SIMPLIFIED if character > "\x7f") * 100
    data = f"\ufeff{text}".encode(codec)
    decoded = decode(data[:5001] + data[5002:])
    assert decoded.encoding == codec
    assert lost(text, decoded) <= 12


@pytest.mark.parametrize("byte", [b"\xe9", b"\xa0", b"\xff"])
def test_a_byte_of_latin1_in_utf8_is_one_replaced_character(byte: bytes) -> None:
    decoded = decode(f"{SIMPLIFIED}caf".encode() + byte + f" 好\n{SIMPLIFIED}".encode())
    assert decoded.text == f"{SIMPLIFIED}caf\ufffd 好\n{SIMPLIFIED}"
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 1)


@in_every_encoding
def test_a_few_zeros_are_no_reason_to_refuse_a_text(script: str, codec: str, encoding: str) -> None:
    text = TEXTS[script][:300] + "\0\0\0" + TEXTS[script][300:]
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, encoding, 0)


@pytest.mark.parametrize(("script", "codec"), [("simplified", "gb18030"), ("traditional", "big5")])
def test_circled_numbers_are_read(script: str, codec: str) -> None:
    text = f"{TEXTS[script][:200]}①②③④"
    assert decode(text.encode(codec)).text == text


common = st.sampled_from(sorted(set(SIMPLIFIED) - {"—"})), st.sampled_from(sorted(set(TRADITIONAL)))


@in_every_encoding
@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_what_is_encoded_is_decoded(script: str, codec: str, encoding: str, data: st.DataObject) -> None:
    characters = common[script == "traditional"]
    text = "".join(data.draw(st.lists(characters, min_size=100, max_size=150, unique=True)))
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, encoding, 0)


def picture() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = b"".join(b"\0" + Random(row).randbytes(192) for row in range(64))  # noqa: S311 - repeatable noise
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("text.txt", SIMPLIFIED + TRADITIONAL)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(picture(), id="picture"),
        pytest.param(archive(), id="archive"),
        pytest.param(BOM_UTF16_LE + picture(), id="marked"),
        pytest.param(struct.pack("<500d", *range(500)), id="numbers"),
        pytest.param(bytes(99), id="zeros"),
    ],
)
def test_a_binary_file_is_no_text(data: bytes) -> None:
    with pytest.raises(NotTextError, match="binary"):
        decode(data)


@given(st.randoms(use_true_random=False), st.integers(1000, 6000))
@settings(max_examples=5, deadline=None, derandomize=True)
def test_random_bytes_are_no_text(random: Random, size: int) -> None:
    with pytest.raises(NotTextError):
        decode(random.randbytes(size))


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_whatever_the_bytes_are_there_is_a_text_or_a_plain_no(data: bytes) -> None:
    try:
        decoded = decode(data)
    except NotTextError:
        return
    assert decoded.encoding in {"utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5"}
    assert decoded.replaced == 0 or decoded.replaced == decoded.text.count("\ufffd")
    assert 0 <= decoded.confidence <= 1
    assert len(decoded.text) <= len(data)

"""Cell of a table, or label of a field -> what it is by its words alone: a figure, a period, a name."""

import re

from retrieval.late_pattern import LatePattern

_FIGURE = LatePattern(r"[+\-−–(（<>≤≥≈约約]?\s*[¥￥$€£]?\s*[.]?[0-9０-９]")
_PERIOD = LatePattern(
    r"(?:19|20)[0-9]{2}\s*(?:年度?|[-./年][0-9]{1,2}月?份?)?|[0-9]{1,2}\s*(?:月份?|[日号號]|季度)|[0-9]{1,2}[:：][0-9]{2}.*"
)
_LABEL = LatePattern(
    r"[^\d。，；,;]{0,6}(?:姓\s*名|名\s*[称稱]|[标標][题題]|主\s*[题題]|[议議][题題]|性\s*[别別]|年\s*[龄齡]|民\s*族|籍\s*[贯貫]"
    r"|[学學]\s*[历歷]|[专專][业業]|[职職]\s*[务務称稱位]|部\s*[门門]|[单單]\s*位|日\s*期|[时時]\s*[间間]|地\s*[点點址]"
    r"|[电電]\s*[话話]|手\s*[机機]|[邮郵]\s*[箱编編]|[传傳]真|网址|網址|[编編]\s*[号號]|[号號]\s*[码碼]|身份[证證](?:号码?|號碼?)?"
    r"|[联聯][系繫絡络](?:人|方式)|[负負][责責]人|主持人?|[记記][录錄]人?|出席(?:人[员員])?|缺席(?:人[员員])?|[参參]加人[员員]|[参參][会會]人[员員]"
    r"|金\s*[额額]|[内內]\s*容|[备備]\s*[注註]|[类類]\s*[型别別]|方\s*式|依\s*[据據]|[条條]件|材料|期限|[时時]限|[对對]象|[范範][围圍]|版本|作者|密[级級])"
    r"(?:[（(][^（）()]{1,10}[）)])?\s*[:：]?|[^\d。，；,;:：]{1,12}[:：]"
)
_ORDINAL = LatePattern(
    r"[（(]?第?[〇一二三四五六七八九十百]{1,4}[)）、.．条條章项項]?|[①-⑳]|[甲乙丙丁戊己庚辛]"
)
_ASIDE = re.compile(r"[（(][^（）()]{1,12}[）)]$|[:：]$")
_BLANK = re.compile(r"\s+")
LONGEST_NAME = 14
"""Characters of what names a column by its last words."""

_WORDS = """
序号 编号 代号 账号 学号 工号 文号 型号 号码 代码 名称 简称 姓名 名字 品名 人名 标题 题目 主题 项目 事项
内容 类别 类型 种类 分类 品种 品牌 性别 性质 数量 数额 数目 值 金额 总额 余额 单价 总价 价格 费用 收费
标准 要求 条件 依据 时间 时限 日期 期限 周期 频次 频率 地点 地址 住址 地区 位置 产地 范围 对象 部门 科室
处室 单位 机构 职务 职位 职责 职称 职能 岗位 电话 手机 邮箱 邮编 方式 方法 措施 备注 附注 说明 描述 解释
含义 意义 用途 作用 功能 情况 结果 结论 原因 理由 进度 进展 状态 规格 版本 作者 来源 年份 年度 年级 年龄
月份 季度 星期 等级 级别 得分 评分 分数 成绩 比例 比重 比率 步骤 流程 环节 阶段 材料 人员 人数 责任人
联系人 联络人 经办人 承办人 负责人 主持人 记录人 指标 目标 任务 课程 教师 班级 专业 学校 学历 学科 民族
籍贯 区域 省份 城市 区县 乡镇 问题 答案 变化 特点 特征 优点 缺点 重点 难点 口感 颜色 材质 面积 长度 高度
重量 序號 編號 代號 帳號 學號 文號 型號 號碼 代碼 名稱 簡稱 標題 題目 主題 項目 事項 內容 類別 類型 種類
分類 品種 性別 性質 數量 數額 金額 總額 單價 總價 價格 費用 收費 標準 條件 依據 時間 時限 頻率 地點 地區
產地 範圍 對象 部門 單位 機構 職務 職位 職責 職稱 崗位 電話 手機 郵箱 備註 附註 說明 解釋 情況 結果 結論
進度 狀態 規格 來源 年齡 級別 成績 步驟 環節 階段 人員 人數 責任人 聯絡人 負責人 指標 目標 任務 課程 教師
班級 專業 學校 學歷 區域 鄉鎮 問題 變化 特點 優點 缺點 重點
申请人 审批人 批准人 审核人 填表人 制表人 证明人 收款人 付款人 收件人 发件人 户主 事由 意见 签字 签名
盖章 院校 经历 履历 年月 面貌 住所 特长 爱好 术语 词语 词条 用语 缩写 全称 译名 班次 节次 时段 课时
对比项 比较项 选项 维度 申請人 審批人 審核人 證明人 戶主 意見 簽名 蓋章 經歷 術語 詞語 縮寫 全稱 時段
課時 對比項 選項 維度
name title type date time no. id description
note notes remarks status address phone email department price amount quantity unit category item owner
"""
NAMES = tuple(_WORDS.split())
"""The last words of what names a column, in lower case."""


def is_figure(cell: str) -> bool:
    """Whether a cell holds a number, an amount or a date."""
    return _FIGURE.match(cell) is not None


def is_period(cell: str) -> bool:
    """Whether a figure may name a column, as a year or a month does."""
    return _PERIOD.fullmatch(cell) is not None


def is_label(cell: str) -> bool:
    """Whether a cell names what stands beside it in a form."""
    return _LABEL.fullmatch(cell) is not None


def is_name(cell: str) -> bool:
    """Whether a cell holds words by which columns are named."""
    words = _BLANK.sub("", _ASIDE.sub("", cell.lower()))
    return (len(words) <= LONGEST_NAME and words.endswith(NAMES)) or is_period(cell) or is_label(cell)


def is_ordinal(cell: str) -> bool:
    """Whether a cell holds nothing but a number in words, or a sign that counts."""
    return _ORDINAL.fullmatch(cell) is not None

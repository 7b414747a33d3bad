"""Titles, and what the name of a body shows of its level and tier."""

from __future__ import annotations

import pytest
from understanding import HEADINGS, document, library, load, report, table

from checker.understand import understand

BODY = "本局按要求完成了有关工作。"
REST = tuple(part for heading in HEADINGS for part in (heading, BODY))
AGENCY = "青禾县水利局"
OPENING = "本报告根据条例要求编制，统计期限自2024年1月1日至2024年12月31日。"
NAMES = library().kinds[0].bodies


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("青禾县水利局2024年政府信息公开工作年度报告", AGENCY, 2024),
        ("青禾县水利局 2024 年政府信息公开工作年度报告", AGENCY, 2024),
        ("青禾县水利局２０２４年政府信息公开工作年度报告", AGENCY, 2024),
        ("青禾县水利局2024年度政府信息公开工作年度报告", AGENCY, 2024),
        ("青禾县水利局2024年政府信息公开工作报告", AGENCY, 2024),
        ("青禾县水利局2024年政府信息公开年度报告", AGENCY, 2024),
        ("青禾县水利局2024年政府信息公开年报", AGENCY, 2024),
        ("青禾县水利局2024年度信息公开年报", AGENCY, 2024),
        ("青禾县水利局关于2024年政府信息公开工作年度报告", AGENCY, 2024),
        ("关于青禾县水利局2024年政府信息公开工作年度报告", AGENCY, 2024),
        ("青禾县水利局政府信息公开工作2024年度报告", AGENCY, 2024),
        ("青禾县水利局政府信息公开工作年度报告（2024年）", AGENCY, 2024),
        ("青禾县水利局政府信息公开年度报告(2024年度)", AGENCY, 2024),
        ("2024年青禾县水利局政府信息公开工作年度报告", AGENCY, 2024),
        ("2024年度青禾县水利局政府信息公开年报", AGENCY, 2024),
        ("《青禾县水利局2024年政府信息公开工作年度报告》", AGENCY, 2024),
        ("青禾县水利局政府信息公开工作年度报告", AGENCY, None),
        ("2024年政府信息公开工作年度报告", None, 2024),
        ("青禾县人民政府（办公室）2024年政府信息公开工作年度报告", "青禾县人民政府（办公室）", 2024),
    ],
)
def test_titles(title, agency, year):
    found = report(title, *REST)
    assert found.identity.agency == agency
    assert found.identity.year == year
    assert found.title.paragraph.text == title
    assert found.texts[0].role == "title"


@pytest.mark.parametrize(
    "lines",
    [
        ("青禾县水利局", "2024年政府信息公开工作年度报告"),
        ("  青禾县水利局", "2024 年政府信息公开工作年度报告 "),
        ("青禾县水利局2024年", "政府信息公开工作年度报告"),
        ("青禾县水利局", "2024年度", "政府信息公开工作年度报告"),
        ("青禾县水利局", "政府信息公开工作年度报告（2024年）"),
    ],
)
@pytest.mark.parametrize("frame", [(), ("当前位置：首页>信息公开>年报",), ("附件",)])
def test_titles_spread_over_lines(lines, frame):
    found = report(*frame, *lines, "说明一段。", *REST)
    assert (found.identity.agency, found.identity.year) == (AGENCY, 2024)
    assert [text.paragraph.text for text in found.texts if text.role == "title"] == list(lines)
    assert found.title.place().location.paragraph == len(frame) + 1


def test_the_last_full_title_counts():
    title = "青禾县水利局2024年政府信息公开工作年度报告"
    found = report("2024年政府信息公开年报", title, "字号：大", title, "说明。", *REST)
    assert [text.role for text in found.texts][:5] == ["stray", "stray", "stray", "title", "body"]


def test_a_link_to_another_year_below_is_no_title():
    found = report(
        "青禾县水利局2024年政府信息公开工作年度报告", *REST, "青禾县水利局2023年政府信息公开工作年度报告"
    )
    assert found.identity.year == 2024


def test_the_page_title_helps_where_the_text_has_none():
    page = document("说明一段。", *REST, title="青禾县水利局2022年政府信息公开工作年度报告")
    found = understand(page, library())
    assert found.title.place().location.paragraph is None
    assert found.identity.title == "青禾县水利局2022年政府信息公开工作年度报告"
    assert (found.identity.agency, found.identity.year) == (AGENCY, 2022)


def test_year_and_agency_without_a_title():
    period = "统计期限自2023年1月1日起至12月31日止。"
    found = report(period, *REST, "青禾县水利局", "2024年1月8日")
    assert (found.identity.agency, found.identity.year) == (AGENCY, 2023)
    text = report("2022年，本局发布信息。2022年共答复。比2021年增加。", *REST)
    assert (text.identity.agency, text.identity.year) == (None, 2022)


@pytest.mark.parametrize(
    ("said", "level"),
    [("本局", "department"), ("我镇", "township"), ("我街道", "subdistrict"), ("我们", None)],
)
def test_without_a_name_the_level_is_what_a_body_calls_itself(said, level):
    rest = (part for heading in HEADINGS for part in (heading, "按要求完成了有关工作。"))
    assert report(f"2022年，{said}发布信息。2022年共答复。", *rest).identity.level == level


@pytest.mark.parametrize(
    ("said", "level", "tier"),
    [
        ("我旗在自治区党委的领导下", "government", "county"),
        ("我县出台了实施细则", "government", "county"),
        ("我局按照区政府的部署", "department", "county"),
        ("我局在县委、县政府的领导下", "department", "county"),
        ("我委根据盟行署的要求", "department", "prefecture"),
        ("我市各单位", "government", None),
        ("我局统一部署，我县各单位", "department", "county"),
        ("自治区政府要求", None, None),
    ],
)
def test_without_a_name_the_tier_is_that_of_those_who_give_orders(said, level, tier):
    rest = [part if part in HEADINGS else "按要求完成了有关工作。" for part in REST]
    found = report(f"2022年，{said}，发布信息。2022年共答复。", *rest)
    assert (found.identity.agency, found.identity.level, found.identity.tier) == (None, level, tier)


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("2024年，云川自治县人民政府落实上级部署。", "云川自治县人民政府"),
        ("2024年，柳河区围绕中心工作推进公开。", "柳河区人民政府"),
        ("??2024年，云川省人民政府办公厅落实部署。", "云川省人民政府办公厅"),
        ("2024年，云川县人民政府落实上级部署，我局承担公开工作。", None),
        ("2024年，全县围绕中心工作推进公开。", None),
    ],
)
def test_a_government_that_the_first_sentence_is_about(sentence, agency):
    rest = [part if part in HEADINGS else "按要求完成了有关工作。" for part in REST]
    first = rest.index(HEADINGS[0])
    assert (
        report("本报告按规定编写。", *rest[: first + 1], sentence, *rest[first + 1 :]).identity.agency
        == agency
    )


def test_level_and_tier_can_be_prescribed():
    page = document("青禾县水利局2024年政府信息公开工作年度报告", *REST)
    found = understand(page, library(), level="office", tier="prefecture")
    assert (found.identity.level, found.identity.tier) == ("office", "prefecture")


@pytest.mark.parametrize(
    ("name", "level", "tier"),
    [
        ("福建省人民政府", "government", "province"),
        ("本溪市水利局", "department", None),
        ("全椒县人民政府", "government", "county"),
        ("向阳区教育局", "department", "county"),
        ("晋城市城区人民政府", "government", "county"),
        ("阳泉市矿区教育局", "department", "county"),
        ("福建省人民政府办公厅", "office", "province"),
        ("福建省市场监督管理局", "department", "province"),
        ("广西壮族自治区人民政府", "government", "province"),
        ("内蒙古自治区水利厅", "department", "province"),
        ("北京市人民政府", "government", "province"),
        ("上海市水务局", "department", "province"),
        ("重庆市城市管理局", "department", "province"),
        ("北京市东城区人民政府", "government", "county"),
        ("上海市浦东新区人民政府", "government", "county"),
        ("重庆市云阳县人民政府", "government", "county"),
        ("恩施土家族苗族自治州人民政府", "government", "prefecture"),
        ("大理州人民政府办公室", "office", "prefecture"),
        ("凉山州水利局", "department", "prefecture"),
        ("锡林郭勒盟行政公署", "government", "prefecture"),
        ("大兴安岭地区行政公署", "government", "prefecture"),
        ("锡林郭勒盟水利局", "department", "prefecture"),
        ("泉州市人民政府", "government", None),
        ("晋江市民政局", "department", None),
        ("晋江市市场监督管理局", "department", None),
        ("福州市城市管理局", "department", None),
        ("泉州市文化市场综合执法支队", "department", None),
        ("成都市城市管理委员会", "department", None),
        ("常州市人民政府", "government", None),
        ("杭州市园林文物局", "department", None),
        ("镇江市人民政府", "government", None),
        ("新乡市人民政府", "government", None),
        ("景德镇市人民政府办公室", "office", None),
        ("淮安市人民政府", "government", None),
        ("泉州市晋江市民政局", "department", "county"),
        ("泉州市晋江市市场监督管理局", "department", "county"),
        ("延边朝鲜族自治州延吉市人民政府", "government", "county"),
        ("凉山州西昌市水利局", "department", "county"),
        ("泉州市洛江区人民政府", "government", "county"),
        ("永春县人民政府", "government", "county"),
        ("永春县人民政府办公室", "office", "county"),
        ("福建省永春县教育局", "department", "county"),
        ("泉州市永春县教育局", "department", "county"),
        ("鄂温克族自治旗人民政府", "government", "county"),
        ("达尔罕茂明安联合旗教育局", "department", "county"),
        ("洛江区民政局", "department", "county"),
        ("鲤城区人民政府", "government", "county"),
        ("神农架林区人民政府", "government", "county"),
        ("永春县蓬壶镇人民政府", "township", "township"),
        ("晋江市安海镇人民政府", "township", "township"),
        ("永春县横口乡人民政府", "township", "township"),
        ("某某县白马畲族乡人民政府", "township", "township"),
        ("苏尼特左旗巴彦乌拉苏木人民政府", "township", "township"),
        ("晋江市青阳街道办事处", "subdistrict", "township"),
        ("晋江市人民政府青阳街道办事处", "subdistrict", "township"),
        ("泉州台商投资区管理委员会", "other", None),
        ("武汉东湖新技术开发区管委会", "other", None),
        ("晋江经济开发区管理委员会", "other", None),
        ("晋江市医院", "other", None),
        ("国家税务总局晋江市税务局", "central", None),
        ("国家税务总局永春县税务局", "central", "county"),
        ("国家税务总局福建省税务局", "central", "province"),
        ("国家税务总局", "central", "national"),
        ("国务院办公厅", "central", "national"),
        ("中华人民共和国厦门海关", "central", None),
        ("泉州海关", "central", None),
        ("晋江市气象局", "central", None),
        ("永春县烟草专卖局", "central", "county"),
        ("泉州市地震局", "department", None),
        ("自然资源部", "central", "national"),
        ("国家发展和改革委员会", "central", "national"),
        ("海关总署", "central", "national"),
        ("国家税务总局青禾县税务局第一税务分局", "central", "county"),
        ("中华人民共和国漳州海关", "central", None),
        ("青禾县邮政管理局", "central", "county"),
        ("福建省通信管理局", "central", "province"),
        ("国家统计局福建调查总队", "central", "province"),
        ("国家统计局青禾调查队", "central", None),
        ("国家统计局青禾县调查队", "central", "county"),
        ("国家金融监督管理总局福建监管局", "central", "province"),
        ("国家金融监督管理总局泉州监管分局", "central", "prefecture"),
        ("泉州市消防救援支队", "central", None),
        ("青禾县消防救援大队", "central", "county"),
        ("财政部福建监管局", "central", "province"),
        ("福建省地方金融监督管理局", "department", "province"),
        ("泉州市公安局", "department", None),
        ("泉州市公安局丰泽分局", "department", None),
        ("青禾县公安局", "department", "county"),
        ("泉州市自然资源和规划局洛江区分局", "department", "county"),
        ("泉州经济技术开发区管委会建设局", "department", None),
        ("泉州高新技术产业开发区（泉州经济技术开发区）管委会", "other", None),
        ("福州新区管理委员会", "other", None),
        ("新疆生产建设兵团", "government", "province"),
        ("第八师石河子市", "government", "prefecture"),
        ("第八师石河子市教育局", "department", "prefecture"),
        ("阿里地区行政公署办公室", "office", "prefecture"),
        ("阿里地区教育局", "department", "prefecture"),
        ("兴安盟行政公署", "government", "prefecture"),
        ("乌审旗人民政府办公室", "office", "county"),
        ("乌审旗教育体育局", "department", "county"),
        ("乌审旗嘎鲁图镇人民政府", "township", "township"),
        ("中共青禾县委宣传部", "other", "county"),
        ("青禾县委网信办", "other", "county"),
        ("青禾县人民武装部", "other", "county"),
        ("青禾县人民政府地方志办公室", "department", "county"),
        ("青禾县人民政府外事办公室", "department", "county"),
    ],
)
def test_bodies(name, level, tier):
    found = report(f"{name}2024年政府信息公开工作年度报告", *REST)
    assert found.identity.agency == name
    assert (found.identity.level, found.identity.tier) == (level, tier)


@pytest.mark.parametrize("name", (KINDS := load("../tests/understand/kinds_of_bodies.yaml")))
def test_kinds_of_bodies(name):
    level = NAMES.level(name)
    assert [level, NAMES.tier(name, level)] == KINDS[name]


@pytest.mark.parametrize("lines", (WHOSE := load("../tests/understand/whose.yaml")))
def test_whose_report_it_is(lines):
    front, _, end = lines.replace("◇", OPENING).partition("@")
    blocks = (
        table(line.replace("↵", "\n")) if "↵" in line else line
        for line in (*front.split("／"), *REST, *end.split("／"))
        if line
    )
    assert report(*blocks).identity.agency == WHOSE[lines]


@pytest.mark.parametrize("lines", (TITLES := load("../tests/understand/titles.yaml")))
def test_what_stands_where_a_title_stands_is_the_title(lines):
    found = report(*lines.split("／"), "根据有关规定编制本报告。", *REST)
    assert [found.identity.agency, found.identity.year] == TITLES[lines]
    assert found.title is not None


@pytest.mark.parametrize(
    ("said", "agency", "tier"),
    [
        ("2023年，青禾县水利局持续推进政务公开。", "青禾县水利局", "county"),
        ("2023年，在县委的正确领导下，青禾县水利局认真落实条例。", "青禾县水利局", "county"),
        ("2023年,区住建委在区委、区政府的统筹安排下推进公开。", "区住建委", "county"),
        ("青禾镇始终坚持公开为常态。", "青禾镇人民政府", "township"),
        ("一年来，青禾县信访局扎实推进公开。", "青禾县信访局", "county"),
        ("今年以来，市体育局聚焦公开重点。", "市体育局", None),
        ("2023年，青禾县水利局不断提高我局公开水平。", "青禾县水利局", "county"),
        ("（一）加强领导。图书馆把公开摆上日程。", "图书馆", None),
        ("2023年，新兴街坚持公开为常态。", "新兴街", "township"),
        ("2023年，青禾县政务公开工作在县委的领导下推进。", "青禾县人民政府", "county"),
        ("2023年，青禾县人民政府办公室自觉履行职责。", "青禾县人民政府办公室", "county"),
    ],
)
def test_who_the_first_section_is_about(said, agency, tier):
    found = _first_section(said)
    assert (found.identity.agency, found.identity.tier) == (agency, tier)


@pytest.mark.parametrize(
    "said",
    [
        # A government, a body above, those below, two bodies, another level.
        "2023年，青禾县人民政府高度重视公开工作。",
        "2023年，青禾县水利局高度重视，我办积极落实。",
        "2023年，国务院办公厅持续推进公开。",
        "2023年，县委区委认真落实条例。",
        "2023年，青禾县政务公开办加强对我局的指导。",
        "2023年，按照县档案局要求推进公开。",
        "2023年，辖区乡镇认真落实条例。",
        "青禾县水利局认真落实。2023年，青禾县教育局积极配合。",
        "2023年，青禾县水利局认真落实。\n我镇加强公开。",
    ],
)
def test_in_doubt_the_first_section_is_about_nobody(said):
    assert _first_section(said).identity.agency is None


def _first_section(said: str):
    rest = (part for heading in HEADINGS[1:] for part in (heading, "按要求完成了有关工作。"))
    return report("本报告依据条例编制。", HEADINGS[0], *said.split("\n"), *rest)


@pytest.mark.parametrize(
    ("contact", "said", "agency"),
    [
        ("请与青禾县人民政府办公室联系", "2024年，青禾县人民政府认真落实条例。", "青禾县人民政府"),
        ("由青禾市人民政府办公厅编制", "青禾市人民政府准确执行条例。", "青禾市人民政府"),
        ("由青禾县人民政府办公室综合各部门情况整理而成", "2024年，青禾县公开有序。", "青禾县人民政府"),
        ("由青禾县综合行政执法局综合各股室情况编写", "2024年，我局公开有序。", "青禾县综合行政执法局"),
        ("请与青禾县人民政府办公室联系", "2024年，县教育局认真落实条例。", "县教育局"),
        ("由青禾县人民政府办公室编制", "2024年，青禾县人民政府办公室认真落实条例。", "青禾县人民政府办公室"),
        ("由青禾县人民政府办公室编制", "2024年，青禾县人民政府门户网站发布信息。", "青禾县人民政府办公室"),
    ],
)
def test_the_report_of_a_government_that_its_office_has_written(contact, said, agency):
    rest = (part for heading in HEADINGS[1:] for part in (heading, "按要求完成了有关工作。"))
    assert report(f"本报告{contact}。", HEADINGS[0], said, *rest).identity.agency == agency


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("{} 浏览次数：12", "{}"),
        ("{} 2025-01-20 来源：县水利局", "{}"),
        ("{}【字体：大 中 小】", "{}"),
        ("{}_青禾县人民政府", "{}"),
        ("首页>年报>{}", "{}"),
        ("标题：{}", "{}"),
        ("{} |", "{}"),
        ("{} 2025-01-20", "{}"),
        ("名 称 {}", "{}"),
        ("附件1：{}", "附件1：{}"),
    ],
)
def test_what_a_page_adds_is_no_part_of_the_title(line, title):
    words = f"{AGENCY}2024年政府信息公开工作年度报告"
    found = report(line.format(words), *REST)
    assert found.identity.title == title.format(words)
    assert found.title.squeezed.text == title.format(words)


def test_the_text_tells_the_tier_of_a_branch():
    branch = "青禾市公安局青山分局"
    for said, tier in [
        ("2024年，我局按照区委、区政府要求做好公开。", "county"),
        ("2024年，我局做好公开。", None),
    ]:
        found = report(f"{branch}2024年政府信息公开工作年度报告", HEADINGS[0], said, *REST[2:])
        assert (found.identity.agency, found.identity.tier) == (branch, tier)


def test_the_year_is_the_one_that_sentences_begin_with():
    said = "2024年，本局做好公开。收到申请3件，2023年结转1件，结转2025年2件。"
    assert report(AGENCY, HEADINGS[0], said, *REST[2:]).identity.year == 2024


def test_a_title_that_only_the_table_of_the_page_gives():
    card = "发文日期： | 2023-01-18\n信息名称： | 青禾县水利局2022年政府信息公开工作年度报告 "
    found = report(table(card), "说明一段。", *REST)
    assert found.identity.title == "青禾县水利局2022年政府信息公开工作年度报告"
    assert str(found.field("published").value) == "2023-01-18"


def test_where_a_page_stands_is_no_title():
    assert report("您的位置 首页 > 政务公开 > 信息公开工作年度报告", OPENING, *REST).identity.title is None

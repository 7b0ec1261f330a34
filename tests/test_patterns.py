"""The patterns folder, tested like code: examples, strength, refusals, and the words themselves."""

from __future__ import annotations

import re
import shutil
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrcheck.claims.examples import Failure, captures, failures
from narrcheck.claims.quantities import find_numbers
from narrcheck.errors import PatternError
from narrcheck.patterns import Patterns, load_patterns
from narrcheck.patterns.claims import ClaimPattern
from narrcheck.patterns.language import (
    Choice,
    Example,
    Leaf,
    Node,
    Option,
    Sequence,
    expand,
    parse,
    read_example,
    show,
    weakened,
)

FOLDER = Path(__file__).resolve().parent.parent / "patterns"
PATTERNS = load_patterns(FOLDER)
# The files of the folder, and what an entry of each is called.
FILES = {
    "claims.toml": "claim",
    "cues.toml": "cue",
    "empty_tables.toml": "empty",
    "flaws.toml": "flaw",
    "funds.toml": "fund",
    "items.toml": "item",
    "lists.toml": "list",
    "measures.toml": "measure",
    "no_claims.toml": "no_claim",
    "parts.toml": "parts",
    "purposes.toml": "purpose",
    "required.toml": "required",
    "sections.toml": "section",
    "table_labels.toml": "label",
    "tables.toml": "table",
    "units.toml": "unit",
}
PLACES = """
北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北
湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
石家庄 太原 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州 武汉 长沙 广州 海口 成都
贵阳 昆明 西安 兰州 西宁 台北 呼和浩特 南宁 拉萨 银川 乌鲁木齐 大连 青岛 宁波 厦门 深圳
苏州 无锡 常州 南通 徐州 扬州 佛山 东莞 珠海 惠州 烟台 潍坊 临沂 湖州 温州 绍兴 嘉兴 金华
株洲 湘潭 衡阳 岳阳 常德 泉州 漳州 唐山 保定 洛阳 襄阳 宜昌 赣州 九江 芜湖 绵阳 遵义 桂林
"""


def entries(file: str) -> list[dict[str, Any]]:
    """The entries of a file of the patterns folder, read without narrcheck."""
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))[
        FILES[file]
    ]
    return found


def names_of(file: str) -> Iterator[tuple[str, str]]:
    """Every printed form in a file, and the id of its entry."""
    for entry in entries(file):
        for name in entry["names"]:
            yield name, entry["id"]


def unified(name: str) -> str:
    """A name in characters of one width, with one sort of quotes and no white space."""
    name = unicodedata.normalize("NFKC", "".join(name.split()))
    return name.translate(str.maketrans("“”‘’", "\"\"''"))


# ---- Examples ----


@pytest.mark.parametrize(
    ("pattern", "example"),
    [(pattern, example) for pattern in PATTERNS.claims for example in pattern.examples],
    ids=lambda value: value.id if isinstance(value, ClaimPattern) else value.text,
)
def test_an_example_gives_just_what_is_marked_in_it(
    pattern: ClaimPattern, example: Example
) -> None:
    assert captures(pattern, example.text, PATTERNS) == example.captures


@pytest.mark.parametrize("pattern", PATTERNS.claims, ids=lambda pattern: pattern.id)
def test_every_part_of_a_pattern_is_needed_by_one_of_its_examples(pattern: ClaimPattern) -> None:
    useless = []
    for what, tree in weakened(pattern.tree):
        weaker = replace(pattern, tree=tree)
        if all(captures(weaker, e.text, PATTERNS) == e.captures for e in pattern.examples):
            useless.append(what)
    assert useless == []


def test_no_example_of_the_folder_fails() -> None:
    assert list(failures(PATTERNS)) == []


# ---- A folder of one's own ----


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the patterns folder, to be changed."""
    return shutil.copytree(FOLDER, tmp_path / "patterns")


def append(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def exchange(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def named(patterns: Patterns, identity: str) -> ClaimPattern:
    return next(pattern for pattern in patterns.claims if pattern.id == identity)


def test_an_example_that_is_read_otherwise_is_named_with_what_was_read(folder: Path) -> None:
    append(
        folder / "claims.toml",
        '[[claim]]\nid = "spent"\ntitle = "花费"\ntext = "花费 {amount:money}"\n'
        'examples = ["花费{amount:3.00万元}。", "花费3.00万元，", "{amount:3.00万元}。", "花费"]',
    )
    assert list(failures(load_patterns(folder))) == [
        Failure("spent", "花费3.00万元，", (), (("amount", "3.00万元"),)),
        Failure("spent", "3.00万元。", (("amount", "3.00万元"),), ()),
    ]


def test_a_match_without_roles_counts_as_a_whole_under_the_kind_of_its_pattern(
    folder: Path,
) -> None:
    append(
        folder / "claims.toml",
        '[[claim]]\nid = "idle"\nkind = "zero"\ntitle = "未动用"\ntext = "[{year}] 资金 未动用"\n'
        'examples = ["{zero:资金未动用}。", "{year:上年}资金未动用。", "动用资金"]',
    )
    patterns = load_patterns(folder)
    assert list(failures(patterns)) == []
    assert captures(named(patterns, "idle"), "资金未动用，资金 未动用。", patterns) == (
        ("zero", "资金未动用"),
        ("zero", "资金 未动用"),
    )


def test_only_the_pattern_asked_for_is_run() -> None:
    text = "支出合计为30.00万元，增长2.0%。"
    assert captures(named(PATTERNS, "growth"), text, PATTERNS) == (
        ("direction", "增长"),
        ("growth", "2.0%"),
    )


# ---- What the README promises ----

README = (FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_word_that_the_readme_adds_is_read_once_it_is_added(folder: Path) -> None:
    marked = "比上年{direction:回落}{change:6.20万元}。"
    assert marked in README
    example = read_example(marked)
    assert captures(named(PATTERNS, "change"), example.text, PATTERNS) == ()
    exchange(folder / "cues.toml", 'words = ["减少", ', 'words = ["减少", "回落", ')
    exchange(
        folder / "claims.toml", '  "增加6.20个百分点。",', f'  "{marked}",\n  "增加6.20个百分点。",'
    )
    patterns = load_patterns(folder)
    assert captures(named(patterns, "change"), example.text, patterns) == example.captures
    assert list(failures(patterns)) == []


def test_the_pattern_that_the_readme_adds_is_read_once_it_is_added(folder: Path) -> None:
    (block,) = re.findall(r"```toml\n(\[\[claim\]\].*?)```", README, re.DOTALL)
    entry = tomllib.loads(block)["claim"][0]
    assert entry["id"] not in {pattern.id for pattern in PATTERNS.claims}
    append(folder / "claims.toml", block)
    patterns = load_patterns(folder)
    assert list(failures(patterns)) == []
    pattern = named(patterns, entry["id"])
    for _, tree in weakened(pattern.tree):
        weaker = replace(pattern, tree=tree)
        assert any(captures(weaker, e.text, patterns) != e.captures for e in pattern.examples)


def test_the_readme_speaks_of_every_file_role_and_kind() -> None:
    for file in FILES:
        assert f"`{file}`" in README
    for word in ("amount", "change", "growth", "share", "completion", "count", "rate", "prior"):
        assert f"`{word}`" in README
    for word in ("budget_amount", "base", "relation", "parts", "list", "zero"):
        assert f"`{word}`" in README


# ---- Refusals ----


def refusal(folder: Path) -> str:
    """The one line with which a folder is refused."""
    with pytest.raises(PatternError) as caught:
        load_patterns(folder)
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize(("file", "kind"), FILES.items())
def test_an_unknown_key_is_refused(folder: Path, file: str, kind: str) -> None:
    append(folder / file, f'[[{kind}]]\nid = "新条"\ncolour = "红"')
    message = refusal(folder)
    assert file in message
    assert "新条" in message
    assert "colour" in message


@pytest.mark.parametrize(("file", "kind"), FILES.items())
def test_a_missing_key_is_refused(folder: Path, file: str, kind: str) -> None:
    append(folder / file, f'[[{kind}]]\nid = "新条"')
    message = refusal(folder)
    assert file in message
    assert "新条" in message
    assert "缺少键" in message


@pytest.mark.parametrize(("file", "kind"), FILES.items())
def test_an_id_used_twice_is_refused(folder: Path, file: str, kind: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    first = f"[[{kind}]]{text.split(f'[[{kind}]]')[1]}"
    append(folder / file, first)
    message = refusal(folder)
    assert file in message
    assert entries(file)[0]["id"] in message
    assert "用了两次" in message


@pytest.mark.parametrize("file", FILES)
def test_a_part_that_does_not_belong_in_its_file_is_refused(folder: Path, file: str) -> None:
    append(folder / file, '[[colour]]\nid = "红"')
    message = refusal(folder)
    assert file in message
    assert "colour" in message


@pytest.mark.parametrize("broken", ["[[", 'id = "没有引号', "a = 1\na = 2"])
@pytest.mark.parametrize("file", FILES)
def test_broken_toml_is_refused(folder: Path, file: str, broken: str) -> None:
    append(folder / file, broken)
    message = refusal(folder)
    assert file in message
    assert "TOML" in message


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_refused(folder: Path, file: str) -> None:
    (folder / file).unlink()
    message = refusal(folder)
    assert file in message
    assert "缺少" in message


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_utf_8_is_refused(folder: Path, file: str) -> None:
    (folder / file).write_bytes("# 说明".encode("gb18030"))
    assert file in refusal(folder)


CLAIM = '[[claim]]\nid = "新条"\ntitle = "新"\n'
GOOD = 'examples = ["花费{amount:3.00万元}。", "花费3辆。"]'
SECTION = '[[section]]\nid = "新条"\nall = ["三公"]\nnot = []\nfund = "三公"\n'
TABLE = '[[table]]\nid = "新条"\nall = ["彩票"]\nnot = []\nheaders = []\nfund = "全部"\n'
UNIT = '[[unit]]\nid = "新条"\nnames = ["毛"]\n'


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("claims.toml", f'{CLAIM}text = "{{amount:gold}}"\n{GOOD}', "gold"),
        ("claims.toml", f'{CLAIM}text = "<gold> {{amount:money}}"\n{GOOD}', "gold"),
        ("claims.toml", f'{CLAIM}text = "花费 {{amount:money"\n{GOOD}', "看不懂"),
        ("claims.toml", f'{CLAIM}text = "[花费 {{amount:money}}"\n{GOOD}', "缺少"),
        ("claims.toml", f'{CLAIM}text = "花费 <fund>"\n{GOOD}', "kind"),
        ("claims.toml", f'{CLAIM}kind = "base"\ntext = "{{amount:money}}"\n{GOOD}', "kind"),
        ("claims.toml", f'{CLAIM}kind = "gold"\ntext = "花费"\n{GOOD}', "gold"),
        ("claims.toml", f'{CLAIM}kind = "zero"\ntext = ""\n{GOOD}', "空"),
        (
            "claims.toml",
            f'{CLAIM}text = "{{amount:money}}"\nexamples = ["花费{{amount:3.00万元}}。"]',
            "反例",
        ),
        ("claims.toml", f'{CLAIM}text = "{{amount:money}}"\nexamples = ["花费3辆。"]', "标出"),
        ("claims.toml", f'{CLAIM}text = "{{amount:money}}"\nexamples = []', "标出"),
        ("no_claims.toml", '[[no_claim]]\nid = "新条"\nregex = "("\nexamples = []', "regex"),
        (
            "no_claims.toml",
            '[[no_claim]]\nid = "新条"\nregex = "附表[0-9]+"\nexamples = ["见附表3"]',
            "正例",
        ),
        (
            "no_claims.toml",
            '[[no_claim]]\nid = "新条"\nregex = "附表[0-9]+"\nexamples = ["见【附表3】"]',
            "反例",
        ),
        (
            "no_claims.toml",
            '[[no_claim]]\nid = "新条"\nregex = "附表[0-9]"\nexamples = ["见【附表31】", "附表"]',
            "附表31",
        ),
        ("sections.toml", f'{SECTION}examples = ["三公经费情况说明"]', "三公经费情况说明"),
        ("sections.toml", f'{SECTION}examples = ["会议费情况说明"]', "会议费情况说明"),
        (
            "table_labels.toml",
            '[[label]]\nid = "新条"\nrole = "name"\ntext = "("\nexamples = ["甲"]',
            "正则",
        ),
        (
            "table_labels.toml",
            '[[label]]\nid = "新条"\nrole = "colour"\ntext = "甲"\nexamples = ["甲"]',
            "role",
        ),
        (
            "table_labels.toml",
            '[[label]]\nid = "新条"\nrole = "name"\ntext = "甲"\nexamples = ["乙"]',
            "乙",
        ),
        (
            "table_labels.toml",
            '[[label]]\nid = "新条"\nrole = "name"\ntext = "甲"\nexamples = []',
            "examples",
        ),
        (
            "table_labels.toml",
            '[[label]]\nid = "新条"\nrole = "name"\ntext = "甲"\nexamples = ["甲"]\n'
            'others = ["甲"]',
            "误认",
        ),
        (
            "tables.toml",
            f'{TABLE}layout = "圆"\nexamples = ["彩票表"]\nothers = ["收入表"]',
            "layout",
        ),
        ("tables.toml", f'{TABLE}layout = "科目"\nexamples = ["彩票表"]\nothers = []', "others"),
        (
            "tables.toml",
            f'{TABLE}layout = "科目"\nexamples = []\nothers = ["收入表"]',
            "examples",
        ),
        (
            "tables.toml",
            f'{TABLE}layout = "科目"\nexamples = ["收入总表"]\nothers = ["收入表"]',
            "收入总表",
        ),
        (
            "tables.toml",
            f'{TABLE}layout = "科目"\nexamples = ["彩票表"]\nothers = ["彩票支付表"]',
            "彩票支付表",
        ),
        ("units.toml", f'{UNIT}dimension = "gold"\nscale = "1"', "gold"),
        ("units.toml", f'{UNIT}dimension = "money"\nscale = "一"', "一"),
    ],
)
def test_a_malformed_entry_is_refused_by_file_and_id(
    folder: Path, file: str, text: str, said: str
) -> None:
    append(folder / file, text)
    message = refusal(folder)
    assert file in message
    assert "新条" in message
    assert said in message.replace("新条", "")


@pytest.mark.parametrize(
    ("file", "entry", "name"),
    [
        ("items.toml", '[[item]]\nid = "新条"\nfund = ""\nnames = ["基本支出"]', "基本支出"),
        ("measures.toml", '[[measure]]\nid = "新条"\nnames = ["年初预算"]', "年初预算"),
        ("funds.toml", '[[fund]]\nid = "新条"\nnames = ["财政拨款"]', "财政拨款"),
        (
            "units.toml",
            '[[unit]]\nid = "新条"\ndimension = "money"\nscale = "7"\nnames = ["万"]',
            "“万”",
        ),
    ],
)
def test_a_name_with_two_meanings_is_refused(
    folder: Path, file: str, entry: str, name: str
) -> None:
    append(folder / file, entry)
    message = refusal(folder)
    assert file in message
    assert "新条" in message
    assert name in message
    assert "两种意思" in message


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("cues.toml", '[[cue]]\nid = "新条"\ntitle = "新"\nwords = "净增"'),
        ("items.toml", '[[item]]\nid = "新条"\nfund = ""\nnames = "彩票"'),
        ("units.toml", f'{UNIT}dimension = "money"\nscale = "1/0"'),
        ("units.toml", f'{UNIT}dimension = "money"\nscale = ["1"]'),
    ],
)
def test_a_value_of_the_wrong_sort_is_refused(folder: Path, file: str, text: str) -> None:
    append(folder / file, text)
    message = refusal(folder)
    assert file in message
    assert "新条" in message


def test_an_entry_in_single_brackets_is_refused(folder: Path) -> None:
    (folder / "measures.toml").write_text('[measure]\nid = "决算数"\nnames = []', encoding="utf-8")
    assert "measures.toml" in refusal(folder)


# ---- The words ----


@pytest.mark.parametrize("entry", entries("cues.toml"), ids=lambda entry: entry["id"])
def test_no_word_stands_twice_within_a_cue(entry: dict[str, Any]) -> None:
    assert [word for word, times in Counter(entry["words"]).items() if times > 1] == []
    assert all(word == word.strip() != "" for word in entry["words"])


@pytest.mark.parametrize("file", ["items.toml", "measures.toml", "funds.toml", "units.toml"])
def test_no_name_stands_twice_within_an_entry(file: str) -> None:
    for entry in entries(file):
        assert [name for name, times in Counter(entry["names"]).items() if times > 1] == []
        assert all(name == name.strip() != "" for name in entry["names"])


def test_names_that_differ_only_in_width_or_brackets_mean_the_same() -> None:
    meanings: dict[str, set[tuple[str, str]]] = {}
    for file in ("items.toml", "measures.toml", "funds.toml", "units.toml"):
        ids = ((entry["id"], entry["id"]) for entry in entries(file))
        for name, identity in [*names_of(file), *ids]:
            meanings.setdefault(unified(name), set()).add((file, identity))
    assert {name: each for name, each in meanings.items() if len(each) > 1} == {}


def test_whole_and_parts_are_items() -> None:
    items = {entry["id"] for entry in entries("items.toml")}
    for entry in entries("parts.toml"):
        said = {entry["whole"], *entry["parts"], *entry["required"], *entry.get("within", ())}
        assert said <= items, entry["id"]
        assert set(entry["required"]) <= set(entry["parts"]), entry["id"]
        assert entry["whole"] not in entry["parts"], entry["id"]


def test_the_items_that_items_and_sections_speak_of_exist() -> None:
    items = {entry["id"] for entry in entries("items.toml")}
    for entry in entries("items.toml"):
        assert {*entry.get("same_as", ())} <= items, entry["id"]
        assert entry.get("meant", entry["id"]) in items, entry["id"]
    for entry in entries("sections.toml"):
        assert entry.get("item", "支出合计") in items, entry["id"]


def test_the_formulas_that_parts_cite_are_known(shared: Path) -> None:
    known = (shared / "domain" / "formulas.json").read_text(encoding="utf-8")
    for entry in entries("parts.toml"):
        assert f'"{entry["formula"]}"' in known, entry["id"]


@pytest.mark.parametrize(
    "entry",
    [pytest.param(entry, id=entry["id"]) for entry in entries("no_claims.toml")],
)
def test_the_numbers_that_state_nothing_are_found_as_marked(entry: dict[str, Any]) -> None:
    for example in entry["examples"]:
        text = re.sub("[【】]", "", example)
        numbers = find_numbers(text, PATTERNS.words, PATTERNS.no_claims)
        silent = "".join(text[n.start : n.end] for n in numbers if n.why == entry["id"])
        assert silent == "".join(re.findall("【(.*?)】", example)), example


@pytest.mark.parametrize(("name", "identity"), sorted(names_of("units.toml")))
def test_a_number_is_read_with_every_unit(name: str, identity: str) -> None:
    text = f"共计12.50{name}。"
    (number,) = find_numbers(text, PATTERNS.words, PATTERNS.no_claims)
    assert (number.start, number.end) == (2, len(text) - 1)
    assert number.quantity is not None
    assert number.quantity.value == Decimal("12.50")
    assert number.quantity.unit.text == identity


def test_any_title_belongs_to_the_last_section_where_no_other_fits() -> None:
    *others, last = PATTERNS.words.sections
    assert not last.all
    assert not last.none
    assert all(section.all for section in others)


def test_the_cues_that_reading_asks_for_by_name_exist() -> None:
    asked = {"up", "down", "flat", "nearly", "greater", "less", "equal", "year", "last_year"}
    asked |= {"comma", "binds"}
    assert asked <= {entry["id"] for entry in entries("cues.toml")}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.name)
def test_no_place_is_named_in_the_patterns(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [place for place in PLACES.split() if place in text] == []


# ---- The language ----

MONEY = Leaf(types=("money",), role="amount")
ITEM = Leaf(types=("item",), role="item")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", ()),
        ("{item}", (ITEM,)),
        ("{amount:money}", (MONEY,)),
        ("<of>", (Leaf(types=("of",)),)),
        ("<up|down>", (Leaf(types=("up", "down")),)),
        ("{direction:up|down}", (Leaf(types=("up", "down"), role="direction"),)),
        ("{whole:…}", (Leaf(role="whole", phrase=True),)),
        ("的", (Leaf(text="的"),)),
        ("（ 含税 ）", (Leaf(text="（"), Leaf(text="含税"), Leaf(text="）"))),
        ("[{item}]{amount:money}", (Option((ITEM,)), MONEY)),
        ("[[的] {item}]", (Option((Option((Leaf(text="的"),)), ITEM)),)),
        ("(完成率|{item} 的)", (Choice(((Leaf(text="完成率"),), (ITEM, Leaf(text="的")))),)),
        ("([的]|{item})", (Choice(((Option((Leaf(text="的"),)),), (ITEM,))),)),
        ("((甲|乙)|丙)", (Choice(((parse("(甲|乙)")), (Leaf(text="丙"),))),)),
    ],
)
def test_a_pattern_is_parsed(text: str, tree: Sequence) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        *("[的", "的]", "(甲|乙", "甲)", "甲|乙", "[甲)", "(甲]", "[甲|乙]"),
        *("{item", "item}", "<of", "of>", "{}", "<>", "{a{b}}", "{a:b}>"),
    ],
)
def test_a_malformed_pattern_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"看不懂|缺少|括号不成对"):
        parse(text)


@pytest.mark.parametrize("text", ["()", "[]", "(甲|)", "(|甲)", "(（|() 甲 (）|))"])
def test_an_alternative_without_words_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="空"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "all_of_them"),
    [
        ("甲 乙", ["甲 乙"]),
        ("[甲] 乙", ["乙", "甲 乙"]),
        ("(甲|乙) 丙", ["甲 丙", "乙 丙"]),
        ("[甲] [乙]", ["", "乙", "甲", "甲 乙"]),
        ("[甲 [乙]] 丙", ["丙", "甲 丙", "甲 乙 丙"]),
        ("([甲]|乙 (丙|丁))", ["", "甲", "乙 丙", "乙 丁"]),
    ],
)
def test_a_pattern_allows_every_combination_of_its_parts(text: str, all_of_them: list[str]) -> None:
    assert [" ".join(leaf.text for leaf in leaves) for leaves in expand(parse(text))] == all_of_them


@pytest.mark.parametrize(
    ("text", "weaker"),
    [
        ("甲 {amount:money}", []),
        ("[甲] 乙", [("[甲]", "乙")]),
        ("(甲|乙)", [("(甲)", "(乙)"), ("(乙)", "(甲)")]),
        ("{x:up|down}", [("up", "{x:down}"), ("down", "{x:up}")]),
        (
            "[甲 [乙]] 丙",
            [("[甲 [乙]]", "丙"), ("[乙]", "[甲] 丙")],
        ),
        (
            "([甲]|乙) {x:a|b}",
            [
                ("([甲])", "(乙) {x:a|b}"),
                ("[甲]", "(|乙) {x:a|b}"),
                ("(乙)", "([甲]) {x:a|b}"),
                ("a", "([甲]|乙) {x:b}"),
                ("b", "([甲]|乙) {x:a}"),
            ],
        ),
    ],
)
def test_a_pattern_is_weakened_by_one_part_at_a_time(
    text: str, weaker: list[tuple[str, str]]
) -> None:
    assert [(what, show(tree)) for what, tree in weakened(parse(text))] == weaker


words = st.sampled_from(["甲", "乙", "（", "的", "2%"])
types = st.lists(st.sampled_from(["up", "down", "of"]), min_size=1, max_size=3, unique=True)
leaves = st.one_of(
    words.map(lambda word: Leaf(text=word)),
    types.map(lambda each: Leaf(types=tuple(each))),
    types.map(lambda each: Leaf(types=tuple(each), role="direction")),
    st.just(Leaf(role="whole", phrase=True)),
)


def inner(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    sequences = st.lists(nodes, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        sequences.map(Option),
        st.lists(sequences, min_size=2, max_size=3).map(lambda each: Choice(tuple(each))),
    )


trees = st.lists(st.recursive(leaves, inner, max_leaves=6), max_size=3).map(tuple)


@given(trees)
def test_a_pattern_shown_and_parsed_again_is_the_same(tree: Sequence) -> None:
    assert parse(show(tree)) == tree


def mentions(tree: Sequence) -> int:
    """How many optional parts, alternatives and alternative types a pattern has."""
    count = 0
    for node in tree:
        if isinstance(node, Option):
            count += 1 + mentions(node.inner)
        elif isinstance(node, Choice):
            count += sum(1 + mentions(choice) for choice in node.choices)
        elif len(node.types) > 1:
            count += len(node.types)
    return count


@given(trees)
def test_each_optional_part_alternative_and_type_is_left_out_once(tree: Sequence) -> None:
    assert len(list(weakened(tree))) == mentions(tree)


@pytest.mark.parametrize(
    ("marked", "text", "taken"),
    [
        ("增长较快。", "增长较快。", ()),
        ("{direction:增长}{growth:2%}", "增长2%", (("direction", "增长"), ("growth", "2%"))),
        ("占{whole_phrase:全市的}12%", "占全市的12%", (("whole_phrase", "全市的"),)),
        ("{lists:主要包括：}办公费", "主要包括：办公费", (("lists", "主要包括："),)),
        ("{A:大写}{空:白}", "{A:大写}{空:白}", ()),
    ],
)
def test_the_marks_of_an_example_are_taken_out_and_kept(
    marked: str, text: str, taken: tuple[tuple[str, str], ...]
) -> None:
    assert read_example(marked) == Example(text, taken)

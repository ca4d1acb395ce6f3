"""Which posts lead: 乡科级副职 and above of a county-level city's organs, and no rank alone."""

import pytest

from jiemin.domain.posts import is_leader, rank_of

LEADING = """
市长 副市长 常务副市长 镇长 副镇长 局长 副局长 部长 副部长 组织部副部长 人武部部长 武装部长
书记 副书记 党委书记 党委副书记 石门镇党委书记 党工委书记 党工委副书记 党组书记 市委书记 纪委书记 纪工委书记
团市委书记 机关工委书记 政法委副书记
主任 副主任 常务副主任 办事处主任 街道办事处主任 街道办事处副主任 街道办主任 管委会副主任 人大常委会主任
市委办公室主任 市政府办公室副主任 农办主任 人大工委主任 政协提案委员会主任 发改委副主任
主席 副主席 人大主席 人大副主席 政协副主席 总工会副主席 市妇联主席
检察长 副检察长 法院副院长 政委 常委 纪检组长 纪检组组长 党组成员 党委委员 党工委委员 党委宣传委员
残联理事长 政协秘书长
""".split()

ORDINARY = """
主任科员 副主任科员 一级主任科员 四级主任科员 调研员 副调研员 助理调研员 二级调研员 巡视员
科员 一级科员 办事员 信访科员 镇长助理 局长助理 民政助理 秘书 干事 文书
科长 副科长 股长 站长 农技站站长 所长 财政所所长 组长 中队长 班长 科室主任
办公室主任 办公室副主任 党政办公室主任 综合办主任
村支部书记 村书记 村主任 村委会主任 党支部书记 社区书记 社区主任 居委会主任 驻村第一书记 驻村干部
教师 一级教师 高级教师 班主任 教导主任 医生 主任医师 副主任医师 主治医师 主管护师 护士长 老师
工程师 会计 会计师 出纳 技术员 信贷员 工作人员 职员 职工 司机 民警 干部 一般干部 正科级干部
""".split()

UNKNOWN = """
校长 副校长 院长 园长 行长 总经理 经理 会长 工会主席 工会副主席 妇联主席 秘书长 派出所所长 大队长 分局局长
分局副局长 人武部副部长 团委书记 机关党委书记 中心主任 法制办主任 总工程师 宣传委员 正科级 领导干部 顾问
""".split()


@pytest.mark.parametrize("post", LEADING)
def test_a_leading_post_of_an_organ_leads(post: str) -> None:
    assert is_leader(post) is True


@pytest.mark.parametrize("post", ORDINARY)
def test_a_rank_a_section_a_village_or_a_profession_does_not_lead(post: str) -> None:
    assert is_leader(post) is False


@pytest.mark.parametrize("post", [*UNKNOWN, "", "  ", "、"])
def test_a_post_that_leads_here_and_not_there_is_unknown(post: str) -> None:
    assert is_leader(post) is None


@pytest.mark.parametrize(
    ("cell", "leads"),
    [
        ("局　长", True),
        ("科 员", False),
        ("副局长(正科级)", True),
        ("副局长（主持工作）", True),
        ("副镇长(联系民合村)", True),
        ("副局长 乡科级副职", True),
        ("副局长、四级调研员", True),
        ("副局长 主任科员", True),
        ("党委委员、副镇长", True),
        ("党委副书记、镇长", True),
        ("工会主席兼副局长", True),
        ("办公室主任、工会主席", None),
        ("校长、一级主任科员", None),
        ("科员、教师", False),
    ],
)
def test_of_several_posts_one_that_leads_is_enough(cell: str, leads: bool | None) -> None:
    assert is_leader(cell) is leads


@pytest.mark.parametrize(
    ("post", "rank"),
    [
        ("局长", 3),
        ("局长 乡科级正职", 3),
        ("镇长", 3),
        ("党委书记", 3),
        ("党委副书记、镇长", 3),
        ("街道办事处主任", 3),
        ("总工会主席", 3),
        ("院长", 3),
        ("副局长", 2),
        ("副局长 乡科级副职", 2),
        ("副理事长", 2),
        ("党委委员、副镇长", 2),
        ("纪委书记", 2),
        ("纪检组长", 2),
        ("人武部部长", 2),
        ("副局长、机关党委书记", 2),
        ("副局长、工会主席", 2),
        ("", 2),
    ],
)
def test_the_head_of_a_unit_ranks_above_its_other_leaders(post: str, rank: int) -> None:
    assert rank_of(post, leader=True) == rank


@pytest.mark.parametrize(
    ("post", "rank"),
    [
        ("主任科员", 1),
        ("科员 副主任科员", 1),
        ("四级调研员", 1),
        ("科长", 1),
        ("农技站站长", 1),
        ("科员", 0),
        ("教师", 0),
        ("局长", 0),
        ("", 0),
    ],
)
def test_a_rank_counts_for_one_who_does_not_lead(post: str, rank: int) -> None:
    assert rank_of(post, leader=False) == rank


CITY = """
市委书记 桐乡市委书记 市委副书记 市委常委 市委常委、组织部部长 市委副书记、市长 中共桐乡市委副书记
市长 副市长 常务副市长 桐乡市市长 市政府副市长 桐乡市人民政府副市长 副市长、公安局局长
市人大主任 市人大常委会主任 市人大常委会副主任 人大常委会副主任 桐乡市人民代表大会常务委员会主任
市政协主席 政协副主席 政协副主席、工商联主席 政协桐乡市委员会副主席
""".split()

NOT_THE_CITY = """
团市委书记 市委办公室主任 市委组织部部长 市委政法委书记 市纪委书记 市长助理 人大主席 人大副主席 人大工委主任
市人大办公室主任 市人大财经委主任 市人大代表工委主任 政协秘书长 政协提案委员会主任 总工会主席 市妇联主席
镇党委书记 镇长 局长 市场监管局局长 常委 书记 主任 主席
""".split()


@pytest.mark.parametrize("post", CITY)
def test_a_post_that_names_the_city_ranks_highest(post: str) -> None:
    assert rank_of(post, leader=True) == 4
    assert rank_of(post, leader=True, unit="市工商联") == 4


@pytest.mark.parametrize("post", NOT_THE_CITY)
def test_offices_committees_and_towns_do_not_lead_the_city(post: str) -> None:
    assert rank_of(post, leader=True) < 4
    assert rank_of(post, leader=True, unit="石门镇人民政府") < 4


@pytest.mark.parametrize(
    ("unit", "post", "rank"),
    [
        ("市委", "书记", 4),
        ("中共桐乡市委员会", "专职副书记", 4),
        ("市委组织部", "常委、部长", 4),
        ("市委组织部", "部长", 3),
        ("市委办公室", "副书记", 2),
        ("团市委", "书记", 3),
        ("市纪委", "常委", 2),
        ("市人大", "主任", 4),
        ("桐乡市人民代表大会常务委员会", "副主任", 4),
        ("市人大常委会办公室", "主任", 3),
        ("石门镇人大", "主席", 3),
        ("市政协", "主席", 4),
        ("政协桐乡市委员会", "副主席", 4),
        ("市政协办公室", "主任", 3),
        ("市政协", "秘书长", 2),
        ("市总工会", "主席", 3),
        ("市长热线办公室", "主任", 3),
        ("市领导", "", 4),
        ("市领导", "一级调研员", 4),
    ],
)
def test_the_unit_tells_whose_post_it_is(unit: str, post: str, rank: int) -> None:
    assert rank_of(post, leader=True, unit=unit) == rank


def test_who_does_not_lead_does_not_lead_the_city() -> None:
    assert rank_of("市长", leader=False, unit="市政府") == 0


def test_a_rank_beside_an_office_takes_nothing_from_it() -> None:
    assert rank_of("局长 一级调研员", leader=True) == 3
    assert rank_of("副局长 四级调研员", leader=True) == 2

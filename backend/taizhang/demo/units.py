"""The units of 江阳区 that public texts confirm (domain: 9 街道, 6 镇, one park, the bodies the 2023 notice names).

Codes are local: the units' 统一社会信用代码 are not in those texts. Full names are built by the usual form
(泸州市江阳区… for departments, …街道办事处, …镇人民政府), as report titles use them.
"""

from dataclasses import dataclass, field

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.units import service
from taizhang.units.defaults import GROUPS
from taizhang.units.models import Unit, UnitKind
from taizhang.units.schemas import UnitCreate

AREA = "510502"
CITY = "泸州市"
DISTRICT = "泸州市江阳区"


@dataclass(frozen=True)
class Seed:
    """One unit: number in the local code, account name, short name as the notice writes it, full name."""

    number: int
    login: str
    short_name: str
    name: str
    kind: UnitKind
    aliases: list[str] = field(default_factory=list)
    counts_in_report: bool = True

    def entered(self) -> UnitCreate:
        """What the administrator types."""
        return UnitCreate(
            code=self.code,
            name=self.name,
            short_name=self.short_name,
            kind=self.kind,
            aliases=self.aliases,
            counts_in_report=self.counts_in_report,
        )

    @property
    def code(self) -> str:
        return f"{AREA}-{self.number:03d}"


def _departments() -> list[Seed]:
    named = [
        ("fagai", "区发展改革局", "发展和改革局"),
        ("jingxin", "区经济和信息化局", "经济和信息化局"),
        ("jiaoti", "区教育体育局", "教育和体育局"),
        ("kejirencai", "区科技和人才局", "科技和人才局"),
        ("minzheng", "区民政局", "民政局"),
        ("sifa", "区司法局", "司法局"),
        ("caizheng", "区财政局", "财政局"),
        ("renshe", "区人力资源社会保障局", "人力资源和社会保障局"),
        ("zhujian", "区住房城乡建设局", "住房和城乡建设局"),
        ("jiaotong", "区交通运输局", "交通运输局"),
        ("nongye", "区农业农村局", "农业农村局"),
        ("shangwu", "区商务局", "商务局"),
        ("weijian", "区卫生健康局", "卫生健康局"),
        ("yingji", "区应急局", "应急管理局"),
        ("shenji", "区审计局", "审计局"),
        ("shichang", "区市场监管局", "市场监督管理局"),
        ("tongji", "区统计局", "统计局"),
        ("yibao", "区医保局", "医疗保障局"),
        ("xinfang", "区信访局", "信访局"),
        ("xiangcun", "区乡村振兴局", "乡村振兴局"),
        ("jinghe", "区经济合作外事局", "经济合作和外事局"),
        ("shenpi", "区行政审批局", "行政审批局"),
    ]
    return [
        Seed(10 + n, login, short, f"{DISTRICT}{full}", UnitKind.DEPARTMENT, [f"江阳区{full}", f"区{full}"])
        for n, (login, short, full) in enumerate(named)
    ]


def _streets_and_towns() -> list[Seed]:
    subdistricts = [
        ("nancheng", "南城街道"),
        ("beicheng", "北城街道"),
        ("dashanping", "大山坪街道"),
        ("linyu", "邻玉街道"),
        ("lantian", "蓝田街道"),
        ("qiancao", "茜草街道"),
        ("huayang", "华阳街道"),
        ("taian", "泰安街道"),
        ("kuangchang", "况场街道"),
    ]
    towns = [
        ("huangyi", "黄舣镇"),
        ("tongtan", "通滩镇"),
        ("jiangbei", "江北镇"),
        ("fangshan", "方山镇"),
        ("danlin", "丹林镇"),
        ("fenshuiling", "分水岭镇"),
    ]
    return [
        Seed(50 + n, login, short, f"{DISTRICT}人民政府{short}办事处", UnitKind.SUBDISTRICT, [f"{short}办事处"])
        for n, (login, short) in enumerate(subdistricts)
    ] + [
        Seed(60 + n, login, short, f"{DISTRICT}{short}人民政府", UnitKind.TOWN, [f"{short}人民政府"])
        for n, (login, short) in enumerate(towns)
    ]


OFFICE = Seed(
    1, "office", "区政府办公室", f"{DISTRICT}人民政府办公室", UnitKind.OFFICE, ["区政府办", "江阳区人民政府办公室"]
)
PARK = Seed(
    70,
    "jiangnan",
    "江南科技产业园管委会",
    "泸州国家高新区江南科技产业园管理委员会",
    UnitKind.ZONE,
    ["江南科技产业园"],
)
# 市生态环境局的派出机构：承担重点任务，但不计入区政府的年度报告（中央、市级垂直管理机构不列入）。
BRANCH = Seed(
    80, "huanjing", "江阳生态环境局", f"{CITY}江阳生态环境局", UnitKind.BRANCH, ["区生态环境局"], counts_in_report=False
)
UNITS: list[Seed] = [OFFICE, *_departments(), *_streets_and_towns(), PARK, BRANCH]


def found(session: Session) -> dict[str, Unit]:
    """The government with its collective words, and its office: what stands before anybody has an account."""
    district = service.add(
        session,
        None,
        code=AREA,
        name=f"{DISTRICT}人民政府",
        short_name="江阳区",
        kind=UnitKind.GOVERNMENT,
        aliases=["区政府", "江阳区人民政府"],
        holds_tasks=False,
    )
    for word, kinds, undecided in GROUPS:
        service.add_group(session, district, word, kinds, undecided=undecided)
    office = service.add(
        session,
        district,
        code=OFFICE.code,
        name=OFFICE.name,
        short_name=OFFICE.short_name,
        kind=OFFICE.kind,
        aliases=OFFICE.aliases,
    )
    return {"district": district, "office": office}


def populate(session: Session, admin: Actor) -> dict[str, Unit]:
    """Every other unit, as the administrator enters it; units by login name."""
    return {seed.login: service.create(session, admin, seed.entered()) for seed in UNITS if seed is not OFFICE}

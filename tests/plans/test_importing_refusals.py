"""What is no breakdown of tasks is refused with the headings that were looked for and those that were found."""

import pytest

from taizhang.documents.unreadable import Unreadable
from tests.plans.layouts import Table, as_xlsx, reading_of

ELSEWHERE: dict[str, Table] = {
    "catalogue": [
        ["序号", "公开事项", "公开内容", "公开依据", "公开时限", "公开主体", "责任科室"],
        ["1", "机构职能", "机构设置", "条例", "20个工作日", "区政府", "办公室"],
    ],
    "addresses": [["序号", "姓名", "工作单位", "职务", "办公电话"], ["1", "张三", "区财政局", "科长", "1234"]],
    "budget": [["项目", "预算数", "决算数", "责任单位"], ["公用经费", "12", "11", "区财政局"]],
    "scores": [["考核指标", "评分标准", "分值", "责任单位"], ["主动公开", "缺一项扣1分", "5", "区政府办公室"]],
    "powers": [
        ["职权名称", "职权类型", "实施依据", "责任主体", "责任事项"],
        ["罚款", "行政处罚", "某法", "区城管局", "立案"],
    ],
}


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_tables_of_other_things_are_refused_by_what_is_in_them(kind: str) -> None:
    with pytest.raises(Unreadable) as refused:
        reading_of(as_xlsx(ELSEWHERE[kind]), "表.xlsx")
    assert refused.value.code == "not-a-task-table"
    assert ELSEWHERE[kind][0][1] in refused.value.detail
    assert "责任单位" in refused.value.detail


def test_a_letter_is_refused_as_having_neither_headings_nor_units() -> None:
    with pytest.raises(Unreadable, match="没有这样的表头"):
        reading_of("各单位：\n请于月底前报送材料。".encode(), "函.txt")

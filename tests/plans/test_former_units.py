"""A plan is read against the units of its date: who has since ended reads as who carries on."""

from datetime import date

from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from taizhang.units.models import Unit
from tests.district import District

PAGE = """<p>2025年政务公开任务分解表</p><p>江阳区人民政府办公室</p><p>{issued}</p>
<table><tr><th>任务名称</th><th>具体任务内容</th><th>责任单位</th></tr>
<tr><td>目录</td><td>编制目录</td><td>区乡村振兴局</td></tr></table>"""


def test_a_unit_that_ended_before_the_plan_reads_as_its_successor(
    office: TestClient, session: Session, district: District
) -> None:
    ended = session.exec(select(Unit).where(col(Unit.short_name) == "区乡村振兴局")).one()
    heir = session.exec(select(Unit).where(col(Unit.short_name) == "区农业农村局")).one()
    ended.valid_to, ended.successor_id = date(2024, 3, 31), heir.id
    session.flush()

    def read(issued: str) -> dict[str, object]:
        page = PAGE.format(issued=issued).encode()
        answer = office.post("/api/v1/plan-imports", files={"file": ("表.html", page, "text/html")})
        assert answer.status_code == 201, answer.text
        (assignee,) = answer.json()["rows"][0]["assignees"]
        return dict(assignee)

    then, later = read("2023年7月7日"), read("2025年7月7日")
    assert (then["unit_ids"], then["note"]) == ([str(ended.id)], None)
    assert (later["state"], later["unit_ids"]) == ("matched", [str(heir.id)])
    assert later["note"] == "区乡村振兴局已于2024-03-31撤并，由区农业农村局承继"

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus, RotateCcw } from "lucide-react";
import { useState } from "react";

import { reportCellQuery } from "@/api/annualReports";
import { wordsOf } from "@/api/problem";
import type { CellDetail } from "@/api/types";
import { showDate, showTime } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Facts } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";
import { Tag } from "@/ui/Tag";
import { TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

import { tidy } from "./figures";
import type { Desk } from "./useReport";

/** 一格的由来：台账里的哪些件、下级的哪些报告、加减了什么；改过的可换回。 */
export function CellDialog({ desk, cell, onClose }: { desk: Desk; cell: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(reportCellQuery(desk.report.id, desk.report.version, cell));
  return (
    <Dialog title={data?.label ?? desk.labels.get(cell) ?? cell} isOpen wide onClose={onClose} footer={<Button onClick={onClose}>关闭</Button>}>
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? <Origin desk={desk} detail={data} onClose={onClose} /> : <Loading lines={5} />}
    </Dialog>
  );
}

const show = (value: number | string | null) => value ?? "空白";

function Origin({ desk, detail, onClose }: { desk: Desk; detail: CellDetail; onClose: () => void }) {
  const { cell, value, compiled, edited, locked, children, adjustments, previous_value } = detail;
  const standing = adjustments.filter((each) => each.withdrawn_at === null);
  return (
    <>
      <Facts
        items={[
          { label: "现在", value: show(value) },
          { label: "汇编的结果", value: show(compiled) },
          { label: "上年", value: show(previous_value) },
        ]}
      />
      {locked && <p className="muted">{locked.words}，不由人填。</p>}
      {edited && (
        <p className="row">
          <Tag tone="violet">人工改过</Tag>
          {desk.editable && (
            <Button
              small
              icon={RotateCcw}
              onClick={() => {
                void desk.restore([cell]);
                onClose();
              }}
            >
              换回汇编的 {show(compiled)}
            </Button>
          )}
        </p>
      )}
      {children.length === 0 && <Entries detail={detail} />}
      {children.length > 0 && <Children detail={detail} />}
      {standing.length > 0 && (
        <section className="stack-tight">
          <h3>调整</h3>
          <ul className="stack-tight">
            {standing.map((each) => (
              <li key={each.id} className="row">
                <strong>{signed(each.delta)}</strong>
                <span>{each.reason}</span>
                <span className="muted small">
                  {each.made_by}　{showTime(each.made_at)}
                </span>
                {desk.report.actions.includes("adjust") && (
                  <Button small onClick={() => void desk.act({ path: `adjustments/${each.id}/withdraw`, done: "已撤回调整" }).catch((failure: unknown) => toast.error(wordsOf(failure)))} aria-label={`撤回调整：${each.reason}`}>
                    撤回
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Adjust desk={desk} detail={detail} />
    </>
  );
}

export function signed(delta: number | string | null): string {
  const text = String(delta ?? 0);
  return text.startsWith("-") ? text : `+${text}`;
}

function Entries({ detail }: { detail: CellDetail }) {
  const { entries, entry_count, truncated, registers, sum_of } = detail;
  if (entries.length === 0) {
    return (
      <p className="muted">
        {sum_of.length > 0 ? `由 ${sum_of.length} 格相加，请看各格。` : registers.length > 0 ? `${registers.map((register) => register.title).join("、")}台账里没有计入这一格的。` : "这一格不取自台账，由人填。"}
      </p>
    );
  }
  return (
    <section className="stack-tight">
      <h3>计入的 {entry_count} 件</h3>
      <ul className="cell-entries">
        {entries.map((entry) => (
          <li key={entry.id}>
            <Link to="/registers/$slug/$id" params={{ slug: entry.slug, id: entry.id }}>
              {entry.title}
            </Link>
            <p className="row small muted">
              <span>{entry.register_words}</span>
              {entry.ref_no && <span>{entry.ref_no}</span>}
              <span>{showDate(entry.opened_on)}</span>
              {entry.closed_on && <span>办结 {showDate(entry.closed_on)}</span>}
              {entry.amount !== 1 && entry.amount !== null && <span>计 {entry.amount}</span>}
            </p>
          </li>
        ))}
      </ul>
      {truncated && <p className="muted">只列出前 {entries.length} 件，其余请到台账里看。</p>}
      <p className="row">
        {registers.map((register) => (
          <Link key={register.slug} to={register.path}>
            打开{register.title}台账
          </Link>
        ))}
      </p>
    </section>
  );
}

const STANDINGS = { counted: "计入", missing: "缺", excluded: "不计入" } as const;

function Children({ detail }: { detail: CellDetail }) {
  const groups = (["counted", "missing", "excluded"] as const).map((standing) => ({ standing, units: detail.children.filter((child) => child.standing === standing) })).filter((group) => group.units.length > 0);
  return (
    <>
      {groups.map(({ standing, units }) => (
        <section key={standing} className="stack-tight">
          <h3>
            {STANDINGS[standing]}的 {units.length} 个单位
          </h3>
          <ul className="cell-units">
            {units.map((child) => (
              <li key={child.unit.id + child.scope}>
                {child.report_id ? (
                  <Link to="/annual-reports/$id" params={{ id: child.report_id }}>
                    {child.unit.short_name}
                  </Link>
                ) : (
                  <span>{child.unit.short_name}</span>
                )}
                {standing === "counted" ? <strong>{show(child.value)}</strong> : <span className="muted small">{child.reason}</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** 加一行调整：加减多少、为什么；本机关的只许调上年结转。 */
function Adjust({ desk, detail }: { desk: Desk; detail: CellDetail }) {
  const [delta, setDelta] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const may = desk.report.actions.includes("adjust") && detail.sum_of.length === 0 && (desk.report.scope === "government" || detail.cell.startsWith("t3.r2."));
  if (!may) return null;
  const send = async () => {
    setTried(true);
    setError(null);
    if (!/^[+-]?\d+(\.\d+)?$/.test(delta) || reason.trim() === "") return;
    const money = desk.form.cells.find((cell) => cell.key === detail.cell)?.kind === "money";
    try {
      await desk.act({ path: "adjustments", body: { cell: detail.cell, delta: money ? delta.replace(/^\+/, "") : Number(delta), reason: reason.trim() }, done: "已加一行调整" });
      setDelta("");
      setReason("");
      setTried(false);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <section className="stack-tight">
      <h3>加一行调整</h3>
      <div className="adjust">
        <TextField label="加减多少" hint="减写负数" value={delta} error={tried && !/^[+-]?\d+(\.\d+)?$/.test(delta) ? "请填一个数" : undefined} onChange={(text) => setDelta(tidy(text))} />
        <TextField label="为什么" value={reason} error={tried && reason.trim() === "" ? "请写明理由" : undefined} onChange={setReason} />
        <Button icon={Plus} onClick={() => void send()}>
          加上
        </Button>
      </div>
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </section>
  );
}

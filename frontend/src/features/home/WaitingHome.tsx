import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheckBig } from "lucide-react";
import { useState } from "react";

import { wordsOf } from "@/api/problem";
import { actOnMany } from "@/api/progress";
import type { Home, SubmissionItem } from "@/api/types";
import { showTime } from "@/lib/dates";
import { Button, LinkButton } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { ConfirmDialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Card } from "@/ui/Page";
import { EmptyState } from "@/ui/States";
import { Tag } from "@/ui/Tag";
import { toast } from "@/ui/Toast";

import { OfficeToday } from "./OfficeToday";
import { Owed, Returned } from "./ReporterHome";

const WORDS = {
  sign: { verb: "签发", title: "等您签发", done: "已签发", none: "没有等签发的" },
  accept: { verb: "审核通过", title: "等您审核", done: "已通过", none: "没有等审核的" },
} as const;

/** 分管领导、政务公开科：等我办的一张单子，可逐件看，也可成批办。 */
export function WaitingHome({ action, items, home }: { action: "sign" | "accept"; items: readonly SubmissionItem[]; home: Home }) {
  const words = WORDS[action];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<string[] | null>(null);
  const picked = items.filter((item) => chosen.has(item.id)).map((item) => item.id);
  const act = useMutation({
    mutationFn: (ids: readonly string[]) => actOnMany(action, ids),
    onSuccess: (result) => {
      setChosen(new Set());
      if (result.done.length > 0) toast.ok(`${words.done} ${result.done.length} 件`);
    },
  });
  return (
    <>
      <p className="headline">
        {words.title} <b>{items.length}</b> 件
        {action === "accept" && (
          <>
            ；全区逾期{" "}
            <Link to="/ledger" search={{ light: "red" }}>
              <b className="tag-text-seal">{home.counts.overdue}</b>
            </Link>{" "}
            项，没有动静的单位{" "}
            <a href="#silent">
              <b>{home.silent.length}</b>
            </a>{" "}
            个
          </>
        )}
        。
      </p>
      {act.isError && (
        <Notice tone="error" title="没有办成">
          {wordsOf(act.error)}
        </Notice>
      )}
      {act.data && act.data.refused.length > 0 && (
        <Notice tone="warn" title={`有 ${act.data.refused.length} 件没有办成`}>
          <ul>
            {act.data.refused.map((item) => (
              <li key={item.id}>
                {items.find((row) => row.id === item.id)?.assignment.task.title ?? item.id}：{item.problem.detail ?? item.problem.title}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Card
        ledger
        title={`${words.title}（${items.length}）`}
        actions={
          items.length > 1 && (
            <div className="row">
              <Checkbox checked={picked.length === items.length} some={picked.length > 0} onChange={(all) => setChosen(new Set(all ? items.map((item) => item.id) : []))}>
                全选
              </Checkbox>
              <Button variant="primary" disabled={picked.length === 0} onClick={() => setAsking(picked)}>
                {words.verb}所选（{picked.length}）
              </Button>
            </div>
          )
        }
      >
        {items.length === 0 ? (
          <EmptyState icon={CircleCheckBig} title={words.none}>
            有新的来，这里会自己出现。
          </EmptyState>
        ) : (
          <ul className="todo">
            {items.map((item) => (
              <WaitingRow
                key={item.id}
                item={item}
                verb={words.verb}
                chosen={chosen.has(item.id)}
                onChoose={(on) =>
                  setChosen((now) => {
                    const next = new Set(now);
                    if (on) next.add(item.id);
                    else next.delete(item.id);
                    return next;
                  })
                }
                onAct={() => act.mutate([item.id])}
                pending={act.isPending}
                quick={action === "sign"}
              />
            ))}
          </ul>
        )}
      </Card>
      {action === "accept" && <OfficeToday home={home} />}
      {home.returned.length > 0 && <Returned items={home.returned} />}
      {home.owed.length > 0 && <Owed items={home.owed} />}
      <ConfirmDialog title={`${words.verb} ${asking?.length ?? 0} 件？`} isOpen={asking !== null} onClose={() => setAsking(null)} confirm={words.verb} onConfirm={() => act.mutateAsync(asking ?? [])}>
        {action === "accept" ? "请确认这些填报您都看过。" : "签发后报区政务公开科审核，审核前可以撤回。"}
      </ConfirmDialog>
    </>
  );
}

interface RowProps {
  item: SubmissionItem;
  verb: string;
  chosen: boolean;
  pending: boolean;
  /** 单子上就能办（签发）；审核须先打开看。 */
  quick: boolean;
  onChoose: (on: boolean) => void;
  onAct: () => void;
}

function WaitingRow({ item, verb, chosen, pending, quick, onChoose, onAct }: RowProps) {
  return (
    <li>
      <Checkbox labelHidden checked={chosen} onChange={onChoose}>
        选择 {item.assignment.unit.name} {item.assignment.task.title}
      </Checkbox>
      <div className="todo-text">
        <Link to="/submissions/$id" params={{ id: item.id }} className="todo-title">
          {item.assignment.task.title}
        </Link>
        <p className="row small">
          <strong>{item.assignment.unit.name}</strong>
          <span>{item.period.label}</span>
          {item.revision > 1 && <Tag tone="ochre">第 {item.revision} 版</Tag>}
          {item.late && (
            <Tag tone="seal" shape="◆">
              逾期提交
            </Tag>
          )}
          <span className="muted">{showTime(item.submitted_at)}提交</span>
        </p>
        <p className="excerpt">{item.progress}</p>
      </div>
      <div className="todo-side">
        <div className="row">
          <LinkButton to="/submissions/$id" params={{ id: item.id }} variant={quick ? "default" : "primary"}>
            {quick ? "看内容" : "去审核"}
            <span className="visually-hidden">：{item.assignment.task.title}</span>
          </LinkButton>
          {quick && (
            <Button variant="primary" pending={pending} onClick={onAct}>
              {verb}
              <span className="visually-hidden">：{item.assignment.task.title}</span>
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

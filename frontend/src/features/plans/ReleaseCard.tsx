import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { Period, Plan, Release } from "@/api/types";
import { useMay } from "@/app/session";
import { showTime } from "@/lib/dates";
import { randomId } from "@/lib/id";
import { today } from "@/lib/today";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Card } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { TextArea } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

const releasesQuery = (id: string) =>
  queryOptions({
    queryKey: ["plans", id, "releases"],
    queryFn: ({ signal }) => api.get<Release[]>(`/plans/${id}/releases`, undefined, signal),
  });

const TEXT_LIMIT = 5000;
const REASON_LIMIT = 500;

/** 对社会公布：已结束的一期，定格各单位的办理状态，公众无须登录即可看到。 */
export function ReleaseCard({ plan, periods }: { plan: Plan; periods: Period[] }) {
  const releases = useQuery(releasesQuery(plan.id));
  const mayRelease = useMay("progress:release:write");
  const [asking, setAsking] = useState<"release" | Release | null>(null);
  const shown = releases.data?.filter((each) => each.withdrawn_at === null) ?? [];
  const open = periods.filter((period) => period.ends_on < today() && !shown.some((each) => each.period_id === period.id));
  return (
    <Card
      title="向社会公布"
      actions={
        mayRelease &&
        open.length > 0 && <Button onClick={() => setAsking("release")}>公布一期进展…</Button>
      }
    >
      <p>
        公众在<a href={`/public/plans/${plan.id}`}>公开页面</a>看到任务、责任单位与最近公布的一期；没有公布的一期，什么也看不到。
      </p>
      {releases.isError && <Notice tone="error">{wordsOf(releases.error)}</Notice>}
      {releases.data?.length === 0 && <p className="muted">进展还没有公布过。</p>}
      <ul className="stack-tight">
        {releases.data?.map((each) => (
          <li key={each.id} className="release-row">
            <span>
              <strong>{each.period_label}</strong>　{showTime(each.released_at)} 由{each.released_by}公布
              {each.withdrawn_at && `，${showTime(each.withdrawn_at)} 撤下：${each.withdraw_reason ?? ""}`}
            </span>
            {mayRelease && each.withdrawn_at === null && (
              <Button small onClick={() => setAsking(each)} aria-label={`撤下${each.period_label}`}>
                撤下…
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asking === "release" && <ReleaseDialog plan={plan} periods={open} onClose={() => setAsking(null)} />}
      {asking !== null && asking !== "release" && <WithdrawDialog plan={plan} release={asking} onClose={() => setAsking(null)} />}
    </Card>
  );
}

interface AskProps {
  plan: Plan;
  onClose: () => void;
}

function useSending(plan: Plan, onClose: () => void) {
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (path: string, body: unknown, done: string) => {
    setPending(true);
    setError(null);
    try {
      await api.post<Release>(`/plans/${plan.id}/releases${path}`, body, { once: randomId() });
      await client.invalidateQueries({ queryKey: releasesQuery(plan.id).queryKey });
      toast.ok(done);
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return { pending, error, send };
}

function ReleaseDialog({ plan, periods, onClose }: AskProps & { periods: Period[] }) {
  const [period, setPeriod] = useState(periods.at(-1)?.id ?? "");
  const [statement, setStatement] = useState("");
  const { pending, error, send } = useSending(plan, onClose);
  const fit = period !== "" && statement.trim() !== "" && statement.length <= TEXT_LIMIT;
  return (
    <Dialog
      title="公布一期进展"
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} disabled={!fit} onClick={() => void send("", { period_id: period, statement }, "已公布")}>
            公布
          </Button>
        </>
      }
    >
      <p>按截至该期审核通过的填报，定格各单位的办理状态。单位填写的文字不公开；主动公开、经保密审查并有网址的佐证，列出题名与网址。</p>
      <Select label="哪一期" value={period} options={periods.map((each) => ({ id: each.id, label: each.label }))} onChange={setPeriod} />
      <TextArea label="情况说明" hint="公众看得到" required value={statement} onChange={setStatement} limit={TEXT_LIMIT} />
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

function WithdrawDialog({ plan, release, onClose }: AskProps & { release: Release }) {
  const [reason, setReason] = useState("");
  const { pending, error, send } = useSending(plan, onClose);
  const fit = reason.trim() !== "" && reason.length <= REASON_LIMIT;
  return (
    <Dialog
      title={`撤下${release.period_label}的进展？`}
      isOpen
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="danger" pending={pending} disabled={!fit} onClick={() => void send(`/${release.id}/withdraw`, { reason }, "已撤下")}>
            撤下
          </Button>
        </>
      }
    >
      <p>公众看到的退回到此前公布的一期；这次公布与撤下都留有记录。</p>
      <TextArea label="理由" required value={reason} onChange={setReason} limit={REASON_LIMIT} rows={2} />
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

import { useState } from "react";

import { wordsOf } from "@/api/problem";
import { useMe } from "@/app/session";
import { showDate } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";

import { circled } from "./findings";
import type { Desk } from "./useReport";

/** 公布：先把挡着的列出来；没有挡着的才能点。 */
export function PublishDialog({ desk, onClose }: { desk: Desk; onClose: () => void }) {
  const { today } = useMe();
  const [day, setDay] = useState<string | null>(today);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const findings = (desk.check?.findings ?? []).map((finding, index) => ({ finding, number: index + 1 })).filter(({ finding }) => finding.waiver === null);
  const blocking = findings.filter(({ finding }) => finding.level === "block");
  const warnings = findings.length - blocking.length;
  // 统计期满才能公布：条例第四十九条，每年1月31日前公布上一年度的
  const first = `${desk.report.year + 1}-01-01`;
  const early = today < first;
  const publish = async () => {
    setPending(true);
    setError(null);
    try {
      await desk.act({ path: "publish", body: { published_on: day }, done: "已公布" });
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title="公布年度报告"
      isOpen
      wide={blocking.length > 0}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} disabled={blocking.length > 0 || early || desk.check === undefined} onClick={() => void publish()}>
            公布
          </Button>
        </>
      }
    >
      <p>
        <strong>{desk.report.title}</strong>
      </p>
      {blocking.length > 0 ? (
        <Notice tone="error" title={`还有 ${blocking.length} 条没有改好，不能公布`}>
          <ul className="stack-tight">
            {blocking.map(({ finding, number }) => (
              <li key={finding.key}>
                {circled(number)} {finding.message}
              </li>
            ))}
          </ul>
        </Notice>
      ) : early ? (
        <Notice tone="warn" title={`${desk.report.year}年还没有过完`}>
          {desk.report.year}年的报告在次年公布，{showDate(first)}起可以公布。
        </Notice>
      ) : (
        <>
          <p>公布之后，公众页面与开放数据里就能看到；要改，须先说明理由撤下。{desk.report.scope === "government" && "汇总所取的各份报告，就定在此时的版本。"}</p>
          {warnings > 0 && <Notice tone="warn" title={`另有 ${warnings} 条提示没有说明理由`}>不妨碍公布，请确认都看过。</Notice>}
          <DateField label="公布日期" value={day} min={first} max={today} onChange={setDay} />
        </>
      )}
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

import { useRouter } from "@tanstack/react-router";
import { FileDown } from "lucide-react";
import { useState } from "react";

import { api, download } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { LedgerImport, Plan } from "@/api/types";
import { randomId } from "@/lib/id";
import { Button } from "@/ui/Button";
import { FileDrop } from "@/ui/FileDrop";
import { Card } from "@/ui/Page";
import { toast } from "@/ui/Toast";

const EDITABLE: Record<Plan["status"], string> = {
  draft: "类别、任务、内容、责任单位、时限，以及责任人、备注",
  issued: "责任人及联系方式、备注",
  closed: "",
};

/** 导出 / 回读：把台账带到 Excel 里改，改好交回来逐行核对。 */
export function RoundTripCard({ plan }: { plan: Plan }) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const handBack = async ([file]: File[]) => {
    if (!file) return;
    setPending(true);
    setError(null);
    const form = new FormData();
    form.append("file", file);
    try {
      const found = await api.upload<LedgerImport>(`/plans/${plan.id}/ledger-imports`, form, { once: randomId() });
      await router.navigate({ to: "/plans/$id/returned/$importId", params: { id: plan.id, importId: found.id } });
    } catch (failure) {
      setError(wordsOf(failure));
      setPending(false);
    }
  };
  return (
    <Card
      title="导出 / 回读"
      className="no-print"
      actions={
        <Button icon={FileDown} onClick={() => void download(`/plans/${plan.id}/ledger.xlsx`, "台账.xlsx").catch((failure: unknown) => toast.error(wordsOf(failure)))}>
          导出工作簿
        </Button>
      }
    >
      <p>
        导出的工作簿可以在 Excel、WPS 里改：黄底表头的列能改（{EDITABLE[plan.status]}），其余只供查看。改好交回，先逐行核对，您确认后才写入；导出以后别人又改过的行，会请您选用哪一份。
      </p>
      <FileDrop label="交回改过的工作簿" hint="从这里导出的 .xlsx，可以排序、筛选、换列，不要删去隐藏的编号列" accept=".xlsx" pending={pending} error={error} onFiles={(files) => void handBack(files)} />
    </Card>
  );
}

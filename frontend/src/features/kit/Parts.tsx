import { Download, Pencil, Plus } from "lucide-react";
import { useState } from "react";

import { ApiProblem } from "@/api/problem";
import { Button, IconButton, LinkButton, type ButtonVariant } from "@/ui/Button";
import { ConfirmDialog, Dialog } from "@/ui/Dialog";
import { DutyText } from "@/ui/DutyText";
import { Notice, type Tone } from "@/ui/Notice";
import { Card, Facts, Fold, Meter } from "@/ui/Page";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { ClaimTag, Light, StateTag, Tag, type TagTone } from "@/ui/Tag";
import { toast } from "@/ui/Toast";

const VARIANTS: readonly { id: ButtonVariant; label: string }[] = [
  { id: "primary", label: "主要" },
  { id: "default", label: "平常" },
  { id: "quiet", label: "轻" },
  { id: "danger", label: "危险" },
  { id: "danger-fill", label: "危险（确认）" },
];

/** 五种按钮：平常、小、带图、等待、不可用。 */
export function Press() {
  return (
    <>
      {VARIANTS.map(({ id, label }) => (
        <div key={id} className="row">
          <Button variant={id}>{label}</Button>
          <Button variant={id} small>
            小
          </Button>
          <Button variant={id} icon={Plus}>
            带图
          </Button>
          <Button variant={id} pending>
            正在办
          </Button>
          <Button variant={id} disabled>
            不可用
          </Button>
        </div>
      ))}
      <div className="row">
        <IconButton label="修改" icon={Pencil} />
        <LinkButton to="/" icon={Download}>
          站内链接
        </LinkButton>
      </div>
    </>
  );
}

const TONES: readonly TagTone[] = ["ink", "blue", "seal", "bamboo", "ochre", "violet"];
const NOTICE = "各级行政机关要在2023年9月30日前完成统一公开查询平台建设，多元化解读比例不低于50%。";
const DUTIES = ["2023年9月30日前完成统一公开查询平台建设", "多元化解读比例不低于50%"].map((sentence, index) => {
  const start = NOTICE.indexOf(sentence);
  return { id: sentence, start, end: start + sentence.length, position: index + 1 };
});

/** 小签、状态、灯、要求原文。 */
export function Words() {
  return (
    <>
      <div className="row">
        {TONES.map((tone) => (
          <Tag key={tone} tone={tone} shape="●">
            {tone}
          </Tag>
        ))}
      </div>
      <div className="row">
        {(["draft", "submitted", "signed", "accepted", "returned"] as const).map((state) => (
          <StateTag key={state} state={state} />
        ))}
        {(["met", "partly", "ongoing", "not_met", "not_applicable"] as const).map((outcome) => (
          <ClaimTag key={outcome} outcome={outcome} />
        ))}
      </div>
      <div className="row">
        {(["red", "yellow", "green", "blue"] as const).map((light) => (
          <Light key={light} light={light} />
        ))}
      </div>
      <DutyText content={NOTICE} duties={DUTIES} current={DUTIES[1]?.id} />
    </>
  );
}

/** 卡、名值、折叠、细条。 */
export function Frames() {
  return (
    <div className="kit-columns">
      <Card title="账册顶双线" ledger actions={<Button small>操作</Button>}>
        <Facts
          items={[
            { label: "责任单位", value: "泸州市江阳区人民政府大山坪街道办事处" },
            { label: "期限", value: "2023年9月30日" },
          ]}
        />
      </Card>
      <Card title="平常的卡">
        <div className="stack-tight">
          {(["blue", "seal", "bamboo", "ochre"] as const).map((tone, index) => (
            <Meter key={tone} tone={tone} value={(index + 1) / 4} />
          ))}
        </div>
        <Fold summary="更多">折起来的内容。</Fold>
      </Card>
    </div>
  );
}

const NOTICES: readonly { tone: Tone; title: string; text: string }[] = [
  { tone: "info", title: "已从专项台账带入", text: "政策解读 12 件，其中多元化解读 7 件。" },
  { tone: "warn", title: "离截止还有 2 天", text: "9月22日17:00前报送。" },
  { tone: "error", title: "没有保存", text: "别人刚改过这一份，请看两边的不同。" },
  { tone: "ok", title: "已审核通过", text: "本期无需再办。" },
];
const REFUSED = new ApiProblem({ code: "not-found", title: "没有找到", status: 404, detail: "没有找到，或者不在您的范围内" });

/** 提示、载入、空、错。 */
export function States() {
  return (
    <div className="kit-columns">
      {NOTICES.map(({ tone, title, text }) => (
        <Notice key={tone} tone={tone} title={title} live={false}>
          {text}
        </Notice>
      ))}
      <Loading lines={3} />
      <EmptyState title="本月没有要报的" action={<Button>看台账</Button>}>
        下一期 10 月 1 日开放。
      </EmptyState>
      <ErrorState error={REFUSED} onRetry={() => undefined} />
    </div>
  );
}

/** 两种对话框，办完说一声的条。 */
export function Overlays() {
  const [open, setOpen] = useState<"plain" | "ask" | null>(null);
  const close = () => setOpen(null);
  return (
    <div className="row">
      <Button onClick={() => setOpen("plain")}>打开对话框</Button>
      <Button variant="danger" onClick={() => setOpen("ask")}>
        问一句
      </Button>
      <Button onClick={() => toast.ok("已保存")}>说一声</Button>
      <Dialog title="退回要点" isOpen={open === "plain"} onClose={close} footer={<Button onClick={close}>知道了</Button>}>
        <p>写清退回的是哪一条、要补什么、何时补齐。</p>
      </Dialog>
      <ConfirmDialog title="办结这份分解表？" isOpen={open === "ask"} onClose={close} confirm="办结" danger onConfirm={() => Promise.resolve()}>
        办结后不再接收填报，内容仍可查阅。
      </ConfirmDialog>
    </div>
  );
}

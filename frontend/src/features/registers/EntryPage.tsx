import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Pencil } from "lucide-react";
import { useState } from "react";

import type { Entry, EntryEvent, Register, RegisterEvent, RelatedEntry } from "@/api/types";
import { showDate, showTime } from "@/lib/dates";
import { Button, LinkButton } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Card, Facts, PageHeader } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";
import { Light, Tag } from "@/ui/Tag";

import { ClockCard } from "./ClockCard";
import { EventDialog } from "./EventDialog";
import { LettersCard } from "./LettersCard";
import { PartyCard } from "./PartyCard";
import { entryQuery, registerQuery } from "./queries";
import { ReasonDialog, SplitDialog, type Reasoned } from "./ReasonDialog";
import "./registers.css";

/** 一条：现在怎样、下一步做什么、期限怎么来的、经过、各栏。 */
export function EntryPage() {
  const { slug, id } = useParams({ from: "/inside/registers/$slug/$id" });
  const { data: register, error } = useQuery(registerQuery(slug));
  const { data: entry, error: failed, refetch } = useQuery(entryQuery(slug, id));
  if ((error && !register) || (failed && !entry)) return <ErrorState error={error ?? failed} onRetry={() => void refetch()} />;
  return register && entry ? <Whole register={register} entry={entry} /> : <Loading lines={10} />;
}

function Whole({ register, entry }: { register: Register; entry: Entry }) {
  return (
    <>
      <PageHeader
        title={entry.title}
        back={
          <Link to="/registers/$slug" params={{ slug: register.slug }}>
            ← {register.title}
          </Link>
        }
        lead={
          <>
            {entry.ref_no && <span>{entry.ref_no}</span>}
            <span>{entry.unit.name}</span>
            <Tag tone={entry.state === "open" ? "blue" : entry.state === "closed" ? "bamboo" : "ink"}>{entry.state_words}</Tag>
            {!register.records && <Light light={entry.light} words={entry.light_words} />}
            {entry.outcome_words && <strong>{entry.outcome_words}</strong>}
          </>
        }
      />
      {entry.void_reason && (
        <Notice tone="warn" title="这一条已作废">
          {entry.void_reason}
        </Notice>
      )}
      {entry.remarks.map((remark) => (
        <Notice key={remark} tone="warn">
          {remark}
        </Notice>
      ))}
      <Steps register={register} entry={entry} />
      <div className={register.records ? "stack" : "register-sheet"}>
        <div className="stack">
          {entry.party_masked && <PartyCard register={register} entry={entry} />}
          <Filled register={register} entry={entry} />
          <Links entry={entry} />
        </div>
        {!register.records && (
          <div className="stack">
            <ClockCard register={register} entry={entry} />
            {register.party && <LettersCard register={register} entry={entry} />}
            <Events register={register} entry={entry} />
          </div>
        )}
      </div>
    </>
  );
}

/** 下一步：按钮就是服务器说现在可以做的。 */
function Steps({ register, entry }: { register: Register; entry: Entry }) {
  const [step, setStep] = useState<RegisterEvent | null>(null);
  const [reasoned, setReasoned] = useState<Reasoned | null>(null);
  const [splitting, setSplitting] = useState(false);
  const next = entry.next_events.map((kind) => register.events.find((event) => event.kind === kind)).filter((event): event is RegisterEvent => event !== undefined);
  const may = (action: string) => entry.actions.includes(action);
  if (!["edit", "void", "reopen", "event"].some(may)) return null;
  return (
    <Card ledger title={next.length > 0 ? "下一步" : "操作"} className="no-print">
      <div className="row">
        {next.map((event, index) => (
          <Button key={event.kind} variant={index === 0 && next.length <= 2 ? "primary" : "default"} onClick={() => setStep(event)}>
            {event.title}
          </Button>
        ))}
      </div>
      <div className="row register-other">
        {may("edit") && (
          <LinkButton to="/registers/$slug/$id/edit" params={{ slug: register.slug, id: entry.id }} variant="quiet" small icon={Pencil}>
            修改
          </LinkButton>
        )}
        {register.party && may("event") && (
          <Button variant="quiet" small onClick={() => setSplitting(true)}>
            拆成几件
          </Button>
        )}
        {may("reopen") && (
          <Button small onClick={() => setReasoned({ title: "重新打开", path: "reopen", hint: "使它办结的那一步会作废，记录仍在。" })}>
            重新打开
          </Button>
        )}
        {may("void") && (
          <Button variant="danger" small onClick={() => setReasoned({ title: "作废这一条", path: "void", hint: "不再计入任何数字，仍可查阅，不能恢复。", danger: true })}>
            作废
          </Button>
        )}
      </div>
      {step && <EventDialog register={register} entry={entry} event={step} onClose={() => setStep(null)} />}
      {reasoned && <ReasonDialog entry={entry} reasoned={reasoned} onClose={() => setReasoned(null)} />}
      {splitting && <SplitDialog entry={entry} onClose={() => setSplitting(false)} />}
    </Card>
  );
}

function Filled({ register, entry }: { register: Register; entry: Entry }) {
  return (
    <Card title="登记内容">
      <Facts items={[{ label: register.opened_words, value: showDate(entry.opened_on) }, ...(entry.closed_on && !register.records ? [{ label: "办结日期", value: showDate(entry.closed_on) }] : []), { label: "登记", value: `${entry.created_by_name}，${showTime(entry.created_at)}` }]} />
      {entry.facts.map((section) => (
        <section key={section.section} className="register-section">
          <h3>{section.section}</h3>
          <dl className="register-facts">
            {section.facts.map((fact) => (
              <div key={fact.label}>
                <dt>{fact.label}</dt>
                <dd>{/^https?:\/\//.test(fact.words) ? <a href={fact.words} target="_blank" rel="noreferrer">{fact.words}</a> : fact.words}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Card>
  );
}

function Links({ entry }: { entry: Entry }) {
  const linked = [...(entry.related ? [entry.related] : []), ...entry.relating];
  if (linked.length === 0) return null;
  return (
    <Card title="相连的条目">
      <ul className="stack-tight">
        {linked.map((other: RelatedEntry) => (
          <li key={other.id} className="row">
            <span className="muted">{other.register_title}</span>
            <Link to="/registers/$slug/$id" params={{ slug: other.slug, id: other.id }}>
              {other.title}
            </Link>
            <span className="muted small">{other.state_words}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Events({ register, entry }: { register: Register; entry: Entry }) {
  const [striking, setStriking] = useState<EntryEvent | null>(null);
  return (
    <Card title="经过">
      <ol className="register-events">
        <li>
          <p>
            <time dateTime={entry.opened_on}>{showDate(entry.opened_on)}</time> <strong>{register.opened_words.replace(/之日$|日期$/, "")}</strong>
          </p>
        </li>
        {entry.events.map((event) => (
          <li key={event.id} className={event.voided_at ? "register-struck" : undefined}>
            <div className="row-between">
              <p>
                <time dateTime={event.at ?? event.on}>{event.at ? showTime(event.at) : showDate(event.on)}</time> <strong>{event.title}</strong>
              </p>
              {event.voided_at === null && entry.state !== "voided" && (entry.actions.includes("event") || entry.actions.includes("reopen")) && (
                <Button variant="quiet" small onClick={() => setStriking(event)} aria-label={`作废“${event.title}”`}>
                  登错了
                </Button>
              )}
            </div>
            {event.facts.length > 0 && (
              <dl className="register-facts small">
                {event.facts.map((fact) => (
                  <div key={fact.label}>
                    <dt>{fact.label}</dt>
                    <dd>{fact.words}</dd>
                  </div>
                ))}
              </dl>
            )}
            {event.reason && <p className="small">{event.reason}</p>}
            <p className="muted small">
              {event.actor_name}登记于{showTime(event.recorded_at)}
              {event.voided_at && `；${event.voided_by_name ?? ""}已作废：${event.void_reason ?? ""}`}
            </p>
          </li>
        ))}
      </ol>
      {striking && <ReasonDialog entry={entry} reasoned={{ title: `作废“${striking.title}”`, path: `events/${striking.id}/void`, hint: "登错的一步作废之后，记录仍在，期限重新推算；再登记正确的。", danger: true }} onClose={() => setStriking(null)} />}
    </Card>
  );
}

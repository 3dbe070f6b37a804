import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import type { Register } from "@/api/types";
import { Card, PageHeader } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";
import { Tag } from "@/ui/Tag";

import { registersQuery } from "./queries";
import "./registers.css";

const GROUPS = ["active", "request", "platform", "support"] as const;

/** 专项台账：各种台账一张卡，在办多少、逾期多少。 */
export function RegistersPage() {
  const { data, error, refetch } = useQuery(registersQuery);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={10} />;
  const sum = (name: "open" | "overdue") => data.reduce((total, register) => total + register.counts[name], 0);
  return (
    <>
      <PageHeader title="专项台账" lead={`${data.length} 种台账，在办 ${sum("open")} 件，逾期 ${sum("overdue")} 件`} />
      {GROUPS.map((group) => {
        const members = data.filter((register) => register.group === group);
        return (
          <Card key={group} title={members[0]?.group_words ?? group}>
            <ul className="register-cards">
              {members.map((register) => (
                <RegisterCard key={register.slug} register={register} />
              ))}
            </ul>
          </Card>
        );
      })}
    </>
  );
}

function RegisterCard({ register }: { register: Register }) {
  const { counts } = register;
  return (
    <li className="register-card">
      <h3>
        <Link to="/registers/$slug" params={{ slug: register.slug }}>
          {register.title}
        </Link>
      </h3>
      <p className="muted small">{register.summary}</p>
      <p className="row register-counts">
        {register.records ? <span>共 {counts.total} 条</span> : <span>在办 {counts.open} 件</span>}
        {counts.overdue > 0 && (
          <Tag tone="seal" shape="◆">
            逾期 {counts.overdue}
          </Tag>
        )}
        {register.indicators.length > 0 && (
          <Link to="/indicators" className="small">
            指标 {register.indicators.length} 项
          </Link>
        )}
        {counts.near > 0 && (
          <Tag tone="ochre" shape="▲">
            临期 {counts.near}
          </Tag>
        )}
      </p>
    </li>
  );
}

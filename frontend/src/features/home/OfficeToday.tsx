import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";

import type { Home } from "@/api/types";
import { Card } from "@/ui/Page";
import { Loading } from "@/ui/States";
import { LightShape, LIGHTS } from "@/ui/Tag";

const DistrictTrend = lazy(async () => ({ default: (await import("./DistrictTrend")).DistrictTrend }));

/** 政务公开科还要看的：各灯、没定完的导入、没有动静的单位。每个数都点得进去。 */
export function OfficeToday({ home }: { home: Home }) {
  return (
    <>
      <Card title="全区各灯">
        <ul className="today-lights">
          {(["red", "yellow", "green", "blue"] as const).map((light) => (
            <li key={light}>
              <Link to="/ledger" search={{ light }}>
                <LightShape light={light} />
                {LIGHTS[light].meaning} <b>{home.counts[light]}</b>
              </Link>
            </li>
          ))}
        </ul>
      </Card>
      {home.imports.length > 0 && (
        <Card title={`没有成表的导入（${home.imports.length}）`}>
          <ul className="stack-tight">
            {home.imports.map((item) => (
              <li key={item.id}>
                <Link to="/plans/import/$id" params={{ id: item.id }}>
                  {item.title}
                </Link>
                {item.undecided > 0 && <span className="tag-text-ochre">　{item.undecided} 处责任单位待指定</span>}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {home.silent.length > 0 && (
        <section id="silent">
          <Card title={`没有动静的单位（${home.silent.length}）`}>
            <ul className="row">
              {home.silent.map((unit) => (
                <li key={unit.id}>
                  <Link to="/ledger" search={{ unit: unit.id }}>
                    {unit.short_name || unit.name}
                  </Link>
                  <span className="muted">（应报 {unit.owed}）</span>
                </li>
              ))}
            </ul>
          </Card>
        </section>
      )}
      <Suspense fallback={<Loading lines={6} />}>
        <DistrictTrend />
      </Suspense>
    </>
  );
}

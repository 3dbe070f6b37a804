import { useQuery } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";

import { metaQuery } from "@/api/query";
import { NotFound } from "@/app/NotFound";
import { SizeSwitch, ThemeSwitch } from "@/app/Preferences";
import { Loading } from "@/ui/States";
import { Toaster } from "@/ui/Toast";

import { Choices, Inputs } from "./Controls";
import { Lists } from "./Lists";
import { Frames, Overlays, Press, States, Words } from "./Parts";
import "./kit.css";

const SECTIONS: readonly { id: string; title: string; content: () => ReactNode }[] = [
  { id: "press", title: "按钮", content: Press },
  { id: "inputs", title: "输入", content: Inputs },
  { id: "choices", title: "选择", content: Choices },
  { id: "words", title: "签、灯与文字", content: Words },
  { id: "lists", title: "清单", content: Lists },
  { id: "frames", title: "卡与版式", content: Frames },
  { id: "states", title: "空档与提示", content: States },
  { id: "overlays", title: "对话框与轻声提示", content: Overlays },
];

/** 件目录：每件的每种样子在一页上，只在演示环境看得到。 */
export function KitPage() {
  const { data } = useQuery(metaQuery);
  useEffect(() => {
    document.title = "件目录 · 政务公开台账";
  }, []);
  if (!data) return <Loading />;
  if (!data.demo) return <NotFound />;
  return (
    <main className="kit stack">
      <header className="row-between">
        <h1>件目录</h1>
        <div className="row">
          <SizeSwitch />
          <ThemeSwitch />
        </div>
      </header>
      {SECTIONS.map(({ id, title, content: Content }) => (
        <section key={id} id={id} className="kit-section stack" aria-labelledby={`${id}-title`}>
          <h2 id={`${id}-title`}>{title}</h2>
          <Content />
        </section>
      ))}
      <Toaster />
    </main>
  );
}

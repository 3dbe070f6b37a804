import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { Found, SearchResult } from "@/api/types";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";

import { navFor } from "./nav";
import { useMe } from "./session";
import "./finder.css";

interface Hit {
  id: string;
  group: string;
  title: string;
  detail: string;
  href: string;
}

const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ["search", q],
    queryFn: ({ signal }) => api.get<SearchResult>("/search", { q }, signal),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });

/** 每种东西在哪一页；单位没有自己的页，去看它的台账。 */
function placeOf(found: Found): string {
  switch (found.kind) {
    case "unit":
      return `/ledger?unit=${found.id}`;
    case "task":
      return `/tasks/${found.id}`;
    case "plan":
      return `/plans/${found.id}`;
    case "entry":
      return `/registers/${found.slug}/${found.id}`;
  }
}

/** 查找：键入几个字，单位、任务、台账条目、页面都在一处；上下键选，回车打开。 */
export function Finder({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const router = useRouter();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const q = useSettled(typed.trim());
  const { data, error, isFetching } = useQuery(searchQuery(q));
  const pages = navFor(me)
    .filter((item) => q === "" || item.label.includes(q))
    .map((item): Hit => ({ id: item.to, group: "页面", title: item.label, detail: item.group, href: item.to }));
  const found = q === "" ? [] : (data?.items ?? []).map((item): Hit => ({ id: item.id, group: item.kind_words, title: item.title, detail: item.detail, href: placeOf(item) }));
  const hits = [...found, ...pages];
  const settled = !isFetching && typed.trim() === q;
  const go = (hit: Hit) => {
    onClose();
    void router.navigate({ to: hit.href });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = hits[at];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((now) => (now + step + hits.length) % Math.max(1, hits.length));
    } else if (event.key === "Enter" && chosen && settled) {
      event.preventDefault();
      go(chosen);
    }
  };
  return (
    <Dialog title="查找" isOpen onClose={onClose}>
      <div className="finder-box">
        <Search size="1.2em" aria-hidden />
        <input
          ref={input}
          className="input"
          type="text"
          role="combobox"
          autoComplete="off"
          aria-label="查找单位、任务、台账条目、页面"
          placeholder="如 教体局、政策解读、〔2023〕12号"
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={hits[at] ? `${listId}-${at}` : undefined}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={keys}
        />
      </div>
      {error && <Notice tone="error">{wordsOf(error)}</Notice>}
      <Hits id={listId} hits={hits} at={at} onGo={go} />
      <p className="muted finder-foot" role="status">
        {q !== "" && settled && (hits.length === 0 ? "没有找到，换个说法试试；几个词用空格隔开" : `找到 ${hits.length} 项`)}
      </p>
    </Dialog>
  );
}

function Hits({ id, hits, at, onGo }: { id: string; hits: readonly Hit[]; at: number; onGo: (hit: Hit) => void }) {
  const current = useRef<HTMLDivElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest" });
  }, [at, hits.length]);
  const groups = [...new Set(hits.map((hit) => hit.group))];
  return (
    <div id={id} role="listbox" aria-label="查找结果" className="finder-hits">
      {groups.map((group) => (
        <div key={group} role="group" aria-label={group}>
          <p className="finder-group" aria-hidden>
            {group}
          </p>
          {hits.map(
            (hit, index) =>
              hit.group === group && (
                <div
                  key={hit.id}
                  id={`${id}-${index}`}
                  ref={index === at ? current : undefined}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === at}
                  className={index === at ? "finder-hit finder-at" : "finder-hit"}
                  onMouseDown={(event) => {
                    event.preventDefault();
                    onGo(hit);
                  }}
                >
                  <span className="finder-title">{hit.title}</span>
                  <span className="finder-detail">{hit.detail}</span>
                </div>
              ),
          )}
        </div>
      ))}
    </div>
  );
}

/** 停手片刻才算写定，免得每个字都问一次服务器。 */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 150);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { CircleUserRound, Menu, Search } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";

import { listen } from "@/api/events";
import { metaQuery } from "@/api/query";
import { showDate } from "@/lib/dates";
import { shortcutWords, useShortcut } from "@/lib/useShortcut";
import { useWidth } from "@/lib/useWidth";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { toast, Toaster } from "@/ui/Toast";

import { ErrorBoundary } from "./ErrorBoundary";
import { navFor, type NavItem } from "./nav";
import { SizeCycle, SizeSwitch, ThemeSwitch } from "./Preferences";
import { Relogin } from "./Relogin";
import { Seal } from "./Seal";
import { session, useMe } from "./session";
import "./shell.css";

const Finder = lazy(async () => ({ default: (await import("./Finder")).Finder }));

const EVENT_WORDS: Record<string, string> = {
  "submission:submit": "有新的填报",
  "submission:sign": "有填报已签发",
  "submission:return": "有填报被退回",
  "submission:accept": "有填报已审核通过",
  "plan:issue": "有新下达的任务分解表",
};

/** 外壳：页头、导航、内容；实时变更与重新登录也挂在这里。 */
export function Shell() {
  const me = useMe();
  const width = useWidth();
  const items = navFor(me);
  useFocusOnNavigation();
  return (
    <div className="shell">
      <a className="skip" href="#content">
        跳到正文
      </a>
      <Header />
      {width !== "narrow" && <SideNav items={items} />}
      <main id="content" className="main" tabIndex={-1}>
        <DemoBanner />
        <ErrorBoundary>
          <Outlet />
        </ErrorBoundary>
      </main>
      {width === "narrow" && <BottomNav items={items} />}
      <LiveNews />
      <Toaster />
      <Relogin />
    </div>
  );
}

function Header() {
  const me = useMe();
  const width = useWidth();
  const [open, setOpen] = useState(false);
  return (
    <header className="header no-print">
      <Link to="/" className="brand">
        <Seal />
        <span className="brand-text">
          <span className="brand-name">政务公开台账</span>
          <span className="brand-unit">{me.unit.name}</span>
        </span>
      </Link>
      <div className="header-tools">
        <FindButton />
        {width === "narrow" ? <SizeCycle /> : <SizeSwitch />}
        {width === "wide" && <ThemeSwitch />}
        <button type="button" className="who" aria-haspopup="dialog" onClick={() => setOpen(true)} aria-label={`${me.name}（${me.role_words}），账号与显示`}>
          <CircleUserRound size="1.4em" aria-hidden />
          {width !== "narrow" && (
            <span>
              {me.name}
              <small>{me.role_words}</small>
            </span>
          )}
        </button>
      </div>
      <AccountDialog isOpen={open} onClose={() => setOpen(false)} />
    </header>
  );
}

/** 查找：页头的钮，或随处按 Ctrl K（苹果机 ⌘K）。 */
function FindButton() {
  const width = useWidth();
  const [open, setOpen] = useState(false);
  useShortcut("k", () => setOpen(true));
  return (
    <>
      <button type="button" className="find" aria-haspopup="dialog" aria-label="查找" aria-keyshortcuts="Control+K Meta+K" onClick={() => setOpen(true)}>
        <Search size="1.2em" aria-hidden />
        {width !== "narrow" && <span aria-hidden>查找</span>}
        {width === "wide" && <kbd aria-hidden>{shortcutWords("K")}</kbd>}
      </button>
      {open && (
        <ErrorBoundary>
          <Suspense fallback={null}>
            <Finder onClose={() => setOpen(false)} />
          </Suspense>
        </ErrorBoundary>
      )}
    </>
  );
}

function AccountDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const me = useMe();
  const router = useRouter();
  const logout = async () => {
    await session.logout().catch(() => toast.error("没有连上服务器，本机已退出"));
    await router.navigate({ to: "/login" });
  };
  return (
    <Dialog title="账号与显示" isOpen={isOpen} onClose={onClose}>
      <p>
        <strong>{me.name}</strong>　{me.role_words}
        <br />
        <span className="muted">
          {me.unit.name}　账号 {me.username}
        </span>
      </p>
      <SizeSwitch labelHidden={false} />
      <ThemeSwitch labelHidden={false} />
      <div className="row">
        <Link to="/account" className="btn btn-default" onClick={onClose}>
          修改口令
        </Link>
        <Button variant="danger" onClick={() => void logout()}>
          退出登录
        </Button>
      </div>
    </Dialog>
  );
}

function DemoBanner() {
  const { data } = useQuery(metaQuery);
  if (!data?.pinned) return null;
  return (
    <p className="demo no-print">
      {data.demo ? "演示：" : ""}业务日期定在 {showDate(data.today)}
    </p>
  );
}

function NavLink({ item }: { item: NavItem }) {
  const Icon = item.icon;
  const elsewhere = useRouterState({ select: (state) => item.except !== undefined && state.location.pathname.startsWith(item.except) });
  return (
    <Link to={item.to} className="nav-link" activeOptions={{ exact: item.to === "/" || elsewhere, includeSearch: false }} activeProps={{ "aria-current": "page" }}>
      <Icon size="1.25em" strokeWidth={1.8} aria-hidden />
      <span>{item.label}</span>
    </Link>
  );
}

function SideNav({ items }: { items: NavItem[] }) {
  const groups = [...new Set(items.map((item) => item.group))];
  return (
    <nav className="side no-print" aria-label="主导航">
      {groups.map((group) => (
        <div key={group} className="side-group">
          <p id={`nav-${group}`}>{group}</p>
          <ul aria-labelledby={`nav-${group}`}>
            {items
              .filter((item) => item.group === group)
              .map((item) => (
                <li key={item.to}>
                  <NavLink item={item} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function BottomNav({ items }: { items: NavItem[] }) {
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => setOpen(false), [path]);
  const shown = items.length <= 4 ? items : items.slice(0, 3);
  return (
    <nav className="bottom no-print" aria-label="主导航">
      <ul>
        {shown.map((item) => (
          <li key={item.to}>
            <NavLink item={item} />
          </li>
        ))}
        {items.length > shown.length && (
          <li>
            <button type="button" className="nav-link" aria-haspopup="dialog" onClick={() => setOpen(true)}>
              <Menu size="1.25em" strokeWidth={1.8} aria-hidden />
              <span>更多</span>
            </button>
          </li>
        )}
      </ul>
      <Dialog title="全部栏目" isOpen={open} onClose={() => setOpen(false)}>
        <ul className="drawer">
          {items.map((item) => (
            <li key={item.to}>
              <NavLink item={item} />
            </li>
          ))}
        </ul>
      </Dialog>
    </nav>
  );
}

/** 实时变更：查询自会重读，这里只轻声说一句，看得见也读得出。 */
function LiveNews() {
  const { id } = useMe();
  const [news, setNews] = useState<{ text: string; at: number } | null>(null);
  useEffect(
    () =>
      listen((event) => {
        const text = EVENT_WORDS[`${event.kind}:${event.action}`];
        if (text) setNews({ text, at: Date.now() });
      }),
    [id],
  );
  useEffect(() => {
    if (!news) return undefined;
    const timer = setTimeout(() => setNews(null), 8000);
    return () => clearTimeout(timer);
  }, [news]);
  return (
    <div className="news no-print" role="status" aria-live="polite">
      {news && <p key={news.at}>{news.text}</p>}
    </div>
  );
}

/** 换页后焦点移到页题，读屏从新页读起；首次打开不动。 */
function useFocusOnNavigation(): void {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const before = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (before.current !== undefined && path !== undefined && before.current !== path) {
      const title = document.querySelector<HTMLElement>("main h1");
      (title ?? document.querySelector<HTMLElement>("main"))?.focus({ preventScroll: true });
    }
    before.current = path ?? before.current;
  }, [path]);
}

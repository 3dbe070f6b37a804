/** 路由：页面存在才登记；页面都按需加载。 */

import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";

import { mustSettle, session } from "./app/session";
import { auditSearch } from "./features/audit/search";
import { boardSearch } from "./features/board/search";
import { calendarSearch } from "./features/calendars/search";
import { clientsSearch } from "./features/clients/search";
import { deadlineSearch } from "./features/deadlines/search";
import { ledgerSearch } from "./features/ledger/search";
import { importSearch } from "./features/plans/search";
import { entriesSearch } from "./features/registers/search";
import { reportSearch } from "./features/report/search";
import { unitsSearch } from "./features/units/search";
import { usersSearch } from "./features/users/search";
import { ErrorState, Loading } from "./ui/States";

const root = createRootRoute({ component: Outlet });

/** 只收站内路径，免得登录后被带到别处。 */
export function safeNext(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) && !value.startsWith("/login") ? value : undefined;
}

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = safeNext(search["next"]);
    return next ? { next } : {};
  },
  beforeLoad: () => {
    if (session.me) throw redirect({ to: "/" });
  },
  component: lazyRouteComponent(() => import("./features/auth/LoginPage"), "LoginPage"),
});

/** 登录之后的一切；须改口令的人先去改口令。 */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: ({ location }) => {
    if (!session.me) {
      const next = safeNext(location.href);
      throw redirect({ to: "/login", search: next && next !== "/" ? { next } : {} });
    }
    if (mustSettle(session.me) && location.pathname !== "/account") throw redirect({ to: "/account" });
  },
  component: lazyRouteComponent(() => import("./app/Shell"), "Shell"),
});

const account = createRoute({
  getParentRoute: () => inside,
  path: "/account",
  component: lazyRouteComponent(() => import("./features/auth/AccountPage"), "AccountPage"),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: "/",
  component: lazyRouteComponent(() => import("./features/home/HomePage"), "HomePage"),
});

const assignment = createRoute({
  getParentRoute: () => inside,
  path: "/assignments/$assignmentId",
  component: lazyRouteComponent(() => import("./features/assignments/AssignmentPage"), "AssignmentPage"),
});

const task = createRoute({
  getParentRoute: () => inside,
  path: "/tasks/$taskId",
  component: lazyRouteComponent(() => import("./features/assignments/TaskPage"), "TaskPage"),
});

const submission = createRoute({
  getParentRoute: () => inside,
  path: "/submissions/$id",
  component: lazyRouteComponent(() => import("./features/submissions/SubmissionPage"), "SubmissionPage"),
});

const report = createRoute({
  getParentRoute: () => inside,
  path: "/report",
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import("./features/report/ReportPage"), "ReportPage"),
});

const reportCheck = createRoute({
  getParentRoute: () => inside,
  path: "/annual-reports/check",
  component: lazyRouteComponent(() => import("./features/annual-reports/CheckPage"), "CheckPage"),
});

const ledger = createRoute({
  getParentRoute: () => inside,
  path: "/ledger",
  validateSearch: ledgerSearch,
  component: lazyRouteComponent(() => import("./features/ledger/LedgerPage"), "LedgerPage"),
});

const board = createRoute({
  getParentRoute: () => inside,
  path: "/board",
  validateSearch: boardSearch,
  component: lazyRouteComponent(() => import("./features/board/BoardPage"), "BoardPage"),
});

const plans = createRoute({
  getParentRoute: () => inside,
  path: "/plans",
  component: lazyRouteComponent(() => import("./features/plans/PlansPage"), "PlansPage"),
});

const importStart = createRoute({
  getParentRoute: () => inside,
  path: "/plans/import",
  component: lazyRouteComponent(() => import("./features/plans/ImportStartPage"), "ImportStartPage"),
});

const importReview = createRoute({
  getParentRoute: () => inside,
  path: "/plans/import/$id",
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import("./features/plans/ImportPage"), "ImportPage"),
});

const plan = createRoute({
  getParentRoute: () => inside,
  path: "/plans/$id",
  component: lazyRouteComponent(() => import("./features/plans/PlanPage"), "PlanPage"),
});

const registers = createRoute({
  getParentRoute: () => inside,
  path: "/registers",
  component: lazyRouteComponent(() => import("./features/registers/RegistersPage"), "RegistersPage"),
});

const entries = createRoute({
  getParentRoute: () => inside,
  path: "/registers/$slug",
  validateSearch: entriesSearch,
  component: lazyRouteComponent(() => import("./features/registers/EntriesPage"), "EntriesPage"),
});

const entryNew = createRoute({
  getParentRoute: () => inside,
  path: "/registers/$slug/new",
  component: lazyRouteComponent(() => import("./features/registers/EntryFormPage"), "EntryNewPage"),
});

const entry = createRoute({
  getParentRoute: () => inside,
  path: "/registers/$slug/$id",
  component: lazyRouteComponent(() => import("./features/registers/EntryPage"), "EntryPage"),
});

const entryEdit = createRoute({
  getParentRoute: () => inside,
  path: "/registers/$slug/$id/edit",
  component: lazyRouteComponent(() => import("./features/registers/EntryFormPage"), "EntryEditPage"),
});

const deadlines = createRoute({
  getParentRoute: () => inside,
  path: "/deadlines",
  validateSearch: deadlineSearch,
  component: lazyRouteComponent(() => import("./features/deadlines/DeadlinePage"), "DeadlinePage"),
});

const calendar = createRoute({
  getParentRoute: () => inside,
  path: "/calendar",
  validateSearch: calendarSearch,
  component: lazyRouteComponent(() => import("./features/calendars/CalendarPage"), "CalendarPage"),
});

const returned = createRoute({
  getParentRoute: () => inside,
  path: "/plans/$id/returned/$importId",
  component: lazyRouteComponent(() => import("./features/plans/RoundTripPage"), "RoundTripPage"),
});

const upstream = createRoute({
  getParentRoute: () => inside,
  path: "/plans/$id/upstream",
  component: lazyRouteComponent(() => import("./features/plans/UpstreamPage"), "UpstreamPage"),
});

const units = createRoute({
  getParentRoute: () => inside,
  path: "/units",
  validateSearch: unitsSearch,
  component: lazyRouteComponent(() => import("./features/units/UnitsPage"), "UnitsPage"),
});

const users = createRoute({
  getParentRoute: () => inside,
  path: "/users",
  validateSearch: usersSearch,
  component: lazyRouteComponent(() => import("./features/users/UsersPage"), "UsersPage"),
});

const clients = createRoute({
  getParentRoute: () => inside,
  path: "/clients",
  validateSearch: clientsSearch,
  component: lazyRouteComponent(() => import("./features/clients/ClientsPage"), "ClientsPage"),
});

const audit = createRoute({
  getParentRoute: () => inside,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("./features/audit/AuditPage"), "AuditPage"),
});

const pages = inside.addChildren([
  home,
  account,
  ledger,
  board,
  plans,
  importStart,
  importReview,
  plan,
  returned,
  upstream,
  task,
  assignment,
  submission,
  report,
  reportCheck,
  registers,
  entries,
  entryNew,
  entry,
  entryEdit,
  deadlines,
  calendar,
  units,
  users,
  clients,
  audit,
]);

const tree = root.addChildren([login, pages]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: () => <Loading />,
  defaultNotFoundComponent: lazyRouteComponent(() => import("./app/NotFound"), "NotFound"),
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

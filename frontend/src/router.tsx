/** 路由：页面存在才登记；页面都按需加载。 */

import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";

import { mustSettle, session } from "./app/session";
import { reportPartSearch, reportsSearch } from "./features/annual-reports/search";
import { auditSearch } from "./features/audit/search";
import { boardSearch } from "./features/board/search";
import { calendarSearch } from "./features/calendars/search";
import { clientsSearch } from "./features/clients/search";
import { deadlineSearch } from "./features/deadlines/search";
import { ledgerSearch } from "./features/ledger/search";
import { indicatorSearch, indicatorsSearch } from "./features/indicators/search";
import { importSearch } from "./features/plans/search";
import { entriesSearch, frequentSearch, registerImportSearch } from "./features/registers/search";
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

const annualReports = createRoute({
  getParentRoute: () => inside,
  path: "/annual-reports",
  validateSearch: reportsSearch,
  component: lazyRouteComponent(() => import("./features/annual-reports/ReportsPage"), "ReportsPage"),
});

const annualReport = createRoute({
  getParentRoute: () => inside,
  path: "/annual-reports/$id",
  validateSearch: reportPartSearch,
  component: lazyRouteComponent(() => import("./features/annual-reports/AnnualReportPage"), "AnnualReportPage"),
});

const rollUp = createRoute({
  getParentRoute: () => inside,
  path: "/annual-reports/$id/roll-up",
  component: lazyRouteComponent(() => import("./features/annual-reports/RollUpPage"), "RollUpPage"),
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

const frequent = createRoute({
  getParentRoute: () => inside,
  path: "/registers/applications/frequent",
  validateSearch: frequentSearch,
  component: lazyRouteComponent(() => import("./features/registers/FrequentPage"), "FrequentPage"),
});

const registerImportStart = createRoute({
  getParentRoute: () => inside,
  path: "/registers/$slug/import",
  component: lazyRouteComponent(() => import("./features/registers/ImportStartPage"), "RegisterImportStartPage"),
});

const registerImport = createRoute({
  getParentRoute: () => inside,
  path: "/registers/$slug/import/$id",
  validateSearch: registerImportSearch,
  component: lazyRouteComponent(() => import("./features/registers/ImportPage"), "RegisterImportPage"),
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

const indicators = createRoute({
  getParentRoute: () => inside,
  path: "/indicators",
  validateSearch: indicatorsSearch,
  component: lazyRouteComponent(() => import("./features/indicators/IndicatorsPage"), "IndicatorsPage"),
});

const indicator = createRoute({
  getParentRoute: () => inside,
  path: "/indicators/$key",
  validateSearch: indicatorSearch,
  component: lazyRouteComponent(() => import("./features/indicators/IndicatorPage"), "IndicatorPage"),
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
  annualReports,
  annualReport,
  rollUp,
  registers,
  frequent,
  registerImportStart,
  registerImport,
  entries,
  entryNew,
  entry,
  entryEdit,
  indicators,
  indicator,
  deadlines,
  calendar,
  units,
  users,
  clients,
  audit,
]);

/** 件目录：给做页面的人看，只在演示环境。 */
const kit = createRoute({
  getParentRoute: () => root,
  path: "/kit",
  component: lazyRouteComponent(() => import("./features/kit/KitPage"), "KitPage"),
});

const tree = root.addChildren([login, kit, pages]);

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

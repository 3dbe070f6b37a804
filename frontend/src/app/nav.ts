/** 导航：谁看得到哪几项。新页面有了，才加到这里。 */

import { BookOpenCheck, BookOpenText, Building2, CalendarClock, CalendarDays, ClipboardCheck, FileSpreadsheet, FolderOpen, Grid3x3, House, type LucideIcon, Plug, ScrollText, ShieldCheck, Target, UsersRound } from "lucide-react";

import type { Me } from "@/api/types";

export interface NavItem {
  to: string;
  label: string;
  icon: LucideIcon;
  group: "办理" | "报送" | "管理";
  /** 须有的权限；不给则人人可见。 */
  needs?: string;
  /** 网址在它之下，却是另一项的。 */
  except?: string;
}

const HOME_LABELS: Record<string, string> = {
  reporter: "我的任务",
  signer: "待我签发",
  office: "今日待办",
};

const ITEMS: readonly NavItem[] = [
  { to: "/", label: "首页", icon: House, group: "办理" },
  { to: "/ledger", label: "台账", icon: BookOpenCheck, group: "办理", needs: "progress:submission:read" },
  { to: "/board", label: "看板", icon: Grid3x3, group: "办理", needs: "progress:submission:read" },
  { to: "/plans", label: "任务分解表", icon: FileSpreadsheet, group: "办理", needs: "plans:plan:read" },
  { to: "/registers", label: "专项台账", icon: FolderOpen, group: "办理", needs: "registers:entry:read" },
  { to: "/indicators", label: "指标", icon: Target, group: "办理", needs: "indicators:indicator:read" },
  { to: "/deadlines", label: "期限计算", icon: CalendarClock, group: "办理", needs: "progress:submission:read" },
  { to: "/annual-reports", label: "年度报告", icon: BookOpenText, group: "报送", needs: "annual-reports:report:read", except: "/annual-reports/check" },
  { to: "/report", label: "年度汇总", icon: ScrollText, group: "报送", needs: "annual-reports:report:read" },
  { to: "/annual-reports/check", label: "年报核对", icon: ClipboardCheck, group: "报送", needs: "annual-reports:report:read" },
  { to: "/units", label: "责任单位", icon: Building2, group: "管理", needs: "units:unit:read" },
  { to: "/calendar", label: "工作日历", icon: CalendarDays, group: "管理", needs: "calendars:calendar:read" },
  { to: "/users", label: "用户", icon: UsersRound, group: "管理", needs: "accounts:user:read" },
  { to: "/clients", label: "外部系统", icon: Plug, group: "管理", needs: "accounts:client:manage" },
  { to: "/audit", label: "审计日志", icon: ShieldCheck, group: "管理", needs: "audit:event:read" },
];

export function navFor(me: Me): NavItem[] {
  return ITEMS.filter((item) => item.needs === undefined || me.permissions.includes(item.needs)).map((item) =>
    item.to === "/" ? { ...item, label: HOME_LABELS[me.role] ?? item.label } : item,
  );
}

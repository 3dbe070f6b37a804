import { ChevronLeft, ChevronRight } from "lucide-react";

import { showCount } from "@/lib/numbers";

import { Button } from "./Button";
import "./pager.css";

export interface PagerProps {
  page: number;
  size: number;
  total: number;
  onPage: (page: number) => void;
  onSize?: ((size: number) => void) | undefined;
  unit?: string;
}

/** 分页：共多少、第几页、每页几条。 */
export function Pager({ page, size, total, onPage, onSize, unit = "条" }: PagerProps) {
  const pages = Math.max(1, Math.ceil(total / size));
  return (
    <nav className="pager no-print" aria-label="分页">
      <span>
        共 {showCount(total)} {unit}
      </span>
      {onSize && (
        <label className="row">
          每页
          <select className="input select pager-size" value={size} onChange={(event) => onSize(Number(event.target.value))}>
            {[20, 50, 100].map((count) => (
              <option key={count} value={count}>
                {count} {unit}
              </option>
            ))}
          </select>
        </label>
      )}
      <span className="row">
        <Button small icon={ChevronLeft} disabled={page <= 1} onClick={() => onPage(page - 1)}>
          上一页
        </Button>
        <span aria-live="polite">
          第 {page} / {pages} 页
        </span>
        <Button small icon={ChevronRight} disabled={page >= pages} onClick={() => onPage(page + 1)}>
          下一页
        </Button>
      </span>
    </nav>
  );
}

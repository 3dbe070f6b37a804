import { Link } from "@tanstack/react-router";

import { navFor } from "@/app/nav";
import { useMe } from "@/app/session";
import { Card } from "@/ui/Page";

/** 管理员、审计员：不看填报，只有各自的入口。 */
export function AdminHome() {
  const items = navFor(useMe()).filter((item) => item.to !== "/");
  return (
    <Card ledger title="您可以办理">
      <ul className="todo">
        {items.map((item) => (
          <li key={item.to}>
            <Link to={item.to} className="todo-title">
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

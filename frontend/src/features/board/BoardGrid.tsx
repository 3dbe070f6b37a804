import { Link } from "@tanstack/react-router";
import { useRef, useState, type KeyboardEvent } from "react";

import type { Board, LightName } from "@/api/types";
import { LightShape, LIGHTS } from "@/ui/Tag";

type Cell = Board["cells"][number];

const MARKS: Record<string, { mark: string; words: string }> = {
  draft: { mark: "○", words: "草稿" },
  submitted: { mark: "◔", words: "待签发" },
  signed: { mark: "◑", words: "待审核" },
  accepted: { mark: "●", words: "已通过" },
  returned: { mark: "◇", words: "已退回" },
};

/** 纵横表：方向键走格（也走得到表头），回车打开；整张表只占一个 Tab 位。 */
export function BoardGrid({ board, light }: { board: Board; light: LightName | undefined }) {
  const frame = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const cells = new Map(board.cells.map((cell) => [`${cell.unit_id} ${cell.task_id}`, cell]));

  const walk = (event: KeyboardEvent) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const row = Math.min(board.units.length - 1, Math.max(-1, at.row + (step[0] ?? 0)));
    const column = Math.min(board.tasks.length - 1, Math.max(-1, at.column + (step[1] ?? 0)));
    const target = frame.current?.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`);
    target?.focus();
    target?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const stop = (row: number, column: number) => ({
    "data-cell": `${row} ${column}`,
    tabIndex: at.row === row && at.column === column ? 0 : -1,
    onFocus: () => setAt({ row, column }),
  });

  return (
    <>
      <div ref={frame} className="board-frame">
        <table className="board" role="grid" aria-label={`${board.plan.title}看板`} onKeyDown={walk}>
          <thead>
            <tr>
              <th scope="col" className="board-corner">
                单位
              </th>
              {board.tasks.map((task, column) => (
                <th key={task.id} scope="col" className="board-task">
                  <Link to="/tasks/$taskId" params={{ taskId: task.id }} preload={false} title={task.title} {...stop(-1, column)}>
                    <span className="board-task-no">{task.position}</span>
                    <span className="board-task-title">{task.title}</span>
                  </Link>
                </th>
              ))}
              <th scope="col" className="board-sum">
                已报/应报
              </th>
            </tr>
          </thead>
          <tbody>
            {board.units.map((unit, row) => (
              <tr key={unit.id}>
                <th scope="row" className="board-unit">
                  <Link to="/ledger" search={{ unit: unit.id }} preload={false} title={unit.name} {...stop(row, -1)}>
                    {unit.short_name || unit.name}
                  </Link>
                  {unit.lights.red > 0 && (
                    <span className="board-red">
                      <LightShape light="red" />
                      {unit.lights.red}
                      <span className="visually-hidden">项逾期</span>
                    </span>
                  )}
                </th>
                {board.tasks.map((task, column) => {
                  const cell = cells.get(`${unit.id} ${task.id}`);
                  return (
                    <td key={task.id}>
                      {cell ? (
                        <CellLink cell={cell} faded={light !== undefined && cell.light !== light} {...stop(row, column)} />
                      ) : (
                        <span className="board-none" {...stop(row, column)}>
                          <span className="visually-hidden">不承担</span>
                        </span>
                      )}
                    </td>
                  );
                })}
                <td className="board-sum">
                  {unit.submitted}/{unit.owed}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" className="board-unit">
                已报/应报
              </th>
              {board.tasks.map((task) => (
                <td key={task.id} className="board-total">
                  {task.submitted}/{task.owed}
                </td>
              ))}
              <td className="board-sum">
                {board.totals.submitted}/{board.totals.owed}
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
      <Legend />
    </>
  );
}

function CellLink({ cell, faded, ...rest }: { cell: Cell; faded: boolean; "data-cell": string; tabIndex: number; onFocus: () => void }) {
  const mark = cell.submission_state ? MARKS[cell.submission_state] : undefined;
  const words = `${LIGHTS[cell.light].name}：${cell.light_words}；本期${mark?.words ?? "未报"}`;
  const look = (
    <>
      <LightShape light={cell.light} />
      <span className="board-mark" aria-hidden>
        {mark?.mark ?? "·"}
      </span>
      <span className="visually-hidden">{words}</span>
    </>
  );
  const name = faded ? "board-cell board-faded" : "board-cell";
  return cell.submission_id ? (
    <Link {...rest} to="/submissions/$id" params={{ id: cell.submission_id }} preload={false} className={name} title={words}>
      {look}
    </Link>
  ) : (
    <Link {...rest} to="/assignments/$assignmentId" params={{ assignmentId: cell.assignment_id }} preload={false} className={name} title={words}>
      {look}
    </Link>
  );
}

function Legend() {
  return (
    <ul className="row small board-legend" aria-label="图例">
      {(["red", "yellow", "green", "blue"] as const).map((light) => (
        <li key={light} className="row">
          <LightShape light={light} />
          {LIGHTS[light].meaning}
        </li>
      ))}
      {Object.values(MARKS).map((mark) => (
        <li key={mark.words}>
          <span aria-hidden>{mark.mark}</span> {mark.words}
        </li>
      ))}
      <li>
        <span aria-hidden>·</span> 未报
      </li>
    </ul>
  );
}

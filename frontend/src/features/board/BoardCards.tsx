import { Link } from "@tanstack/react-router";

import type { Board, LightName } from "@/api/types";
import { CardList, ListCard } from "@/ui/CardList";
import { Fold } from "@/ui/Page";
import { Light, LightShape, LIGHTS } from "@/ui/Tag";

/** 手机上：一个单位一张卡，灯数在外，逐项折起。 */
export function BoardCards({ board, light }: { board: Board; light: LightName | undefined }) {
  const tasks = new Map(board.tasks.map((task) => [task.id, task]));
  const units = light === undefined ? board.units : board.units.filter((unit) => unit.lights[light] > 0);
  return (
    <CardList label="各单位">
      {units.map((unit) => (
        <ListCard key={unit.id} className="stack-tight" head={<UnitHead name={unit.short_name || unit.name} submitted={unit.submitted} owed={unit.owed} />}>
          <ul className="row" aria-label="各灯数量">
            {(["red", "yellow", "green", "blue"] as const).map((name) => (
              <li key={name} className="row">
                <LightShape light={name} />
                <span className="visually-hidden">{LIGHTS[name].name}</span>
                {unit.lights[name]}
              </li>
            ))}
          </ul>
          <Fold summary="逐项看">
            <ul className="stack-tight">
              {board.cells
                .filter((cell) => cell.unit_id === unit.id && (light === undefined || cell.light === light))
                .map((cell) => (
                  <li key={cell.assignment_id}>
                    <Link to="/assignments/$assignmentId" params={{ assignmentId: cell.assignment_id }}>
                      {tasks.get(cell.task_id)?.position}. {tasks.get(cell.task_id)?.title}
                    </Link>
                    <p>
                      <Light light={cell.light} words={cell.light_words} />
                    </p>
                  </li>
                ))}
            </ul>
          </Fold>
        </ListCard>
      ))}
    </CardList>
  );
}

function UnitHead({ name, submitted, owed }: { name: string; submitted: number; owed: number }) {
  return (
    <>
      <strong className="list-card-title">{name}</strong>
      <span className="muted">
        已报 {submitted}/{owed}
      </span>
    </>
  );
}

import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useRouterState } from "@tanstack/react-router";
import { BookmarkPlus, X } from "lucide-react";
import { useState, type FormEvent } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { SavedView } from "@/api/types";
import { randomId } from "@/lib/id";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

import { useMay } from "./session";
import "@/ui/chips.css";
import "./savedviews.css";

const viewsQuery = (page: string) =>
  queryOptions({
    queryKey: ["views", page],
    queryFn: ({ signal }) => api.get<SavedView[]>("/saved-views", { page }, signal),
    staleTime: 300_000,
  });

/** 一页的常用筛选：点一下就是那组条件；现在这组条件可以存下来。 */
export function SavedViews() {
  const { page, query } = useRouterState({ select: ({ location }) => ({ page: location.pathname, query: location.searchStr.replace(/^\?/, "") }), structuralSharing: true });
  const router = useRouter();
  const client = useQueryClient();
  const { data: views = [] } = useQuery(viewsQuery(page));
  const [saving, setSaving] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ["views"] });
  const save = async (view: Pick<SavedView, "page" | "query" | "name" | "shared">) => {
    await api.post<SavedView>("/saved-views", view, { once: randomId() });
    await refresh();
  };
  const drop = async (view: SavedView) => {
    try {
      await api.drop(`/saved-views/${view.id}`);
      await refresh();
      toast.ok(`已删去“${view.name}”`, { label: "恢复", run: () => void save({ page: view.page, query: view.query, name: view.name, shared: view.shared }).catch((failure: unknown) => toast.error(wordsOf(failure))) });
    } catch (failure) {
      toast.error(wordsOf(failure));
    }
  };
  const known = views.some((view) => view.query === query);
  if (views.length === 0 && query === "") return null;
  return (
    <div className="row views no-print" role="group" aria-label="常用筛选">
      {views.map((view) => (
        <span key={view.id} className="view">
          <button type="button" className="chip" aria-pressed={view.query === query} onClick={() => router.history.push(`${view.page}?${view.query}`)}>
            {view.name}
            {!view.mine && <span className="visually-hidden">（{view.owner_name}共用）</span>}
          </button>
          {view.mine && (
            <button type="button" className="view-drop" aria-label={`删去常用筛选 ${view.name}`} onClick={() => void drop(view)}>
              <X size="1em" aria-hidden />
            </button>
          )}
        </span>
      ))}
      {query !== "" && !known && (
        <Button small variant="quiet" icon={BookmarkPlus} onClick={() => setSaving(true)}>
          存为常用
        </Button>
      )}
      {saving && <SaveDialog onClose={() => setSaving(false)} onSave={(name, shared) => save({ page, query, name, shared })} />}
    </div>
  );
}

function SaveDialog({ onClose, onSave }: { onClose: () => void; onSave: (name: string, shared: boolean) => Promise<void> }) {
  const shares = useMay("plans:plan:write");
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      await onSave(name, shared);
      onClose();
      toast.ok(`已存为常用：${name}`);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog title="存为常用筛选" isOpen onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextField label="名称" required maxLength={30} value={name} onChange={setName} hint="如：逾期的、本周要催的" />
        {shares && (
          <Checkbox checked={shared} onChange={setShared}>
            给全区各单位共用
          </Checkbox>
        )}
        {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
        <div className="row">
          <Button type="submit" variant="primary" pending={pending} disabled={name.trim() === ""}>
            存下
          </Button>
          <Button onClick={onClose}>取消</Button>
        </div>
      </form>
    </Dialog>
  );
}

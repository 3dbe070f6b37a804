import { useEffect, useState, useSyncExternalStore } from "react";

import { FormKeeper, type FormKeeperOptions, type FormState } from "./formKeeper";

/** 把表单的留底接到页面上：关页、切走、离开即留。 */
export function useFormKeeper<Form>(options: () => FormKeeperOptions<Form>): { keeper: FormKeeper<Form>; state: FormState<Form> } {
  const [keeper] = useState(() => new FormKeeper(options()));
  useEffect(() => {
    window.addEventListener("pagehide", keeper.flush);
    document.addEventListener("visibilitychange", keeper.flush);
    return () => {
      window.removeEventListener("pagehide", keeper.flush);
      document.removeEventListener("visibilitychange", keeper.flush);
      keeper.flush();
    };
  }, [keeper]);
  return { keeper, state: useSyncExternalStore(keeper.subscribe, keeper.get) };
}

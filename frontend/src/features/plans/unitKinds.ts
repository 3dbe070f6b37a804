import type { UnitKind } from "@/api/types";

/** 新建单位时可选的类别；政府不在此新建。 */
export const NEW_UNIT_KINDS: readonly { id: UnitKind; label: string }[] = [
  { id: "department", label: "工作部门" },
  { id: "branch", label: "派出（垂管）机构" },
  { id: "subdistrict", label: "街道" },
  { id: "town", label: "镇" },
  { id: "zone", label: "园区管委会" },
  { id: "office", label: "政府办公室" },
  { id: "other", label: "其他" },
];

import type { UnitKind } from "@/api/types";

export const KINDS: readonly { id: UnitKind; label: string }[] = [
  { id: "government", label: "人民政府" },
  { id: "office", label: "政府办公室" },
  { id: "department", label: "部门" },
  { id: "branch", label: "派出、垂管机构" },
  { id: "subdistrict", label: "街道" },
  { id: "town", label: "镇" },
  { id: "zone", label: "园区" },
  { id: "other", label: "其他" },
];

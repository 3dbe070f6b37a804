import type { PasswordRule } from "@/api/types";

/** 口令规则由后端给；这里只为早说，拍板的是后端。 */
export function passwordFaults(password: string, username: string, rule: PasswordRule): string[] {
  const faults: string[] = [];
  if ([...password].length < rule.minimum_length) faults.push(`至少 ${rule.minimum_length} 个字符`);
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  if (kinds < rule.minimum_classes) faults.push(`大写、小写、数字、符号中至少要有 ${rule.minimum_classes} 种`);
  if (username !== "" && password.toLowerCase().includes(username.toLowerCase())) faults.push("不能含有账号");
  return faults;
}

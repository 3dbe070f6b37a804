/** 口令规则，与后端一致；这里只为早说，拍板的是后端。 */
export function passwordFaults(password: string, username: string): string[] {
  const faults: string[] = [];
  if ([...password].length < 12) faults.push("至少 12 个字符");
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  if (kinds < 3) faults.push("大写、小写、数字、符号中至少要有三种");
  if (username !== "" && password.toLowerCase().includes(username.toLowerCase())) faults.push("不能含有账号");
  return faults;
}

/** 内容安全策略只许可信的 HTML。react-aria 清空读屏播报时会写入空串，故只放行空串，别的一律拒绝。 */

interface TrustedTypes {
  createPolicy: (name: string, rules: { createHTML: (text: string) => string }) => unknown;
}

export function refuseHtml(): void {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  types?.createPolicy("default", {
    createHTML: (text) => {
      if (text !== "") throw new TypeError("不许往页面里写 HTML");
      return text;
    },
  });
}

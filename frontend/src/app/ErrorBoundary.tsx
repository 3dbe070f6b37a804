import { Component, type ReactNode } from "react";

import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

/** 页面出错时只坏这一块，导航仍在。 */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Notice tone="error" title="页面出了差错" actions={<Button onClick={() => window.location.reload()}>刷新页面</Button>}>
        您已保存的内容不受影响。刷新后仍不行，请联系管理员。
      </Notice>
    );
  }
}

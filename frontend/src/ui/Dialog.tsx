import { X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Dialog as AriaDialog, Heading, I18nProvider, Modal, ModalOverlay } from "react-aria-components";

import { wordsOf } from "@/api/problem";

import { Button, IconButton } from "./Button";
import { cx } from "./cx";
import { Notice } from "./Notice";
import "./dialog.css";

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** 底部的按钮，主操作在右。 */
  footer?: ReactNode;
  /** 宽（退回要点一类要写字的）。 */
  wide?: boolean | undefined;
  /** 不许点外面或按 Esc 关掉（正在写的东西会丢时）。 */
  sticky?: boolean | undefined;
  role?: "dialog" | "alertdialog";
}

/** 对话框：困住焦点、Esc 关闭、关后焦点回原处。文案只装了中文，浏览器是别的语言也按中文取。 */
export function Dialog({ title, isOpen, onClose, children, footer, wide, sticky, role = "dialog" }: DialogProps) {
  return (
    <I18nProvider locale="zh-CN">
      <ModalOverlay
        className="overlay"
        isOpen={isOpen}
        isDismissable={!sticky}
        isKeyboardDismissDisabled={sticky ?? false}
        onOpenChange={(open) => !open && onClose()}
      >
        <Modal className={cx("modal", wide && "modal-wide")}>
          <AriaDialog className="dialog" role={role}>
            <header className="dialog-head">
              <Heading slot="title" level={2}>
                {title}
              </Heading>
              <IconButton label="关闭" icon={X} onClick={onClose} />
            </header>
            <div className="dialog-body stack">{children}</div>
            {footer && <footer className="dialog-foot">{footer}</footer>}
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}

export interface ConfirmDialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children?: ReactNode;
  confirm: string;
  danger?: boolean | undefined;
  /** 办成后自动关；失败则把话写在框里。 */
  onConfirm: () => Promise<unknown>;
}

/** 要紧的一步，先问一句。 */
export function ConfirmDialog({ title, isOpen, onClose, children, confirm, danger, onConfirm }: ConfirmDialogProps) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const close = () => {
    setError(null);
    onClose();
  };
  const run = async () => {
    setPending(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={close}
      role="alertdialog"
      footer={
        <>
          <Button onClick={close}>取消</Button>
          <Button variant={danger ? "danger-fill" : "primary"} pending={pending} onClick={() => void run()}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

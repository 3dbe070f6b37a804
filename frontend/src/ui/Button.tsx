import { createLink, type LinkComponent } from "@tanstack/react-router";
import { LoaderCircle, type LucideIcon } from "lucide-react";
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from "react";

import { cx } from "./cx";
import "./button.css";

export type ButtonVariant = "primary" | "default" | "danger" | "danger-fill" | "quiet";

interface Look {
  variant?: ButtonVariant | undefined;
  small?: boolean | undefined;
  icon?: LucideIcon | undefined;
}

function classes({ variant = "default", small }: Look, extra?: string): string {
  return cx("btn", `btn-${variant}`, small && "btn-small", extra);
}

export interface ButtonProps extends Look, ButtonHTMLAttributes<HTMLButtonElement> {
  /** 正在办：留住焦点，不再响应点击。 */
  pending?: boolean | undefined;
  ref?: Ref<HTMLButtonElement> | undefined;
}

/** 按钮。`pending` 时转圈且不可再按，但焦点不丢。 */
export function Button({ variant, small, icon: Icon, pending, className, children, onClick, ref, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      ref={ref}
      className={classes({ variant, small }, className)}
      aria-disabled={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {pending ? <LoaderCircle className="spin" size="1.1em" aria-hidden /> : Icon && <Icon size="1.15em" aria-hidden />}
      {children}
    </button>
  );
}

/** 只有图形的按钮，必须给名字。 */
export function IconButton({ label, icon: Icon, className, ...rest }: Omit<ButtonProps, "icon" | "children"> & { label: string; icon: LucideIcon }) {
  return (
    <Button variant="quiet" {...rest} className={cx("btn-icon", className)} aria-label={label} title={label}>
      <Icon size="1.25em" aria-hidden />
    </Button>
  );
}

interface AnchorProps extends Look, AnchorHTMLAttributes<HTMLAnchorElement> {
  children?: ReactNode;
  ref?: Ref<HTMLAnchorElement>;
}

function AnchorButton({ variant, small, icon: Icon, className, children, ref, ...rest }: AnchorProps) {
  return (
    <a {...rest} ref={ref} className={classes({ variant, small }, className)}>
      {Icon && <Icon size="1.15em" aria-hidden />}
      {children}
    </a>
  );
}

const RouterButton = createLink(AnchorButton);

/** 样子是按钮的站内链接。 */
export const LinkButton: LinkComponent<typeof AnchorButton> = (props) => <RouterButton {...props} />;

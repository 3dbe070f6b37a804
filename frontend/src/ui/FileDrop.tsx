import { FileUp } from "lucide-react";
import { useId, useRef, useState, type ReactNode } from "react";

import { Button } from "./Button";
import { cx } from "./cx";
import "./filedrop.css";

export interface FileDropProps {
  label: string;
  hint?: ReactNode;
  accept?: string | undefined;
  multiple?: boolean | undefined;
  pending?: boolean | undefined;
  error?: string | null | undefined;
  onFiles: (files: File[]) => void;
}

/** 拖入、粘贴或选择文件。键盘只用得到按钮。 */
export function FileDrop({ label, hint, accept, multiple, pending, error, onFiles }: FileDropProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length > 0 && !pending) onFiles(multiple ? files : files.slice(0, 1));
  };
  return (
    <div
      className={cx("drop", over && "drop-over", error && "drop-wrong")}
      role="group"
      aria-labelledby={`${id}-label`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      onPaste={(event) => {
        if (event.clipboardData.files.length > 0) {
          event.preventDefault();
          take(event.clipboardData.files);
        }
      }}
    >
      <FileUp size="1.6rem" strokeWidth={1.5} aria-hidden />
      <div className="drop-text">
        <span id={`${id}-label`}>{label}</span>
        {hint && (
          <span className="muted small" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </div>
      <Button pending={pending} aria-describedby={hint ? `${id}-hint` : undefined} onClick={() => input.current?.click()}>
        {pending ? "正在上传…" : "选择文件"}
      </Button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        tabIndex={-1}
        aria-label={label}
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      {error && (
        <p className="field-error drop-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

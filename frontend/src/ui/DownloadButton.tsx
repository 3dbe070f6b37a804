import { FileDown } from "lucide-react";
import { useState } from "react";

import { download, type QueryValue } from "@/api/client";
import { wordsOf } from "@/api/problem";

import { Button } from "./Button";
import { toast } from "./Toast";

export interface DownloadButtonProps {
  path: string;
  /** 服务器没给文件名时用的。 */
  name: string;
  query?: Record<string, QueryValue>;
  primary?: boolean;
  /** 下载好了说的话。 */
  done?: string;
  children: string;
}

/** 下载一份文件：取的时候转圈，取不到说为什么。 */
export function DownloadButton({ path, name, query, primary, done, children }: DownloadButtonProps) {
  const [pending, setPending] = useState(false);
  const get = async () => {
    setPending(true);
    try {
      await download(path, name, query);
      if (done) toast.ok(done);
    } catch (failure) {
      toast.error(wordsOf(failure));
    } finally {
      setPending(false);
    }
  };
  return (
    <Button icon={FileDown} variant={primary ? "primary" : "default"} pending={pending} onClick={() => void get()}>
      {children}
    </Button>
  );
}

"""Protocol (协议): what is not HTTP at all is refused in the same form as everything else."""

import json
import uuid

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from taizhang.core.problems import MEDIA_TYPE, BadRequest


class ProblemProtocol(HttpToolsProtocol):
    """uvicorn's HTTP/1.1 with our words for a request that cannot be parsed."""

    def send_400_response(self, msg: str) -> None:
        """Answer and hang up: after bytes like these nobody knows where the next request would begin."""
        problem = BadRequest("malformed-request", "请求不是有效的 HTTP")
        body = json.dumps(problem.body(instance="/", request_id=uuid.uuid4().hex), ensure_ascii=False).encode()
        head = f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        self.transport.write(STATUS_LINE[400] + head.encode() + body)
        self.transport.close()

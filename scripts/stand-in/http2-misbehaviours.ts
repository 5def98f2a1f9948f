/** What only HTTP/2 can do to a request: https://www.rfc-editor.org/rfc/rfc9113. Over HTTP/1.1 the connection is reset instead. */
import type { ServerResponse } from "node:http";
import { constants, type ServerHttp2Stream } from "node:http2";
import type { Line } from "./listener.ts";

type Http2Misbehaviour = (outgoing: ServerResponse, request: unknown, line: Line) => void;

export const http2Misbehaviours = {
  /** The connection ends with a GOAWAY that counts this request among those that were processed. */
  goaway: onStream((stream, line) => leave(stream, line, stream.id ?? 0)),
  /** The same, but it says that this request was not looked at, so that it may be sent again. Node can't say that of the first request on a connection. */
  "goaway-unprocessed": onStream((stream, line) => leave(stream, line, (stream.id ?? 2) - 2)),
  "rst-no-error": rst(constants.NGHTTP2_NO_ERROR),
  "rst-protocol-error": rst(constants.NGHTTP2_PROTOCOL_ERROR),
  "rst-internal-error": rst(constants.NGHTTP2_INTERNAL_ERROR),
  "rst-flow-control-error": rst(constants.NGHTTP2_FLOW_CONTROL_ERROR),
  "rst-settings-timeout": rst(constants.NGHTTP2_SETTINGS_TIMEOUT),
  "rst-stream-closed": rst(constants.NGHTTP2_STREAM_CLOSED),
  "rst-frame-size-error": rst(constants.NGHTTP2_FRAME_SIZE_ERROR),
  /** Says that this request was not looked at, so that it may be sent again. */
  "rst-refused-stream": rst(constants.NGHTTP2_REFUSED_STREAM),
  "rst-cancel": rst(constants.NGHTTP2_CANCEL),
  "rst-compression-error": rst(constants.NGHTTP2_COMPRESSION_ERROR),
  "rst-connect-error": rst(constants.NGHTTP2_CONNECT_ERROR),
  "rst-enhance-your-calm": rst(constants.NGHTTP2_ENHANCE_YOUR_CALM),
  "rst-inadequate-security": rst(constants.NGHTTP2_INADEQUATE_SECURITY),
  "rst-http-1-1-required": rst(constants.NGHTTP2_HTTP_1_1_REQUIRED),
} satisfies Record<string, Http2Misbehaviour>;

function rst(code: number): Http2Misbehaviour {
  return onStream((stream) => stream.close(code));
}

function onStream(act: (stream: ServerHttp2Stream, line: Line) => void): Http2Misbehaviour {
  return (_, __, line) => {
    if (line.stream) {
      act(line.stream, line);
    } else {
      line.reset();
    }
  };
}

/** The GOAWAY has left before the connection ends. */
function leave({ session }: ServerHttp2Stream, line: Line, lastStreamId: number): void {
  session?.goaway(constants.NGHTTP2_NO_ERROR, lastStreamId);
  setTimeout(line.close, 50);
}

/** Finds the end of an HTTP/1.1 response. Pure. */

/** The length of the first response in the bytes; null while it is incomplete. */
export function findResponseEnd(bytes: Buffer): number | null {
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const headers = bytes.toString('latin1', 0, head);
  const length = /\r\ncontent-length: *(\d+)/i.exec(headers)?.[1];
  if (length !== undefined) {
    const end = head + 4 + Number(length);
    return bytes.length >= end ? end : null;
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(headers)) {
    const last = bytes.indexOf(
      bytes.subarray(head + 4, head + 7).equals(LAST) ? LAST_CHUNK : `\r\n${LAST_CHUNK}`,
      head + 4,
    );
    return last < 0 ? null : bytes.indexOf(LAST_CHUNK, last) + LAST_CHUNK.length;
  }
  return head + 4;
}

const LAST_CHUNK = '0\r\n\r\n';
const LAST = Buffer.from('0\r\n');

/** The packets of MySQL's client/server protocol, as they are seen between the two. */

/** Length in three bytes, number in one. */
const HEADER_BYTES = 4;

/** Cuts a stream of bytes into packets. */
export function createPacketSplitter(onPacket: (packet: Buffer, number: number) => void): (piece: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    while (rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + rest.readUIntLE(0, 3);
      if (rest.length < end) return;
      onPacket(rest.subarray(HEADER_BYTES, end), rest[3] as number);
      rest = rest.subarray(end);
    }
  };
}

const OK = 0x00;
const MORE_RESULTS = 0x0008;

/** True for the answer to the last statement of a packet that wants no rows: OK with nothing to follow, or a failure. */
export function isLastResponse(packet: Buffer): boolean {
  if (packet[0] !== OK) return true;
  const affectedEnd = 1 + lengthEncodedSize(packet[1] as number);
  const insertIdEnd = affectedEnd + lengthEncodedSize(packet[affectedEnd] as number);
  return (packet.readUInt16LE(insertIdEnd) & MORE_RESULTS) === 0;
}

/** A length-encoded integer, by its first byte. */
const lengthEncodedSize = (first: number): number => ({ 252: 3, 253: 4, 254: 9 })[first] ?? 1;

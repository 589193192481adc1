/** FNV-1a, 64 bits, as hexadecimal: nothing secret is hashed, and it needs no module, whose loading would delay the agent. */
export function fnv(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

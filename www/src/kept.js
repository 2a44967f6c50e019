/** Keeps the files that came last, sealed, up to a number of bytes: a third of what they are inflated. */
const MAX_BYTES = 28 << 20;

export class Kept {
  /** @type {Map<string, ArrayBuffer>} the one that was used longest ago first */
  #files = new Map();
  #bytes = 0;

  /** @param {string} name */
  take(name) {
    const bytes = this.#files.get(name);
    if (bytes) {
      this.#files.delete(name);
      this.#bytes -= bytes.byteLength;
    }
    return bytes;
  }

  /**
   * @param {string} name
   * @param {ArrayBuffer} bytes
   */
  put(name, bytes) {
    this.take(name);
    this.#files.set(name, bytes);
    this.#bytes += bytes.byteLength;
    for (const oldest of this.#files.keys()) {
      if (this.#bytes <= MAX_BYTES) break;
      this.take(oldest);
    }
  }
}

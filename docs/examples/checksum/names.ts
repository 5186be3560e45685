/** A file name for a message: on one line, with nothing in it that a terminal would obey. */
export function quote(path: Buffer): string {
  const text = path.toString();
  return /^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(text) ? text : escapeControls(JSON.stringify(text));
}

function escapeControls(text: string): string {
  return text.replace(/\p{C}/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/** One line of `sha256sum`'s format, with its way of writing names that contain line breaks. */
export function sumLine(digest: string, path: Buffer): Buffer {
  // Byte for byte: latin1 is the encoding that keeps every byte as it is.
  const bytes = path.toString('latin1');
  const escaped = bytes.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return Buffer.from(`${escaped === bytes ? '' : '\\'}${digest}  ${escaped}\n`, 'latin1');
}

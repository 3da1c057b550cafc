import { utf8 } from './utf8.js';

/** A file as it came over the wire. */
export interface Upload {
  readonly name: string;
  /** As the sender claims; may be empty. */
  readonly type: string;
  readonly bytes: Buffer;
}

export interface Form {
  readonly values: Record<string, string>;
  readonly uploads: Map<string, Upload>;
}

/** Reads `multipart/form-data`. Lenient about spacing in headers, because clients differ there. */
export function readMultipart(body: Buffer, contentType: string): Form {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const form: Form = { values: {}, uploads: new Map() };
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) return form;
  const delimiter = Buffer.from(`\r\n--${name}`);
  // The first delimiter has no line break before it unless there is a preamble.
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  let start = whole.indexOf(delimiter);
  while (start >= 0) {
    const end = whole.indexOf(delimiter, start + delimiter.length);
    if (end < 0) break;
    readPart(whole.subarray(start + delimiter.length + 2, end), form);
    start = end;
  }
  return form;
}

function readPart(part: Buffer, form: Form): void {
  const headerEnd = part.indexOf('\r\n\r\n');
  if (headerEnd < 0) return;
  const headers = part.subarray(0, headerEnd).toString('utf8');
  const bytes = part.subarray(headerEnd + 4);
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? '';
  const field = parameter(disposition, 'name');
  if (field === undefined) return;
  const file = parameter(disposition, 'filename');
  if (file === undefined) form.values[field] = utf8(bytes);
  else {
    const type = /^content-type:\s*(.*)$/im.exec(headers)?.[1]?.trim() ?? '';
    form.uploads.set(field, { name: file, type, bytes: Buffer.from(bytes) });
  }
}

function parameter(disposition: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]*))`, 'i').exec(disposition);
  const value = found?.[1] ?? found?.[2];
  return value?.replaceAll('%22', '"').replaceAll('\\"', '"');
}

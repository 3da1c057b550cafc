/** What S3 answers instead, as XML. */
export class S3Fault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly more: Readonly<Record<string, string>> = {},
  ) {
    super(code);
  }

  get xml(): string {
    const more = Object.entries(this.more).map(([name, value]) => `<${name}>${value}</${name}>`);
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${this.code}</Code><Message>${this.code}, says the local S3</Message>${more.join('')}<RequestId>local</RequestId></Error>`;
  }
}

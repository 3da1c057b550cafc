import { expect, it } from 'vitest';
import { isAllowed } from '../../../../src/adapters/fal/files/allowed-hosts.js';
import { falMediaHosts } from '../../../../src/adapters/fal/files/fal-downloads.js';

const allowed = (url: string, hosts: readonly string[] = falMediaHosts) => isAllowed(new URL(url), hosts);

it.each([
  'https://fal.media/files/a.jpg',
  'https://v3.fal.media/files/a.jpg',
  'https://v3b.fal.media/files/b/a.jpg?sig=1',
  'https://V3.FAL.MEDIA:443/a.jpg',
])("reads %s from fal's CDN", (url) => expect(allowed(url)).toBe(true));

it.each([
  'http://fal.media/a.jpg',
  'ftp://fal.media/a.jpg',
  'file:///etc/passwd',
  'data:image/png;base64,AAAA',
  'https://fal.media.evil.example/a.jpg',
  'https://evilfal.media/a.jpg',
  'https://evil.example/fal.media',
  'https://fal.media@evil.example/a.jpg',
  'https://user:secret@fal.media/a.jpg',
  'https://fal.media:8443/a.jpg',
  'https://v3.fal.media:8443/a.jpg',
  'https://127.0.0.1/a.jpg',
  'https://169.254.169.254/latest/meta-data',
  'https://[::1]/a.jpg',
  'https://localhost/a.jpg',
  'https://fal.media./a.jpg',
])("does not read %s with fal's CDN listed", (url) => expect(allowed(url)).toBe(false));

it.each([
  ['http://127.0.0.1:4000/a.jpg', '127.0.0.1:4000', true],
  ['http://localhost:4000/a.jpg', 'localhost:4000', true],
  ['http://[::1]:4000/a.jpg', '[::1]:4000', true],
  ['http://127.0.0.1:4001/a.jpg', '127.0.0.1:4000', false],
  ['http://127.0.0.1/a.jpg', '127.0.0.1', false],
  ['http://10.0.0.1:4000/a.jpg', '10.0.0.1:4000', false],
  ['http://media.example:4000/a.jpg', 'media.example:4000', false],
  ['http://127.0.0.1.evil.example:4000/a.jpg', '127.0.0.1.evil.example:4000', false],
  ['https://media.example:8443/a.jpg', 'media.example:8443', true],
  ['https://media.example/a.jpg', 'media.example:443', true],
  ['https://Media.example/a.jpg', 'MEDIA.example', true],
  ['https://media.example/a.jpg', 'media.example:8443', false],
])('%s with %s listed: %s', (url, host, expected) => expect(allowed(url, [host])).toBe(expected));

const bucket = ['fal.media', 'storage.googleapis.com/falserverless', 'media.example:8443/one/Two/'];

it.each([
  'https://fal.media/files/a.jpg',
  'https://storage.googleapis.com/falserverless/a.jpg',
  'https://storage.googleapis.com/other/../falserverless/a.jpg?sig=%2e%2e',
  'https://STORAGE.googleapis.com:443/falserverless/a.jpg',
  'https://media.example:8443/one/Two/a.jpg',
])('reads %s, whose path begins as listed', (url) => expect(allowed(url, bucket)).toBe(true));

it.each([
  'https://storage.googleapis.com/a.jpg',
  'https://storage.googleapis.com/falserverless',
  'https://storage.googleapis.com/falserverless-evil/a.jpg',
  'https://storage.googleapis.com/FALSERVERLESS/a.jpg',
  'https://storage.googleapis.com//falserverless/a.jpg',
  'https://storage.googleapis.com/evil/falserverless/a.jpg',
  'https://storage.googleapis.com/falserverless/../evil/a.jpg',
  'https://storage.googleapis.com/falserverless/%2e%2e/evil/a.jpg',
  'https://storage.googleapis.com/falserverless\\..\\evil/a.jpg',
  'https://storage.googleapis.com/falserverless/..%2fevil/a.jpg',
  'https://storage.googleapis.com/falserverless/..%5Cevil/a.jpg',
  'https://storage.googleapis.com/falserverless/%252e%252e%252fevil/a.jpg',
  'https://media.example:8443/one/a.jpg',
  'https://media.example/one/Two/a.jpg',
  'http://storage.googleapis.com/falserverless/a.jpg',
])('does not read %s, whose path begins otherwise', (url) => expect(allowed(url, bucket)).toBe(false));

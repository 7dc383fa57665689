import { expect, test } from 'vitest';
import { shownText, shownUrl } from '../../src/protocol/shown.js';

const shown: [url: string, shown: string][] = [
  ['https://user:s3cret@api.example.com/a', 'https://api.example.com/a'],
  ['https://api.example.com/a?page=2', 'https://api.example.com/a?page=2'],
  ['https://api.example.com/a?token=s3cret', 'https://api.example.com/a?token=hidden'],
  ['https://api.example.com/a?access_token=s3cret&b=1', 'https://api.example.com/a?access_token=hidden&b=1'],
  ['https://api.example.com/a?api-key=s3cret', 'https://api.example.com/a?api-key=hidden'],
  ['https://api.example.com/a?apikey=s3cret', 'https://api.example.com/a?apikey=hidden'],
  ['https://api.example.com/a?apiKey=s3cret', 'https://api.example.com/a?apiKey=hidden'],
  ['https://api.example.com/a?sv=1&sig=s3cret', 'https://api.example.com/a?sv=1&sig=hidden'],
  ['https://api.example.com/a?X-Amz-Signature=s3cret', 'https://api.example.com/a?X-Amz-Signature=hidden'],
  ['https://api.example.com/a?X-Amz-Credential=s3cret', 'https://api.example.com/a?X-Amz-Credential=hidden'],
  ['https://api.example.com/a?X-Goog-Signature=s3cret', 'https://api.example.com/a?X-Goog-Signature=hidden'],
  ['https://api.example.com/a?client_secret=s3cret', 'https://api.example.com/a?client_secret=hidden'],
  ['https://api.example.com/a?pwd=s3cret', 'https://api.example.com/a?pwd=hidden'],
  ['https://api.example.com/a?jwt=s3cret', 'https://api.example.com/a?jwt=hidden'],
  ['https://api.example.com/a?token=s3cret&token=s3cret2', 'https://api.example.com/a?token=hidden'],
  ['https://api.example.com/a?next_page=2&sort=key', 'https://api.example.com/a?next_page=2&sort=key'],
];
test.each(shown)('%s is shown as %s', (url, expected) => {
  expect(shownUrl(new URL(url))).toBe(expected);
});

test('the URL itself stays as it is', () => {
  const url = new URL('https://user:s3cret@api.example.com/a?token=s3cret');
  shownUrl(url);
  expect(url.href).toBe('https://user:s3cret@api.example.com/a?token=s3cret');
});

test('every address in a text is shown without its secrets, and the rest as it was', () => {
  const words =
    'Not at https://u:s3cret@a.example/x?token=s3cret, nor (http://b.example/?a=1&sig=s3cret) or "https://c.example/y?b=2".';
  expect(shownText(words)).not.toContain('s3cret');
  expect(shownText(words)).toContain('"https://c.example/y?b=2".');
});

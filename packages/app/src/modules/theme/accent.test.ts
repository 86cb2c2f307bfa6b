import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accent } from './accent';

const css = readFileSync(join(__dirname, 'accent.css'), 'utf8');
const [light = '', dark = ''] = css.split("[data-theme-mode='dark']");

function valueIn(rules: string, name: string): string {
  return new RegExp(`--bui-${name}: (#[0-9a-f]{6});`).exec(rules)?.[1] ?? '';
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(start => {
    const share = parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort(
    (left, right) => right - left,
  );
  return (lighter + 0.05) / (darker + 0.05);
}

describe('accent', () => {
  it('is the same in old and new pages', () => {
    expect(valueIn(light, 'accent-bg')).toBe(accent.light);
    expect(valueIn(dark, 'accent-bg')).toBe(accent.dark);
  });

  it.each<[where: string, colour: string, other: string]>([
    ['on light pages', accent.light, '#f5f5f5'],
    ['on dark pages', accent.dark, '#333333'],
    ['with white headings', accent.header, '#ffffff'],
    ['under text, light', accent.light, valueIn(light, 'accent-fg')],
    ['under text, dark', accent.dark, valueIn(dark, 'accent-fg')],
  ])('can be read %s (%s and %s)', (_, colour, other) => {
    expect(contrast(colour, other)).toBeGreaterThanOrEqual(4.5);
  });
});

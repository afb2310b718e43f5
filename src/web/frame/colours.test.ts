import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { accentsOf, grounds } from './accent.ts';
import { contrast, isColour, type Colour } from './contrast.ts';

const folder = new URL('../face/', import.meta.url);
const sheets = readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
const tokens = sheets.find((sheet) => sheet.name === 'tokens.css')!.text;
const [lightPart = '', darkPart = ''] = tokens.split('@media (prefers-color-scheme: dark)');
const schemes = { light: coloursIn(lightPart), dark: coloursIn(darkPart) };

const papers = ['paper', 'surface', 'surface-strong'];
/** Text on the grounds where it stands: 4.5 to 1 (WCAG 1.4.3). */
const texts: [text: string, grounds: string[]][] = [
	['ink', [...papers, 'accent-soft', 'good-soft', 'warn-soft', 'bad-soft', 'added', 'removed']],
	['ink-soft', [...papers, 'accent-soft', 'good-soft', 'warn-soft', 'bad-soft']],
	['accent', [...papers, 'accent-soft', 'good-soft', 'warn-soft', 'bad-soft']],
	['accent-strong', [...papers, 'accent-soft']],
	['on-accent', ['accent', 'accent-strong']],
	['paper', ['ink-soft', 'agree', 'disagree']],
	['good', [...papers, 'good-soft']],
	['warn', [...papers, 'warn-soft']],
	['bad', [...papers, 'bad-soft']],
	['agree', ['paper', 'surface']],
	['disagree', ['paper', 'surface']]
];
/** Borders of controls, focus rings, bars: 3 to 1 (WCAG 1.4.11). */
const shapes: [shape: string, grounds: string[]][] = [
	['line-strong', ['paper', 'surface']],
	['pass', ['paper', 'surface']],
	['agree', ['surface-strong']],
	['disagree', ['surface-strong']],
	['accent', papers]
];
/** Rules between things that air separates already. */
const ornaments = ['line'];

for (const [scheme, colours] of Object.entries(schemes)) {
	test(`every pair of colours that is used can be read (${scheme})`, () => {
		const weak = [
			...texts.flatMap(([text, on]) => on.map((ground) => ({ text, ground, need: 4.5 }))),
			...shapes.flatMap(([text, on]) => on.map((ground) => ({ text, ground, need: 3 })))
		]
			.map((pair) => ({ ...pair, has: contrast(colours.get(pair.text)!, colours.get(pair.ground)!) }))
			.filter((pair) => pair.has < pair.need);
		assert.deepEqual(weak, []);
	});
}

test('light and dark define the same colours, and each belongs to a pair', () => {
	const paired = new Set([...texts, ...shapes].flatMap(([text, on]) => [text, ...on]).concat(ornaments));
	assert.deepEqual([...schemes.dark.keys()], [...schemes.light.keys()]);
	assert.deepEqual([...schemes.light.keys()].toSorted(), [...paired].toSorted());
});

test('no other stylesheet writes a colour of its own', () => {
	const others = sheets.filter((sheet) => sheet.name !== 'tokens.css');
	const written = others.flatMap(({ name, text }) => {
		const screen = name === 'media.css' ? text.split('@media print')[0]! : text;
		return (screen.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/gi) ?? []).map((colour) => `${name}: ${colour}`);
	});
	assert.deepEqual(written, []);
});

test('the grounds against which an accent is chosen are those of the pages', () => {
	for (const scheme of ['light', 'dark'] as const) {
		const { paper, surface, surfaceStrong } = grounds[scheme];
		assert.deepEqual(
			[paper, surface, surfaceStrong],
			papers.map((name) => schemes[scheme].get(name))
		);
	}
});

test('the product’s own accent passes through the rules for an institution’s', () => {
	assert.equal(accentsOf(schemes.light.get('accent')!).light.accent, schemes.light.get('accent'));
});

test('layout names sides by reading direction, so that Arabic is a mirror', () => {
	const physical =
		/(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right)/g;
	const found = sheets.flatMap(({ name, text }) =>
		(text.replace(/@media \([^)]*\)/g, '').match(physical) ?? []).map((match) => `${name}: ${match.trim()}`)
	);
	assert.deepEqual(found, []);
});

function coloursIn(text: string): Map<string, Colour> {
	const found = new Map<string, Colour>();
	for (const [, name = '', value = ''] of text.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/g))
		if (isColour(value)) found.set(name, value);
	return found;
}

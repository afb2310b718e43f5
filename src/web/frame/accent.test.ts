import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { accentColour, accentsOf, accentStyles, grounds } from './accent.ts';
import { colourOf, contrast, isColour, oklch, type Colour } from './contrast.ts';

const anyColour = fc.integer({ min: 0, max: 0xffffff }).map((number): Colour => `#${number.toString(16).padStart(6, '0')}`);

test('contrast is that of WCAG', () => {
	assert.equal(contrast('#000000', '#ffffff'), 21);
	assert.equal(contrast('#ffffff', '#ffffff'), 1);
	assert.equal(contrast('#767676', '#ffffff').toFixed(2), '4.54');
});

test('a colour goes to lightness, chroma and hue and comes back the same', () => {
	fc.assert(fc.property(anyColour, (colour) => assert.equal(colourOf(oklch(colour)), colour)));
});

test('whatever colour an institution gives, its links, buttons and tinted grounds can be read in light and dark', () => {
	fc.assert(
		fc.property(anyColour, (colour) => {
			for (const [mode, accent] of Object.entries(accentsOf(colour))) {
				const on: Colour[] = [...Object.values(grounds[mode as 'light' | 'dark']), accent.accentSoft];
				for (const ground of on) {
					assert.ok(contrast(accent.accent, ground) >= 4.5, `${mode} ${colour} ${accent.accent} on ${ground}`);
					assert.ok(contrast(accent.accentStrong, ground) >= 7, `${mode} ${colour} ${accent.accentStrong} on ${ground}`);
				}
				assert.ok(contrast(accent.onAccent, accent.accent) >= 4.5);
				assert.ok(contrast(accent.onAccent, accent.accentStrong) >= 4.5);
				const ink: Colour = mode === 'light' ? '#16191d' : '#e9ecf0';
				const inkSoft: Colour = mode === 'light' ? '#4a5361' : '#b1bac6';
				assert.ok(contrast(ink, accent.accentSoft) >= 7, `${mode} ${colour} ink on ${accent.accentSoft}`);
				assert.ok(contrast(inkSoft, accent.accentSoft) >= 4.5, `${mode} ${colour} soft ink on ${accent.accentSoft}`);
			}
		}),
		{ numRuns: 300 }
	);
});

test('a colour that can be read already stays as it is', () => {
	assert.equal(accentsOf('#0a579f').light.accent, '#0a579f');
});

test('the stylesheet of an accent names the variables of light, dark and print', () => {
	const { light, dark } = accentsOf('#7a1f5c');
	assert.equal(
		accentStyles('#7a1f5c'),
		`:root:root{--accent:${light.accent};--accent-strong:${light.accentStrong};--accent-soft:${light.accentSoft};--on-accent:#ffffff}\n` +
			`@media (prefers-color-scheme:dark){:root:root{--accent:${dark.accent};--accent-strong:${dark.accentStrong};--accent-soft:${dark.accentSoft};--on-accent:#0b1a2a}}\n` +
			`@media print{:root:root{--accent:#000;--accent-strong:#000;--accent-soft:#fff}}\n`
	);
});

test('only six hexadecimal digits are a colour', () => {
	assert.deepEqual(['#0a579f', '#0A579F', '#fff', 'red', '#0a579f;}', '#0a579g'].map(isColour), [
		true,
		true,
		false,
		false,
		false,
		false
	]);
});

test('an accent is set by name or by colour, and anything else means the usual one', () => {
	assert.deepEqual(['blue', 'teal', '#7a1f5c', 'beige', '', 'toString'].map(accentColour), [
		null,
		'#0b6b6b',
		'#7a1f5c',
		null,
		null,
		null
	]);
});

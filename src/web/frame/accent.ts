import { colourOf, contrast, isColour, oklch, type Colour } from './contrast.ts';

/**
 * An institution gives one colour. Its hue is kept; its lightness is moved just as far as legibility needs, once for light
 * pages and once for dark ones, so that no choice of colour can make a page unreadable.
 */
export interface Accent {
	accent: Colour;
	accentStrong: Colour;
	accentSoft: Colour;
	onAccent: Colour;
}

/** Accents to choose from without knowing one's colour; the first is that of face/tokens.css. */
export const namedAccents = {
	blue: '#0a579f',
	teal: '#0b6b6b',
	green: '#2c6a2f',
	purple: '#5d3a9b',
	crimson: '#a1213f',
	brown: '#7a4a12',
	slate: '#3d4a5c'
} as const satisfies Record<string, Colour>;

export const accentNames = Object.keys(namedAccents) as (keyof typeof namedAccents)[];

/** What an institution set, a name or a colour; null where it means the stylesheet's own. */
export function accentColour(accent: string): Colour | null {
	if (accent === 'blue') return null;
	if (Object.hasOwn(namedAccents, accent)) return namedAccents[accent as keyof typeof namedAccents];
	return isColour(accent) ? accent : null;
}

/** The grounds on which the accent appears; the same values stand in face/tokens.css, and a test compares them. */
export const grounds = {
	light: { paper: '#ffffff', surface: '#f5f6f8', surfaceStrong: '#e9ecf1' },
	dark: { paper: '#11151a', surface: '#191f26', surfaceStrong: '#242c35' }
} as const satisfies Record<string, Record<string, Colour>>;

export function accentsOf(colour: Colour): { light: Accent; dark: Accent } {
	const own = oklch(colour);
	const lightSoft = colourOf({ ...own, lightness: 0.955, chroma: Math.min(own.chroma, 0.022) });
	const darkSoft = colourOf({ ...own, lightness: 0.275, chroma: Math.min(own.chroma, 0.045) });
	const onLight = [...Object.values(grounds.light), lightSoft, '#ffffff'] as const;
	const onDark = [...Object.values(grounds.dark), darkSoft] as const;
	return {
		light: {
			accent: legible(own, onLight, 4.6, -1),
			accentStrong: legible(own, onLight, 7.5, -1),
			accentSoft: lightSoft,
			onAccent: '#ffffff'
		},
		dark: {
			accent: legible(own, [...onDark, '#0b1a2a'], 6.5, 1),
			accentStrong: legible(own, [...onDark, '#0b1a2a'], 9, 1),
			accentSoft: darkSoft,
			onAccent: '#0b1a2a'
		}
	};
}

/** What stands after face.css; doubled `:root` so that it holds in whichever order a browser meets the two. */
export function accentStyles(colour: Colour): string {
	const { light, dark } = accentsOf(colour);
	return `:root:root{${declarations(light)}}\n@media (prefers-color-scheme:dark){:root:root{${declarations(dark)}}}\n@media print{:root:root{--accent:#000;--accent-strong:#000;--accent-soft:#fff}}\n`;
}

function declarations(accent: Accent): string {
	return `--accent:${accent.accent};--accent-strong:${accent.accentStrong};--accent-soft:${accent.accentSoft};--on-accent:${accent.onAccent}`;
}

function legible(own: ReturnType<typeof oklch>, on: readonly Colour[], wanted: number, way: 1 | -1): Colour {
	for (let lightness = own.lightness; lightness > 0 && lightness < 1; lightness += way * 0.005) {
		const colour = colourOf({ ...own, lightness });
		if (on.every((ground) => contrast(colour, ground) >= wanted)) return colour;
	}
	return way === 1 ? '#ffffff' : '#000000';
}

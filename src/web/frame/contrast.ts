/** Colours as `#rrggbb`, their contrast (WCAG 2.2, 1.4.3) and their lightness, chroma and hue (OKLCH, Ottosson 2020). */
export type Colour = `#${string}`;

export function isColour(text: string): text is Colour {
	return /^#[0-9a-f]{6}$/i.test(text);
}

/** 1 (no difference) to 21 (black on white). */
export function contrast(one: Colour, other: Colour): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

export interface Oklch {
	/** 0 (black) to 1 (white) */
	lightness: number;
	/** 0 (grey) to about 0.3 */
	chroma: number;
	/** radians */
	hue: number;
}

export function oklch(colour: Colour): Oklch {
	const [r, g, b] = linear(colour);
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
	const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
	const c = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
	return { lightness, chroma: Math.hypot(a, c), hue: Math.atan2(c, a) };
}

/** The nearest colour that a screen can show: chroma gives way until red, green and blue lie within their bounds. */
export function colourOf({ lightness, chroma, hue }: Oklch): Colour {
	for (let rest = chroma; rest > 0; rest -= 0.004) {
		const parts = screenParts(lightness, rest, hue);
		if (parts.every((part) => part >= -0.0005 && part <= 1.0005)) return hex(parts);
	}
	return hex(screenParts(lightness, 0, hue));
}

function screenParts(lightness: number, chroma: number, hue: number): number[] {
	const a = chroma * Math.cos(hue);
	const b = chroma * Math.sin(hue);
	const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	return [
		4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
		-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
	];
}

function hex(parts: readonly number[]): Colour {
	const bytes = parts.map((part) => {
		const within = Math.min(1, Math.max(0, part));
		const screen = within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055;
		return Math.round(screen * 255)
			.toString(16)
			.padStart(2, '0');
	});
	return `#${bytes.join('')}`;
}

function linear(colour: Colour): [number, number, number] {
	const part = (from: number) => {
		const screen = parseInt(colour.slice(from, from + 2), 16) / 255;
		return screen <= 0.04045 ? screen / 12.92 : ((screen + 0.055) / 1.055) ** 2.4;
	};
	return [part(1), part(3), part(5)];
}

function luminance(colour: Colour): number {
	const [r, g, b] = linear(colour);
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

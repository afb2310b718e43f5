/** A browser as its owner would call it, from what it says of itself: "Firefox · Android"; empty where it says nothing known. */
export function browserName(userAgent: string): string {
	const browser = browsers.find(([, pattern]) => pattern.test(userAgent))?.[0];
	const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0];
	return [browser, system].filter(Boolean).join(' · ');
}

// in this order: most claim to be others too
const browsers: [string, RegExp][] = [
	['Edge', /\bEdg(e|A|iOS)?\//],
	['Opera', /\bOPR\/|\bOpera\b/],
	['Samsung Internet', /\bSamsungBrowser\//],
	['Firefox', /\b(Firefox|FxiOS)\//],
	['Chrome', /\b(HeadlessChrome|Chrome|CriOS)\//],
	['Safari', /\bSafari\//]
];

const systems: [string, RegExp][] = [
	['Android', /\bAndroid\b/],
	['iPhone', /\biPhone\b/],
	['iPad', /\biPad\b/],
	['Windows', /\bWindows\b/],
	['macOS', /\bMac OS X\b/],
	['ChromeOS', /\bCrOS\b/],
	['Linux', /\bLinux\b/]
];

import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { languages, type Language } from '#languages/languages.ts';
import { launchChromium } from './chromium.ts';
import type { Product } from './product.ts';
import type { StaffRole } from './world.ts';

export { accessible, endures, keyboardWalk, largeTargets, reflows } from './accessibility.ts';

export interface PageWishes {
	/** of the product, so that tests write paths: http://localhost:4300 */
	address?: string;
	/** the same from aProduct() or theExampleWorld() */
	product?: Product;
	/** signed in with this role of the example world, second factor included */
	as?: StaffRole;
	/** what the browser asks for in Accept-Language, and its locale */
	language?: Language;
	javaScript?: boolean;
	dark?: boolean;
	/** 360 × 740 with touch */
	phone?: boolean;
	forcedColours?: boolean;
	reducedMotion?: boolean;
	/** troubles that this very test brings about: /status of 500/ */
	expected?: readonly RegExp[];
	/** anything else of Playwright's contexts (storageState, timezoneId …) */
	context?: BrowserContextOptions;
}

let browser: Promise<Browser> | undefined;
after(async () => (await browser)?.close());

/** One browser for a test file, closed after it. */
export function aBrowser(): Promise<Browser> {
	return (browser ??= launchChromium());
}

/**
 * A page of a fresh profile. The test fails if, until its end, the page writes an error to the console, breaks the content security
 * policy, gets an error for a picture, style or script, or asks anything of a foreign host.
 */
export async function aPage(t: { after: (work: () => Promise<void>) => void }, wishes: PageWishes = {}): Promise<Page> {
	const {
		product,
		as,
		address = product?.address,
		language = 'en',
		javaScript = true,
		dark,
		phone,
		forcedColours,
		reducedMotion,
		expected = []
	} = wishes;
	const context = await (
		await aBrowser()
	).newContext({
		...(address !== undefined && { baseURL: address }),
		locale: languages[language].locale,
		javaScriptEnabled: javaScript,
		colorScheme: dark ? 'dark' : 'light',
		forcedColors: forcedColours ? 'active' : 'none',
		reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
		viewport: phone ? { width: 360, height: 740 } : { width: 1280, height: 900 },
		hasTouch: phone ?? false,
		isMobile: phone ?? false,
		...wishes.context
	});
	context.setDefaultTimeout(15_000);
	if (product && as) await context.addCookies(await cookiesOf(product, as));
	const page = await context.newPage();
	const troubles = troublesOf(page);
	t.after(async () => {
		await context.close();
		const unexpected = troubles.filter((trouble) => !expected.some((pattern) => pattern.test(trouble)));
		assert.deepEqual(unexpected, [], 'the page had troubles');
	});
	return page;
}

async function cookiesOf(product: Product, role: StaffRole): Promise<{ name: string; value: string; url: string }[]> {
	const { signedInAs } = await import('./world.ts');
	return (await signedInAs(product, role)).split('; ').map((cookie) => {
		const equals = cookie.indexOf('=');
		return { name: cookie.slice(0, equals), value: cookie.slice(equals + 1), url: product.address };
	});
}

function troublesOf(page: Page): string[] {
	const troubles: string[] = [];
	page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
	page.on('console', (message) => {
		// breaches of the content security policy are errors of the console too; failed loads are judged by their answers below
		if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
			troubles.push(`console: ${message.text()}`);
	});
	page.on('request', (request) => {
		const { protocol, hostname, host } = new URL(request.url());
		if (/^https?:$/.test(protocol) && !ours.has(hostname)) troubles.push(`foreign host: ${host}`);
	});
	page.on('response', (response) => {
		if (response.status() >= 400 && response.request().resourceType() !== 'document')
			troubles.push(`status of ${response.status()}: ${new URL(response.url()).pathname}`);
		if (response.status() >= 500) troubles.push(`status of ${response.status()}: ${new URL(response.url()).pathname}`);
	});
	return troubles;
}

const ours = new Set(['localhost', '127.0.0.1', '[::1]']);
